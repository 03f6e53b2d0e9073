"""The behaviour contract: the only door to the core. Every user interface is a client of these protocols.

``ctk.open()`` gives an object of type ``Toolkit``; its capabilities are its properties. Methods only; what follows
the subject is keyword-only; long work returns a ``Job`` at once. Results are the frozen records of ``ctk.records``;
failures are the errors of ``ctk.errors``; news arrives as the events of ``ctk.events``. Any thread may call any
method.
"""

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ctk.catalog.fields import FIELDS as SEARCH_FIELDS
from ctk.catalog.fields import FIELDS_HELP as SEARCH_HELP
from ctk.events import Events
from ctk.jobs import Job, Jobs
from ctk.records import (
    Device,
    Groups,
    Health,
    Held,
    LibraryHealth,
    NowPlaying,
    Overlap,
    Page,
    Peaks,
    Place,
    Plan,
    Problem,
    Receipt,
    Row,
    ScanReport,
    Sound,
    SoundHealth,
    Source,
    Stats,
)
from ctk.settings import Settings

__all__ = [
    "CONTRACT_VERSION",
    "SEARCH_FIELDS",
    "SEARCH_HELP",
    "SORT_COLUMNS",
    "Audio",
    "Batch",
    "Catalog",
    "Doctor",
    "Duplicates",
    "Sources",
    "Toolkit",
    "Waveforms",
]

CONTRACT_VERSION = 1

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
    "added_s",
    "id",
)
"""What ``catalog.search`` can sort by: the fields of a row, and when it was added."""


class Catalog(Protocol):
    """Everything that was found, and the way to find it again."""

    def search(
        self,
        query: str = "",
        *,
        offset: int = 0,
        limit: int = 200,
        sort: str = "name",
        desc: bool = False,
        only_ids: Sequence[int] | None = None,
    ) -> Page:
        """The hits of ``query`` (all sounds when empty), one page of them, and how many there are in all. Held sounds
        are hits only of a query that asks for them with ``is:held``.

        ``sort`` is one of ``SORT_COLUMNS``; names sort naturally (2 before 10) and the id breaks ties. With
        ``only_ids`` nothing else is searched. Raises ``QueryError`` for a text that cannot be read.
        """
        ...

    def ids(
        self,
        query: str = "",
        *,
        sort: str = "name",
        desc: bool = False,
        only_ids: Sequence[int] | None = None,
    ) -> "array[int]":
        """The ids (``array('q')``) of every hit in the order ``search`` pages through them."""
        ...

    def get(self, id: int) -> Sound:
        """One sound with all its facts. Raises ``NotFound``."""
        ...

    def recent(self, *, limit: int = 50) -> Sequence[Row]:
        """The sounds that were played last, newest first."""
        ...

    def stats(self) -> Stats:
        """Counts, bytes and seconds of everything catalogued, by source and by format."""
        ...


class Sources(Protocol):
    """The folders the user pointed at, and the work of reading them."""

    def list(self) -> Sequence[Source]:
        """All sources in the order they were added."""
        ...

    def add(self, path: str | Path) -> Source:
        """Remember a folder. One that is already a source is returned as it is. Raises ``SourceError``."""
        ...

    def remove(self, source_id: int) -> None:
        """Forget a folder and its rows; no file is touched. Raises ``NotFound``, and ``SourceError`` while a scan or a
        batch is at work."""
        ...

    def protect(self, source_id: int, *, on: bool = True) -> None:
        """Nothing in a protected source is ever moved, renamed or removed. Raises ``NotFound``."""
        ...

    def locate(self, source_id: int, *, path: str | Path) -> Source:
        """The source is in this folder now; its rows keep their ids and all that hangs on them, and no file is read.
        Raises ``NotFound``, and ``SourceError`` for a folder that does not hold its files."""
        ...

    def scan(
        self,
        folders: Sequence[str | Path] | None = None,
        *,
        full: bool = False,
        workers: int | None = None,
        accept_missing: bool = False,
    ) -> Job[ScanReport]:
        """Bring the catalog up to date with ``folders`` (added as sources when new), or with all sources.

        A file whose size and time are unchanged is not opened, unless ``full``. Cancelling keeps what was read.
        Where very many files of a source are gone at once they are only reported, unless ``accept_missing``.
        Raises ``SourceError`` at once for a folder that is not there.
        """
        ...

    def discover(self) -> Job[Sequence[Place]]:
        """Look where audio usually is and count it, without opening a file; the places with the most first."""
        ...

    def watch(self, on: bool) -> None:
        """Follow changes in the sources as they happen, or stop following them."""
        ...

    def forget_missing(self, ids: Sequence[int] | None = None) -> int:
        """Drop the rows of missing sounds, all of them when ``ids`` is ``None``; how many went. No file is touched."""
        ...

    def problems(self) -> Sequence[Problem]:
        """The files that cannot be read, and why."""
        ...


class Duplicates(Protocol):
    """Sounds that are there more than once, how that is known, and which copy should stay."""

    def find(self, *, near: bool = False) -> Job[Groups]:
        """Prove what is the same, reading whole files where that was not done before; ``near`` also looks for other
        versions of a sound (never to be removed with one click). The result holds every group."""
        ...

    def summary(self, *, offset: int = 0, limit: int = 200) -> Groups:
        """Groups as the last ``find`` left them, at once, the most wasteful first."""
        ...

    def folders(self, *, limit: int = 100) -> Sequence[Overlap]:
        """Which folders lie wholly or mostly inside others, the most bytes first."""
        ...

    def dismiss(self, group_id: int) -> None:
        """These are not duplicates: the group is left out until ``restore``. Raises ``NotFound``."""
        ...

    def restore(self, group_id: int) -> None:
        """Take ``dismiss`` back. Raises ``NotFound``."""
        ...

    def rules(self) -> Sequence[str]:
        """The rules that choose the copy to keep, first first."""
        ...

    def set_rules(self, rules: Sequence[str]) -> None:
        """Choose by other rules from now on. Raises ``UsageError`` that lists the right ones."""
        ...

    def plan(
        self,
        groups: Sequence[int] | None = None,
        *,
        keep: Mapping[int, int] | None = None,
        rules: Sequence[str] | None = None,
    ) -> Plan:
        """Remove the spare copies of exact ``groups`` (all when ``None``). ``keep`` maps a group to the sound the user
        wants kept there; ``rules`` replace the stored ones for this plan. Raises ``NotFound``, ``UsageError``."""
        ...


class Batch(Protocol):
    """Changing many files at once: planned, shown, done with a journal, undone. Nothing is ever overwritten."""

    def plan_move(self, ids: Sequence[int], folder: str | Path) -> Plan:
        """Move sounds into a folder, which is made when it is not there. Raises ``UsageError``."""
        ...

    def plan_rename(self, ids: Sequence[int], template: str) -> Plan:
        """Rename sounds by a template such as ``{name}_{n:03}``. Raises ``UsageError`` that lists the fields."""
        ...

    def plan_remove(self, ids: Sequence[int]) -> Plan:
        """Put sounds aside in the holding folder of their source, from where ``undo`` brings them back."""
        ...

    def apply(self, plan: Plan) -> Job[Receipt]:
        """Do what the plan says, checking each file just before; cancelling stops between two files."""
        ...

    def undo(self, receipt: int | None = None) -> Job[Receipt]:
        """Take back a receipt, the newest when none is named. What changed meanwhile is left, and said."""
        ...

    def history(self, *, limit: int = 50) -> Sequence[Receipt]:
        """Receipts, newest first."""
        ...

    def held(self) -> Sequence[Held]:
        """Removed files that wait in holding folders."""
        ...

    def empty(self, *, permanently: bool = False) -> Job[int]:
        """Send held files to the system's trash, or delete them; the bytes that frees. They cannot be undone then."""
        ...

    def protect(self, folder: str | Path, *, on: bool = True) -> None:
        """Nothing in a protected folder is ever moved, renamed or removed."""
        ...

    def protected(self) -> Sequence[str]:
        """The protected folders."""
        ...

    def recovered(self) -> Sequence[Receipt]:
        """What was half done when the program ended last time and was put right when it started."""
        ...


class Audio(Protocol):
    """Playing sounds through the one device."""

    def play(
        self,
        target: int | str | Path,
        *,
        start_s: float = 0.0,
        loop: bool = False,
        region: tuple[float, float] | None = None,
    ) -> None:
        """Play a catalogued sound (id) or any file (path) from ``start_s`` seconds, instead of what plays now.

        With a ``region`` (from and to, in seconds) only that part is heard, again and again when looping. Returns at
        once. Raises ``NotFound``, ``CannotDecode``, ``NoAudioDevice`` or ``UsageError``; what was playing then stops.
        """
        ...

    def prepare(self, targets: Sequence[int | str | Path]) -> None:
        """These are likely to be played next: have their beginnings in memory. What was prepared before and is not
        among them may be dropped. Returns at once; whatever cannot be read is passed over."""
        ...

    def pause(self) -> None:
        """Hold the position; nothing happens when nothing plays."""
        ...

    def resume(self) -> None:
        """Go on after ``pause``; from the start when the sound had ended."""
        ...

    def stop(self) -> None:
        """End playback and forget the position."""
        ...

    def seek(self, position_s: float) -> None:
        """Go to ``position_s`` seconds, clamped to the length of the sound."""
        ...

    def set_volume(self, db: float) -> None:
        """Level in dB, -60 (silent) to +6; 0 leaves samples as they are."""
        ...

    def set_loop(self, on: bool) -> None:
        """Start over at the end, from the next end on."""
        ...

    def now(self) -> NowPlaying:
        """What is playing and where; a plain read, cheap enough for every frame of a cursor."""
        ...

    def devices(self) -> Sequence[Device]:
        """The devices that can be played on."""
        ...

    def set_device(self, id: str | None) -> None:
        """Play on another device; ``None`` for the system's default. Raises ``NotFound``, ``NoAudioDevice``."""
        ...


class Waveforms(Protocol):
    """What sounds look like and whether they are well, from listening to them once."""

    def peaks(
        self, target: int | str | Path, points: int = 1024, *, start_s: float = 0.0, end_s: float | None = None
    ) -> Peaks:
        """The outline of a sound, or of a part of it, in ``points`` steps; from what is kept where that is as exact,
        else by decoding the file now. Raises ``NotFound``, ``CannotDecode`` or ``UsageError``."""
        ...

    def kept(self, ids: Sequence[int], points: int = 64) -> Mapping[int, Peaks]:
        """The outlines of those of ``ids`` that are kept and still true, at once; the others are left out."""
        ...

    def build(self, ids: Sequence[int] | None = None) -> Job[int]:
        """Listen to those of ``ids`` (all sounds when ``None``) that were not listened to since they changed, and keep
        what was found; the number of sounds. ``WaveformsMade`` tells of them as they come."""
        ...

    def health(self, id: int) -> SoundHealth:
        """What is known of the health of a sound. Raises ``NotFound``."""
        ...


class Doctor(Protocol):
    """The health of the installation, and of the library."""

    def report(self) -> Health:
        """Check home, catalog, sound device, formats and optional parts; each ok, or what to do."""
        ...

    def library(self) -> LibraryHealth:
        """The sounds that something is wrong with, as far as they were listened to."""
        ...


class Toolkit(Protocol):
    """An open library: the capabilities, and the bus their news arrives on."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def duplicates(self) -> Duplicates: ...
    @property
    def batch(self) -> Batch: ...
    @property
    def audio(self) -> Audio: ...
    @property
    def waveforms(self) -> Waveforms: ...
    @property
    def doctor(self) -> Doctor: ...
    @property
    def events(self) -> Events: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def home(self) -> Path: ...

    def close(self) -> None:
        """Stop jobs and sound, finish writing; twice is fine."""
        ...
