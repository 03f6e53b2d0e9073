"""The work of listening to sounds in the background: what was not heard since it changed, a few side by side."""

import io
import logging
import os
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Final

from ctk import cloud
from ctk.catalog.presence import Presence
from ctk.catalog.store import Store
from ctk.catalog.waveform_rows import Place
from ctk.errors import Cancelled, CannotDecode
from ctk.events import Events, WaveformsMade
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.waveforms import rhythm
from ctk.waveforms.blocks import Interrupted
from ctk.waveforms.health import Numbers
from ctk.waveforms.keeping import Found, Keeping, Unheard
from ctk.waveforms.listening import Heard, listen, listen_again

log = logging.getLogger(__name__)

WORKERS: Final = 2
KEEP_EVERY_S: Final = 1.0
KEEP_IN_SIGHT_EVERY_S: Final = 0.2
"""How often what was found is kept and told of; more often where somebody looks at it."""

_CHUNK: Final = 16
"""Sounds that a thread takes at once, where nobody waits for the first."""
_AT_ONCE: Final = 500


class Building:
    """``run`` listens to ``ids`` in that order, or to all sounds; what it found stays also when it is cancelled."""

    def __init__(
        self, store: Store, keeping: Keeping, events: Events, task: Task, ids: Sequence[int] | None = None
    ) -> None:
        self._store = store
        self._keeping = keeping
        self._events = events
        self._task = task
        self._ids = ids
        self._lock = threading.Lock()
        self._found: list[Found] = []
        self._kept_s = 0.0
        self._heard = 0
        self._done = 0
        self._total = 0

    def run(self) -> int:
        """How many sounds were listened to."""
        self._report(0)
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="listen")
        waiting: set[Future[None]] = set()
        parts = self._parts()
        try:
            while not self._task.stopping:
                while len(waiting) <= WORKERS and (part := next(parts, None)):
                    waiting.add(pool.submit(self._hear_some, part))
                if not waiting:
                    break
                done, waiting = wait(waiting, KEEP_IN_SIGHT_EVERY_S, FIRST_COMPLETED)
                for future in done:
                    future.result()
                self._keep(KEEP_EVERY_S if self._ids is None else KEEP_IN_SIGHT_EVERY_S)
        finally:
            pool.shutdown(cancel_futures=True)
            self._keep()
        self._task.check()
        if self._ids is None:
            self._keeping.tidy()
        return self._heard

    def _parts(self) -> Iterator[list[Unheard]]:
        """The sounds to listen to, as many at a time as a thread takes."""
        presence = Presence(self._store.read())
        size = _CHUNK if self._ids is None else 1
        for places in self._places():
            self._task.check()
            here = [place for place in places if place.here and presence.of(place.root)]
            unheard = self._keeping.unheard(here)
            self._report(len(places) - len(unheard) if self._ids is not None else len(here) - len(unheard))
            for start in range(0, len(unheard), size):
                yield unheard[start : start + size]

    def _places(self) -> Iterator[list[Place]]:
        if self._ids is not None:
            self._total = len(self._ids)
            for start in range(0, len(self._ids), _AT_ONCE):
                some = self._ids[start : start + _AT_ONCE]
                places = self._keeping.places(some)
                self._total -= len(some) - len(places)
                yield places
            return
        self._total = self._keeping.count_here()
        after = 0
        while places := self._keeping.places_after(after, _AT_ONCE):
            yield places
            after = places[-1].id

    def _hear_some(self, unheard: Sequence[Unheard]) -> None:
        for place, numbers in unheard:
            found = self._hear(place, numbers)
            if found is not None:
                with self._lock:
                    self._found.append(found)
            self._report(1)

    def _hear(self, place: Place, numbers: Numbers | None) -> Found | None:
        """``None`` for a file that is not what the catalog says, or that cannot be read now."""
        self._task.check()
        if not is_as_said(place):
            return None
        heard: Heard | None = None
        try:
            if numbers is not None:
                numbers = listen_again(place.path, numbers, self._task.check)
            else:
                heard = listen(place.path, self._task.check, rhythm.may_have(place))
        except Interrupted as exc:
            log.info("%s", exc)
            return None
        except CannotDecode as exc:
            log.info("%s", exc)
            if not _can_be_read(place.path):
                return None
            numbers = None if numbers is None else replace(numbers, sure=0.0)
        except Cancelled:
            raise
        except Exception:  # one file that nobody expected must not end the work on all others
            log.warning("%s could not be listened to", place.path, exc_info=True)
            return None
        if not is_as_said(place):
            return None
        return self._keeping.found(place, heard) if numbers is None else self._keeping.found_again(place, numbers)

    def _keep(self, every_s: float = 0.0) -> None:
        """Keep what was found, when the last time was so long ago; it is told of once it is kept."""
        now = time.monotonic()
        with self._lock:
            if not self._found or now - self._kept_s < every_s:
                return
            found, self._found = self._found, []
        if self._keeping.keep(found):
            self._heard += len(found)
            self._kept_s = time.monotonic()
            self._events.emit(WaveformsMade(tuple(one.place.id for one in found)))
        else:
            self._task.stop()

    def _report(self, more: int) -> None:
        with self._lock:
            self._done += more
            self._task.report("Listening to sounds", self._done, self._total or None)


def is_as_said(place: Place) -> bool:
    """Whether the file is there, on the disk, and still what the catalog says. Opens nothing."""
    try:
        found = os.stat(os_path(place.path))
    except (OSError, ValueError):
        return False
    if cloud.may_serve(os.path.dirname(place.path)) and cloud.is_hollow(found):
        return False
    return stat.S_ISREG(found.st_mode) and (found.st_size, found.st_mtime_ns) == place.stamp


def _can_be_read(path: str) -> bool:
    try:
        with io.FileIO(os_path(path)) as file:
            file.read(1)
    except (OSError, ValueError):
        return False
    return True
