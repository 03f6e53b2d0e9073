"""What goes on, as events tell it: long work, what plays, what a look around finds; ``ctk.records`` gives these on."""

from dataclasses import dataclass
from typing import Literal

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
PlaceKind = Literal["folder", "cloud", "library", "drive"]


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
