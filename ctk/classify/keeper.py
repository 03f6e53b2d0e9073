"""What a run has heard, kept and judged every second or so: results appear as they come, and survive anything."""

import threading
import time
from collections.abc import Sequence
from typing import Final

from ctk.catalog.vector_rows import Heard, Place
from ctk.classify.judging import Judging
from ctk.classify.vectors import Ear, Vectors
from ctk.jobs import Task

_EVERY_S: Final = 1.0
_UNSURE_S: Final = 2.0
"""Before that nobody can say how long it will take."""


class Keeper:
    """``add`` from any thread; ``keep`` from the one that runs the job. Of ``places``, ``count`` were kept so far."""

    def __init__(self, vectors: Vectors, judging: Judging, task: Task, ear: Ear, places: Sequence[Place]) -> None:
        self.places = places
        self._vectors = vectors
        self._judging = judging
        self._task = task
        self._ear = ear
        self._total = len(places)
        self._lock = threading.Lock()
        self._found: list[Heard] = []
        self._passed = 0
        self._started_s = self._kept_s = time.monotonic()
        self.count = 0
        self.problems: list[str] = []

    @property
    def files_per_s(self) -> float:
        """How quickly ``places`` go by."""
        return self._passed / max(time.monotonic() - self._started_s, 1e-6)

    def add(self, heard: Heard) -> None:
        with self._lock:
            self._found.append(heard)
            self._passed += 1

    def fail(self, problem: str | None) -> None:
        """A sound could not be heard, and perhaps why."""
        with self._lock:
            self._passed += 1
            if problem:
                self.problems.append(problem)

    def keep(self, every_s: float = _EVERY_S) -> None:
        """Keep and judge what was found, when the last time was so long ago, and tell how far this is."""
        self._report()
        now = time.monotonic()
        with self._lock:
            if not self._found or now - self._kept_s < every_s:
                return
            found, self._found = self._found, []
        if not self._vectors.keep(self._ear, found):
            self._task.stop()
            return
        self.count += len(found)
        self._kept_s = time.monotonic()
        self._judging.judge(ids=[heard.sound_id for heard in found])

    def _report(self) -> None:
        words = "Hearing what sounds are"
        if self._passed and time.monotonic() - self._started_s > _UNSURE_S:
            rate = self.files_per_s
            words += f", {rate:,.0f} a second, {_left((self._total - self._passed) / rate)}"
        self._task.report(words, self._passed, self._total)


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s left"
    return f"{seconds / 60:.0f} min left" if seconds < 5400 else f"{seconds / 3600:.1f} h left"
