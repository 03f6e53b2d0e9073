"""Long work: started at once, watched, cancelled, waited for.

The work itself is a plain function ``work(task) -> result``: it asks ``task.check()`` often and says how far it
is with ``task.report(...)``. Every status goes out as a ``JobChanged`` event, at most ten a second.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from ctk.errors import Cancelled, CtkError
from ctk.events import Events, JobChanged
from ctk.records import JobState, JobStatus, Progress

log = logging.getLogger(__name__)
T = TypeVar("T")

REPORT_EVERY_S = 0.1
LOOK_AGAIN_S = 0.05


class Task:
    """What a running job sees of itself: whether to stop, and where to say how far it is."""

    def __init__(self, report: Callable[[Progress], None], aside_s: Callable[[], float] = lambda: 0.0) -> None:
        self._stop = threading.Event()
        self._report = report
        self._aside_s = aside_s

    def check(self) -> None:
        """Raise ``Cancelled`` when somebody asked the job to stop; background work waits here while it should."""
        if self.breathe():
            raise Cancelled("Stopped.")

    def breathe(self) -> bool:
        """Whether to stop; background work waits here while somebody auditions. Any of the job's threads may ask."""
        while (aside_s := self._aside_s()) > 0 and not self._stop.wait(min(aside_s, LOOK_AGAIN_S)):
            pass
        return self._stop.is_set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()

    def report(self, words: str, done: int = 0, total: int | None = None) -> None:
        """Say how far the work is; cheap enough to call for every file."""
        self._report(Progress(done, total, words))


class Job(Generic[T]):
    """One piece of long work. ``result()`` waits, and raises what the work raised."""

    def __init__(
        self,
        id: str,
        title: str,
        work: Callable[[Task], T],
        events: Events,
        aside_s: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.id = id
        self.title = title
        self._work = work
        self._events = events
        self._state: JobState = "waiting"
        self._progress = Progress(words=title)
        self._error: BaseException | None = None
        self._result: T
        self._told = 0.0
        self._task = Task(self._on_progress, aside_s)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"job-{id}", daemon=True)

    @property
    def status(self) -> JobStatus:
        error = str(self._error) if self._state == "failed" else None
        return JobStatus(self.id, self.title, self._state, self._progress, error)

    @property
    def done(self) -> bool:
        return self._done.is_set()

    def start(self) -> "Job[T]":
        self._state = "running"
        self._events.emit(JobChanged(self.status))
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Ask the work to stop; what it finished stays."""
        self._task.stop()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end, at most ``timeout_s``; whether it has come."""
        return self._done.wait(timeout_s)

    def result(self, timeout_s: float | None = None) -> T:
        """Wait for the end. Raises ``TimeoutError``, ``Cancelled`` or the work's own error."""
        if not self._done.wait(timeout_s):
            raise TimeoutError(f"{self.title} is still running.")
        if self._error is not None:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._work(self._task)
            self._state = "done"
        except Cancelled as exc:
            self._error, self._state = exc, "cancelled"
        except CtkError as exc:
            self._error, self._state = exc, "failed"
        except BaseException as exc:
            log.exception("%s failed", self.title)
            self._error, self._state = exc, "failed"
        self._done.set()
        self._events.emit(JobChanged(self.status))

    def _on_progress(self, progress: Progress) -> None:
        self._progress = progress
        now = time.monotonic()
        if now - self._told >= REPORT_EVERY_S:
            self._told = now
            self._events.emit(JobChanged(self.status))


class Jobs:
    """Starts jobs and knows those still running; any thread may use it."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._running: list[Job[object]] = []
        self._aside_until = 0.0

    def start(self, title: str, work: Callable[[Task], T], *, background: bool = False) -> Job[T]:
        """Start ``work`` on a thread of its own. What nobody waits for is ``background`` and steps aside."""
        aside_s = self._aside_s if background else lambda: 0.0
        job = Job(f"job-{next(self._numbers)}", title, work, self._events, aside_s)
        with self._lock:
            self._running = [other for other in self._running if not other.done]
            self._running.append(job)  # type: ignore[arg-type]  # only its status and end are used here
        return job.start()

    def step_aside(self, seconds: float) -> None:
        """Let background work rest for ``seconds`` from now: threads share one interpreter, and sound comes first."""
        self._aside_until = max(self._aside_until, time.monotonic() + seconds)

    def _aside_s(self) -> float:
        return self._aside_until - time.monotonic()

    def running(self) -> list[JobStatus]:
        with self._lock:
            return [job.status for job in self._running if not job.done]

    def close(self, wait_s: float = 2.0) -> None:
        """Cancel everything and give it ``wait_s`` seconds to end cleanly."""
        with self._lock:
            jobs = list(self._running)
        for job in jobs:
            job.cancel()
        deadline = time.monotonic() + wait_s
        for job in jobs:
            job.wait(max(0.0, deadline - time.monotonic()))
