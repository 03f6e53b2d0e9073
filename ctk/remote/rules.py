"""What the door refuses or narrows, and why: whoever holds the token may work with the library, not with the disk.

The library is what its sources hold, and any folder can be made one: ``sources.add`` and ``sources.scan`` are open, as
the window's own "add folder" is. What comes in so are sounds, and a plan moves files within the sources only.

Beyond these: text that names a folder must be an absolute path without ``..``, since no client shares the core's
working folder.
"""

from typing import Any, Final

from ctk.records import Plan

REFUSED: Final = {
    "batch.empty": "It cannot be undone and no plan shows it before, so it is only done at the computer itself.",
    "facts.import_": "It reads a file that may lie anywhere, so it is only done at the computer itself.",
}
"""Methods that are not to be had over the door."""

_BY_ID: Final = "Over the door a sound is named by its id, so that no file outside the sources can be read."

NARROWED: Final[dict[tuple[str, str], tuple[Any, str]]] = {
    ("audio.play", "target"): (int, _BY_ID),
    ("audio.prepare", "targets"): (list[int], _BY_ID),
    ("waveforms.peaks", "target"): (int, _BY_ID),
    ("facts.export", "file"): (type(None), "Over the door no file is written: the result holds the text."),
    ("classify.fetch_weights", "file"): (type(None), "Over the door no file is read: the weights are downloaded."),
    ("batch.apply", "plan"): (str, "The `id` of a plan that this core made before; each can be applied once."),
}
"""Parameters that take less over the door than in the contract: their type there, and why."""

KEPT_AS_TEXT: Final = ("tag", "collection", "name", "text", "template")
"""Parameters that name no place and so have to be Unicode."""

RANGES: Final = {"limit": (0, 100_000), "offset": (0, 2**53), "points": (1, 100_000), "workers": (1, 64)}
"""Least and most of parameters, so that one request does not take all there is of the computer."""

LONGEST: Final = {"query": 1_000}
"""Most letters of parameters: each word of a query is looked for on its own, and a body has room for a million."""

PRIVATE_SETTINGS: Final = {"open_with": "It names a program to start."}
"""Settings that are neither shown nor changed over the door."""

PLANS: Final = Plan
"""Results of this type are kept by the core and carry an ``id``, which is what can be applied."""
