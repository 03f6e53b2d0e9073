"""The records of the library as a whole, and of its health, as ``ctk.records`` gives them on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ctk.records.news import Vanished

SourceState = Literal["ok", "offline"]
Ailment = Literal["truncated", "damaged", "silent", "clipped", "offset", "dead-channel"]


@dataclass(frozen=True, slots=True)
class Source:
    """A folder the user pointed at; ``files``, ``bytes`` and ``duration_s`` count what is catalogued in it.

    ``volume`` is the name of the drive it is on; ``seen_s`` is when it was last there and ``scanned_s`` when it was
    last read to its end, both in Unix time. ``missing`` counts files that are gone, ``cloud`` those that are only
    online, ``problems`` those that cannot be read; the first two are not part of ``files``.
    """

    id: int
    path: str
    state: SourceState
    files: int
    bytes: int
    duration_s: float
    volume: str | None = None
    seen_s: float | None = None
    scanned_s: float | None = None
    missing: int = 0
    cloud: int = 0
    problems: int = 0
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Stats:
    """The library in numbers; ``formats`` counts files per format name, most frequent first."""

    files: int
    bytes: int
    duration_s: float
    sources: Sequence[Source]
    formats: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or folder that could not be read, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found. ``files`` were seen on disk; ``duration_s`` is of the audio, ``elapsed_s`` of the scan.

    ``missing`` counts files that vanished since the scan before; ``vanished`` are those that are gone in such
    numbers that somebody is asked first; ``cloud`` counts files that are only online and were not opened;
    ``offline`` names sources that are not here.
    """

    files: int = 0
    added: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    missing: int = 0
    vanished: Sequence[Vanished] = ()
    cloud: int = 0
    offline: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    bytes: int = 0
    duration_s: float = 0.0
    elapsed_s: float = 0.0
    files_per_s: float = 0.0


@dataclass(frozen=True, slots=True)
class SoundHealth:
    """What listening to a whole sound found. ``checked`` is false while nobody listened; then the rest is empty.

    ``ailments`` are the words that ``is:`` searches for, ``findings`` the same as sentences. ``peak_db`` is the
    highest sample against full scale, ``loudness_db`` the level of its louder parts; both ``None`` for silence.
    """

    id: int
    path: str
    checked: bool
    ailments: Sequence[Ailment] = ()
    findings: Sequence[str] = ()
    peak_db: float | None = None
    loudness_db: float | None = None


@dataclass(frozen=True, slots=True)
class LibraryHealth:
    """The state of everything catalogued: how many sounds were listened to, and those something is wrong with."""

    checked: int
    unchecked: int
    sounds: Sequence[SoundHealth]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report; ``advice`` says what to do when ``ok`` is false."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """The doctor's report; ``ok`` is true when every check is."""

    checks: Sequence[Check] = field(default_factory=tuple)

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)
