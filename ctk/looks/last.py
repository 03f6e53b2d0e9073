"""Looks that were in sight before, at once: reading and checking them again would cost more than all else before the
first paint.

They are kept filled up, in one file of the home, and each counts as long as the files that it comes from have not
changed.
"""

import dataclasses
import json
import logging
import os
from pathlib import Path
from typing import Any, Final

from ctk import __version__, paths
from ctk.looks.look import SHEET, Columns, Fonts, Look, Node, Spacing
from ctk.looks.tokens import Tokens

log = logging.getLogger(__name__)

FILE: Final = "looks.json"
MOST: Final = 8
"""So many are kept, those that were read last."""


def get(home: Path, id: str) -> Look:
    """What ``Shelf(home).get(id)`` gives."""
    kept = _recall(home / FILE, id)
    if kept is not None:
        return kept
    from ctk.looks.shelf import Shelf  # and all that checks looks

    shelf = Shelf(home)
    look = shelf.get(id)
    if look.id == id and (places := shelf.line(id)):
        _keep(home / FILE, look, [place / SHEET for place in places])
    return look


def _recall(file: Path, id: str) -> Look | None:
    try:
        kept = _all(file)[id]
        if any(_stamp(name) != stamp for name, *stamp in kept["files"]):
            return None
        return _look(kept["look"])
    except (ValueError, KeyError, TypeError, AttributeError, OSError):  # the first time, or not what was written
        return None


def _all(file: Path) -> dict[str, Any]:
    """What is kept by this version of the program; nothing where it cannot be read."""
    try:
        kept = json.loads(file.read_bytes())
        return dict(kept["looks"]) if kept["version"] == __version__ else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _keep(file: Path, look: Look, sheets: list[Path]) -> None:
    part = file.with_suffix(".part")
    try:
        names = [str(path) for path in (*sheets, *look.icons.values())]
        new = {"files": [[name, *_stamp(name)] for name in names], "look": dataclasses.asdict(look)}
        others = [(id, kept) for id, kept in _all(file).items() if id != look.id]
        looks = dict([*others[-MOST + 1 :], (look.id, new)])
        text = json.dumps({"version": __version__, "looks": looks}, default=_plain)
        part.write_text(text, "utf-8")
        os.replace(part, file)
    except OSError as exc:
        log.warning("the look could not be kept for the next start: %s", exc)


def _stamp(name: str) -> list[int]:
    """What changes when a file does."""
    found = os.stat(paths.os_path(name))
    return [found.st_mtime_ns, found.st_size]


def _plain(value: object) -> Any:
    """What JSON has no form for."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _look(kept: dict[str, Any]) -> Look:
    columns = kept["columns"]
    return Look(
        id=kept["id"],
        name=kept["name"],
        version=kept["version"],
        author=kept["author"],
        licence=kept["licence"],
        parent=kept["parent"],
        tokens=Tokens(*kept["tokens"]),
        fonts=Fonts(tuple(kept["fonts"]["family"]), kept["fonts"]["size"]),
        spacing=Spacing(**kept["spacing"]),
        styles={
            style: {name: _value(value) for name, value in options.items()} for style, options in kept["styles"].items()
        },
        icons={icon: Path(name) for icon, name in kept["icons"].items()},
        layout={
            name: Node(node["split"], tuple(node["children"]), tuple(node["sizes"]))
            for name, node in kept["layout"].items()
        },
        columns=Columns(tuple(columns["order"]), frozenset(columns["hidden"]), columns["widths"]),
        keys={action: tuple(keys) for action, keys in kept["keys"].items()},
        toolbar=tuple(kept["toolbar"]),
    )


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
