"""What a run has heard, kept and judged every second or so: results appear as they come, and survive anything."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Final

from ctk.catalog import verdict_rows
from ctk.catalog.store import Store
from ctk.catalog.vector_rows import Heard
from ctk.catalog.verdict_rows import Place
from ctk.classify.judging import Judging
from ctk.classify.vectors import Ear, Vectors
from ctk.errors import CtkError
from ctk.jobs import Task

_EVERY_S: Final = 1.0
_UNSURE_S: Final = 2.0
"""Before that nobody can say how long it will take."""
_AT_ONCE: Final = 500
_MOST_PROBLEMS: Final = 100


class Keeper:
    """Of the sounds ``ids``, ``count`` were heard and kept so far; ``problems`` are sentences on the first that could
    not be. ``add`` and ``fail`` are for any thread, the rest is for the one that runs the job."""

    def __init__(
        self, store: Store, vectors: Vectors, judging: Judging, task: Task, ear: Ear, ids: Sequence[int]
    ) -> None:
        self._store = store
        self._vectors = vectors
        self._judging = judging
        self._task = task
        self._ear = ear
        self._ids = ids
        self._lock = threading.Lock()
        self._found: list[Heard] = []
        self._passed = 0
        self._started_s = self._kept_s = time.monotonic()
        self.count = 0
        self.problems: list[str] = []

    @property
    def files_per_s(self) -> float:
        """How quickly sounds go by."""
        return self._passed / max(time.monotonic() - self._started_s, 1e-6)

    def places(self) -> Iterator[Place]:
        """The sounds to be heard, as far as their files are here by then."""
        for start in range(0, len(self._ids), _AT_ONCE):
            some = self._ids[start : start + _AT_ONCE]
            with self._store.snapshot() as connection:
                found = verdict_rows.places(connection, some)
            with self._lock:
                self._passed += len(some) - len(found)
            yield from found

    def add(self, heard: Heard) -> None:
        with self._lock:
            self._found.append(heard)
            self._passed += 1

    def fail(self, problem: str | None) -> None:
        """A sound could not be heard, and perhaps why."""
        with self._lock:
            self._passed += 1
            if problem and len(self.problems) < _MOST_PROBLEMS:
                self.problems.append(problem)

    def keep(self, every_s: float = _EVERY_S) -> None:
        """Keep and judge what was found, when the last time was so long ago, and tell how far this is. Raises
        ``CtkError`` where it cannot be kept."""
        self._report()
        now = time.monotonic()
        with self._lock:
            if not self._found or now - self._kept_s < every_s:
                return
            found, self._found = self._found, []
        if not self._vectors.keep(self._ear, found):
            raise CtkError("What was heard cannot be kept: the disk may be full; the log says why.")
        self.count += len(found)
        self._kept_s = time.monotonic()
        self._judging.judge([heard.sound_id for heard in found])

    def _report(self) -> None:
        words = "Hearing what sounds are"
        if self._passed and time.monotonic() - self._started_s > _UNSURE_S:
            rate = self.files_per_s
            words += f", {rate:,.0f} a second, {_left((len(self._ids) - self._passed) / rate)}"
        self._task.report(words, self._passed, len(self._ids))


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s left"
    return f"{seconds / 60:.0f} min left" if seconds < 5400 else f"{seconds / 3600:.1f} h left"
