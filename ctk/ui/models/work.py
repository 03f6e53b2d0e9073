"""Long work as the window sees it: one piece at a time, the next waits; how far it is, and what came of it."""

import logging
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from ctk.errors import CtkError
from ctk.events import JobChanged
from ctk.jobs import Job
from ctk.records import JobStatus
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Errand(NamedTuple):
    start: Callable[[], Job[Any]]
    then: Callable[[Any], None]
    fail: Callable[[CtkError], None]


class Work:
    """``changed(status)`` tells how far the work is (``None``: there is none)."""

    def __init__(self, pump: Pump) -> None:
        self.changed: Signal[[JobStatus | None]] = Signal()
        self._pump = pump
        self._errand: _Errand | None = None
        self._job: Job[Any] | None = None
        self._cancelling = False
        self._queue: deque[_Errand] = deque()
        pump.listen(JobChanged, self._heard)

    @property
    def running(self) -> bool:
        return self._errand is not None

    @property
    def cancelling(self) -> bool:
        return self._cancelling

    def run(self, start: Callable[[], Job[T]], then: Callable[[T], None], fail: Callable[[CtkError], None]) -> None:
        """Start a job when the others are done; ``then(result)``, or ``fail(error)``, which may be ``Cancelled``."""
        self._queue.append(_Errand(start, then, fail))
        self._next()

    def cancel(self) -> None:
        """Stop what runs, and forget what waits."""
        self._queue.clear()
        self._cancelling = self.running
        if self._job is not None:
            self._job.cancel()
            self.changed(self._job.status)

    def _next(self) -> None:
        if self._errand is None and self._queue:
            self._errand = self._queue.popleft()
            self._pump.call(self._errand.start, then=self._started, fail=self._ended_badly)

    def _started(self, job: Job[Any]) -> None:
        self._job = job
        if self._cancelling:
            job.cancel()
        if job.done:
            self._finish(job)
        else:
            self.changed(job.status)

    def _heard(self, event: JobChanged) -> None:
        job = self._job
        if job is None or event.status.id != job.id:
            return
        if job.done:
            self._finish(job)
        else:
            self.changed(event.status)

    def _finish(self, job: Job[Any]) -> None:
        try:
            result = job.result(0)
        except Exception as exc:
            self._ended_badly(exc)
        else:
            self._end().then(result)
            self._next()

    def _ended_badly(self, error: Exception) -> None:
        if not isinstance(error, CtkError):
            log.error("work failed", exc_info=error)
            cause, error = error, CtkError("This could not be finished; the log in your catalog's folder says more.")
            error.__cause__ = cause
        self._end().fail(error)
        self._next()

    def _end(self) -> _Errand:
        errand = self._errand
        assert errand is not None
        self._errand = self._job = None
        self._cancelling = False
        self.changed(None)
        return errand
