"""The records of single sounds that cross the contract, as ``ctk.records`` gives them on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

SoundState = Literal["ok", "bad", "missing", "offline", "cloud", "held"]
SoundType = Literal["loop", "one-shot"]

_ORIGINS: Final = {
    "acid": "ACID loop info in the file",
    "basc": "Apple Loop info in the file",
    "caf": "Apple Loop info in the file",
    "smpl": "sampler info in the file",
    "inst": "sampler info in the file",
    "INST": "sampler info in the file",
    "metadata": "metadata",
    "name": "file name",
    "folder": "folder name",
    "ear": "heard, an estimate",
    "user": "your own word",
    "head": "learned from this library",
    "cnn14": "heard by CNN14",
    "built-in": "heard by the built-in model",
}


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


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a producer searches by: ``name`` is ``bpm``, ``key``, ``type``, ``note`` or ``heard_bpm``, ``value`` is
    as in ``Row``.

    ``by`` says where it was read: a chunk of the file (``acid``, ``basc``, ``caf``, ``smpl``, ``inst``,
    ``INST``), ``metadata``, ``name`` or ``folder``, or that it was heard (``ear``); ``said`` is what stood there, where
    that says more, or how sure the ear is and what else the tempo could be."""

    name: str
    value: float | str
    by: str
    said: str = ""

    @property
    def origin(self) -> str:
        """Where it was read, in words."""
        place = _ORIGINS.get(self.by, self.by)
        return f"{place}: {self.said}" if self.said else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Row):
    """One sound with everything the catalog knows.

    ``metadata`` is what the file says of itself (title, artist, ...); ``fingerprint`` is 16 hex digits over
    its first and last 64 KB, which only suggests sameness; ``full_hash`` (32 hex digits) proves it, where it
    was needed; ``file_id`` is equal for names that are hard links to one file; ``added_s`` is Unix time. ``facts`` are
    its tempo, key, type and note with where each was read, as far as they are known. ``remark`` is the user's note on
    it, ``collections`` are those it was put in.
    """

    source_id: int
    mtime_ns: int
    added_s: float
    reason: str | None
    metadata: Mapping[str, str]
    fingerprint: str | None
    full_hash: str | None
    file_id: str | None
    facts: Sequence[Fact] = ()
    remark: str = ""
    collections: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a search result: ``total`` counts all hits, ``rows`` holds those of the page asked for."""

    total: int
    rows: Sequence[Row]
