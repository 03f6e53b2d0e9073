"""Whether anybody is at work: sounds that play and jobs that run are all there is to tell by."""

import time
from collections.abc import Callable

from ctk.events import Events, JobChanged, PlaybackChanged


class Idle:
    """``begun()`` is called when a job starts whose title is not ``own``."""

    def __init__(
        self, events: Events, own: str, begun: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._own = own
        self._begun = begun
        self._clock = clock
        self._last_s = clock()
        self._playing = False
        self._jobs: set[str] = set()
        self._ends = [
            events.subscribe(PlaybackChanged, self._on_playback),
            events.subscribe(JobChanged, self._on_job),
        ]

    def for_s(self) -> float:
        """How long nothing has happened."""
        return 0.0 if self._playing or self._jobs else self._clock() - self._last_s

    def close(self) -> None:
        for end in self._ends:
            end()

    def _on_playback(self, event: PlaybackChanged) -> None:
        self._playing = event.now.state == "playing"
        self._last_s = self._clock()

    def _on_job(self, event: JobChanged) -> None:
        job = event.status
        if job.title == self._own:
            return
        self._last_s = self._clock()
        if job.state not in ("waiting", "running"):
            self._jobs.discard(job.id)
        elif job.id not in self._jobs:
            self._jobs.add(job.id)
            self._begun()
