"""What lists show of sounds, as ``ctk.records`` gives it on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

SoundState = Literal["ok", "bad", "missing", "offline", "cloud", "held"]
SoundType = Literal["loop", "one-shot"]


@dataclass(frozen=True, slots=True)
class Row:
    """One sound as lists show it. What a file does not tell is ``None``.

    ``state`` is ok, bad (cannot be read or decoded), missing (its file is gone), offline (its drive is not
    here), cloud (a placeholder that was never opened) or held (removed, can be brought back). ``bpm`` is its tempo,
    ``key`` reads ``Am``, ``C maj``, or ``C`` where only the tonic is told, ``note`` reads ``C4``, or ``C`` without an
    octave: all as stated by the file, its name or folder, never guessed from what it sounds like. ``heard_bpm`` is such
    a guess, of loops whose tempo nobody states. ``rating`` (1 to 5 stars, 0 for none), ``favourite`` and ``tags`` are
    the user's word. ``category`` is what it is (``CATEGORIES``), as ``engine`` says: ``user``, ``name``, ``head``
    (learned from this library), ``cnn14`` or ``built-in``; ``confidence`` in that is 0 to 1.
    """

    id: int
    path: str
    name: str
    format: str | None
    codec: str | None
    duration_s: float | None
    sample_rate_hz: int | None
    channels: int | None
    bit_depth: int | None
    size_bytes: int
    state: SoundState
    bpm: float | None = None
    key: str | None = None
    type: SoundType | None = None
    note: str | None = None
    heard_bpm: float | None = None
    rating: int = 0
    favourite: bool = False
    tags: Sequence[str] = ()
    category: str | None = None
    confidence: float | None = None
    engine: str | None = None


SORT_COLUMNS = (
    "name",
    "path",
    "format",
    "codec",
    "duration_s",
    "sample_rate_hz",
    "channels",
    "bit_depth",
    "size_bytes",
    "state",
    "bpm",
    "key",
    "type",
    "note",
    "rating",
    "category",
    "likeness",
    "added_s",
    "id",
)
"""What ``catalog.search`` can sort by: the fields of a row, and when it was added."""


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a search result: ``total`` counts all hits, ``rows`` holds those of the page asked for."""

    total: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Peaks:
    """The outline of a sound, or of the part ``start_s`` to ``end_s`` of it, in equal steps from left to right.

    For each step the lowest and highest sample of all channels (``low``, ``high``) and the root of the mean square
    (``rms``); 1.0 is full scale. ``duration_s`` is of the whole sound.
    """

    start_s: float
    end_s: float
    duration_s: float
    sample_rate_hz: int
    channels: int
    low: Sequence[float]
    high: Sequence[float]
    rms: Sequence[float]
