"""Everything that is known of one sound, as ``ctk.records`` gives it on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ctk.records.sound import Row

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
