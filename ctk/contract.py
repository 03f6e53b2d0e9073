"""The behaviour contract: the only door to the core. Every user interface is a client of these protocols.

``ctk.open()`` gives an object of type ``Toolkit``; its capabilities are ``catalog``, ``sources``, ``audio`` and
``doctor``. Methods only; what follows the subject is keyword-only; long work returns a ``Job`` at once. Results
are the frozen records of ``ctk.records``; failures are the errors of ``ctk.errors``; news arrives as the
events of ``ctk.events``. Any thread may call any method.
"""

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ctk.catalog.fields import FIELDS as SEARCH_FIELDS
from ctk.catalog.fields import FIELDS_HELP as SEARCH_HELP
from ctk.events import Events
from ctk.jobs import Job, Jobs
from ctk.records import Device, Health, NowPlaying, Page, Problem, ScanReport, Sound, Source, Stats
from ctk.settings import Settings

__all__ = [
    "CONTRACT_VERSION",
    "SEARCH_FIELDS",
    "SEARCH_HELP",
    "SORT_COLUMNS",
    "Audio",
    "Catalog",
    "Doctor",
    "Sources",
    "Toolkit",
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
        """The hits of ``query`` (all sounds when empty), one page of them, and how many there are in all.

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
        """Forget a folder and its rows; no file is touched. Raises ``NotFound``."""
        ...

    def scan(
        self, folders: Sequence[str | Path] | None = None, *, full: bool = False, workers: int | None = None
    ) -> Job[ScanReport]:
        """Bring the catalog up to date with ``folders`` (added as sources when new), or with all sources.

        A file whose size and time are unchanged is not opened, unless ``full``. Cancelling keeps what was read.
        Raises ``SourceError`` at once for a folder that is not there.
        """
        ...

    def problems(self) -> Sequence[Problem]:
        """The files that cannot be read, and why."""
        ...


class Audio(Protocol):
    """Playing sounds through the one device."""

    def play(self, target: int | str | Path, *, start_s: float = 0.0, loop: bool = False) -> None:
        """Play a catalogued sound (id) or any file (path) from ``start_s`` seconds, instead of what plays now.

        Returns at once. Raises ``NotFound``, ``CannotDecode`` or ``NoAudioDevice``; what was playing then stops.
        """
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


class Doctor(Protocol):
    """The health of the installation."""

    def report(self) -> Health:
        """Check home, catalog, sound device, formats and optional parts; each ok, or what to do."""
        ...


class Toolkit(Protocol):
    """An open library: the capabilities, and the bus their news arrives on."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def audio(self) -> Audio: ...
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
