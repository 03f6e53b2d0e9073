"""What happened, told to whoever listens: event classes and a thread-safe bus that knows no screen.

Handlers run on the thread that emits (a worker, the writer, the audio thread), so they must be quick and
must not touch a widget; the window's pump turns them into main-thread calls.
"""

import logging
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from ctk.records import JobStatus, NowPlaying, Place, Vanished

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CatalogChanged:
    """Rows were added, changed or removed; ``revision`` grows with every commit."""

    revision: int


@dataclass(frozen=True, slots=True)
class SourcesChanged:
    """A source was added, removed, or went on- or offline."""


@dataclass(frozen=True, slots=True)
class FilesVanished:
    """While the sources were watched, so many files of some were gone at once that none was marked missing: somebody
    has to say whether they really are (``sources.scan(..., accept_missing=True)``)."""

    vanished: tuple[Vanished, ...]


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A job started, progressed (at most ten times a second) or ended."""

    status: JobStatus


@dataclass(frozen=True, slots=True)
class PlaybackChanged:
    """Playback started, paused, resumed, stopped, ended or failed (``now.error`` says why)."""

    now: NowPlaying


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """Sound goes elsewhere now: ``words`` say where to, or that there is nowhere left."""

    words: str


@dataclass(frozen=True, slots=True)
class WaveformsMade:
    """The outlines of these sounds are there now, or are other than they were."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """Where audio was found so far, the most first; told again and again while ``sources.discover`` looks."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class WindowWanted:
    """Somebody asked for the window, maybe by starting the program once more; ``folders`` are to be added."""

    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuitWanted:
    """Somebody asked the program to quit: what runs is cancelled, and what it finished stays."""


Event = (
    CatalogChanged
    | SourcesChanged
    | FilesVanished
    | JobChanged
    | PlaybackChanged
    | DevicesChanged
    | WaveformsMade
    | PlacesFound
    | WindowWanted
    | QuitWanted
)
E_ = TypeVar("E_")


def subject(event: Event) -> Hashable:
    """What an event tells of: of two with one subject the newer will do, once ``merged`` with the older."""
    return (type(event), event.status.id if isinstance(event, JobChanged) else None)


def merged(earlier: Event | None, event: Event) -> Event:
    """One event in the place of two: the newer, but what sounds or folders the older named is not lost."""
    if isinstance(earlier, WaveformsMade) and isinstance(event, WaveformsMade):
        return WaveformsMade(earlier.ids + event.ids)
    if isinstance(earlier, WindowWanted) and isinstance(event, WindowWanted):
        return WindowWanted(earlier.folders + event.folders)
    return event


class Events:
    """A bus: ``subscribe`` returns the function that ends the subscription. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handlers: dict[type[Any], list[Callable[[Any], None]]] = {}

    def subscribe(self, kind: type[E_], handler: Callable[[E_], None]) -> Callable[[], None]:
        """Call ``handler(event)`` for each event of exactly ``kind`` until the returned function is called."""
        with self._lock:
            self._handlers.setdefault(kind, []).append(handler)

        def end() -> None:
            with self._lock:
                handlers = self._handlers.get(kind, [])
                if handler in handlers:
                    handlers.remove(handler)

        return end

    def emit(self, event: Event) -> None:
        """Tell every subscriber; one that raises is logged and does not stop the others."""
        with self._lock:
            handlers = list(self._handlers.get(type(event), ()))
        for handler in handlers:
            try:
                handler(event)
            except Exception:
                log.exception("a handler of %s failed", type(event).__name__)
