"""The plain facts that cross the contract: frozen, slotted, with units in their names.

Paths are text as ``os.fsdecode`` gives it: bytes that are not UTF-8 travel as surrogate escapes and come
back with ``os.fsencode``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ctk.categories import CATEGORIES as CATEGORIES
from ctk.categories import LISTENERS as LISTENERS
from ctk.categories import Category as Category
from ctk.categories import Classified as Classified
from ctk.categories import Engine as Engine
from ctk.categories import Hearing as Hearing
from ctk.categories import Likeness as Likeness
from ctk.categories import Listener as Listener
from ctk.categories import Similar as Similar
from ctk.categories import SoundMap as SoundMap
from ctk.marks import Choice as Choice
from ctk.marks import Exported as Exported
from ctk.marks import Facet as Facet
from ctk.marks import Facets as Facets
from ctk.marks import Imported as Imported
from ctk.marks import Label as Label
from ctk.marks import Marks as Marks
from ctk.marks import SavedSearch as SavedSearch
from ctk.sound import Fact as Fact
from ctk.sound import Page as Page
from ctk.sound import Row as Row
from ctk.sound import Sound as Sound
from ctk.sound import SoundState as SoundState
from ctk.sound import SoundType as SoundType

SourceState = Literal["ok", "offline"]
Action = Literal["move", "rename", "remove"]
PlanKind = Literal["move", "rename", "remove", "clean"]
ReceiptState = Literal["applying", "done", "undone", "partly undone"]
GroupKind = Literal["exact", "same audio", "near"]
PlaceKind = Literal["folder", "cloud", "library", "drive"]
Ailment = Literal["truncated", "damaged", "silent", "clipped", "offset", "dead-channel"]
JobState = Literal["waiting", "running", "done", "failed", "cancelled"]


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
class Place:
    """A folder where audio was found without opening a file. ``name`` is what people call it; ``cloud`` counts those of
    the ``files`` that are only online; ``source_id`` is set when it is, or lies in, a source already. Where there are
    many files, ``bytes`` is reckoned from some of them. A file counts for the deepest place that it lies in."""

    path: str
    name: str
    kind: PlaceKind
    files: int
    bytes: int
    cloud: int = 0
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class Vanished:
    """So many files of a source are gone at once (``gone`` of ``files``) that nothing was marked missing: somebody
    has to say whether they really are. ``sources.scan(..., accept_missing=True)`` says so."""

    source_id: int
    path: str
    gone: int
    files: int


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
class Step:
    """One file that goes from ``path`` to ``target``; size and time are checked again just before.

    For ``remove`` the target is in the holding folder of the source. ``twin`` is the copy that stays, whose bytes must
    still be the same when a duplicate is removed. Side files (``.asd`` ...) go along as (path, target).
    """

    sound_id: int
    action: Action
    path: str
    target: str
    size_bytes: int
    mtime_ns: int
    twin: str | None = None
    side_files: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that will not be touched, and why, in one sentence."""

    sound_id: int
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen, whole, before anything does. ``bytes_freed`` counts what leaves its folder for good once
    held files are emptied; ``warnings`` are sentences."""

    kind: PlanKind
    title: str
    steps: Sequence[Step] = ()
    refused: Sequence[Refusal] = ()
    warnings: Sequence[str] = ()
    bytes_freed: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a plan came to: ``done`` of ``steps`` were done, ``problems`` say why others were not. It can be undone."""

    id: int
    kind: PlanKind
    title: str
    created_s: float
    state: ReceiptState
    steps: int
    done: int
    bytes_freed: int
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A removed file that waits in a holding folder: where it was, where it is, and which receipt brings it back."""

    sound_id: int
    path: str
    held_path: str
    size_bytes: int
    receipt_id: int
    removed_s: float


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of a group of duplicates; ``reason`` says why it is the one to keep, or why it is not."""

    id: int
    path: str
    keep: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Sounds that are the same. ``proof`` says how that is known; only ``exact`` groups have ``wasted_bytes``.

    ``tie`` is true when no rule could choose the copy to keep; ``differences`` are sentences on what differs.
    """

    id: int
    kind: GroupKind
    proof: str
    size_bytes: int
    files: Sequence[Copy]
    wasted_bytes: int
    tie: bool = False
    differences: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """Some of ``total`` groups, the most wasteful first; ``wasted_bytes`` is of all exact ones.

    ``problems`` are files that a search had to leave out, and why.
    """

    total: int
    wasted_bytes: int
    groups: Sequence[Group]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """``percent`` of the ``files`` in ``folder`` (``shared`` of them, ``bytes``) are also in the folder ``inside``."""

    folder: str
    inside: str
    files: int
    shared: int
    percent: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``done`` of ``total`` (``None`` while unknown), and the words to show."""

    done: int = 0
    total: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job at one moment; ``error`` is set when it failed."""

    id: str
    title: str
    state: JobState
    progress: Progress
    error: str | None = None


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """The player at one moment. ``path`` is ``None`` when nothing was asked for yet.

    ``position_s`` is where the device is in the sound; ``volume_db`` is 0 for unchanged level; ``region`` is the
    part that plays, from and to in seconds, ``None`` for all of it; ``error`` says why the last request made no sound.
    """

    state: Literal["stopped", "playing", "paused"] = "stopped"
    id: int | None = None
    path: str | None = None
    position_s: float = 0.0
    duration_s: float | None = None
    volume_db: float = 0.0
    loop: bool = False
    region: tuple[float, float] | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device; ``id`` is what ``audio.set_device`` takes."""

    id: str
    name: str
    default: bool


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
