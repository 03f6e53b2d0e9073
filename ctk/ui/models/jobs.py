"""Scanning as the window sees it: one scan at a time, the next folders wait, progress and outcome in words."""

from collections import deque
from collections.abc import Callable, Sequence

from ctk.errors import CtkError
from ctk.events import JobChanged
from ctk.jobs import Job
from ctk.records import JobStatus, ScanReport
from ctk.ui.models import words
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

Start = Callable[[Sequence[str] | None], Job[ScanReport]]
"""Begins a scan of these folders, or of all."""


class Scans:
    """``changed(status)`` tells how far the scan is (``None``: none runs), ``ended(sentence)`` what it found.

    ``failed(sentence)`` tells why it could not be done.
    """

    def __init__(self, start: Start, pump: Pump) -> None:
        self.changed: Signal[[JobStatus | None]] = Signal()
        self.ended: Signal[[str]] = Signal()
        self.failed: Signal[[str]] = Signal()
        self._start = start
        self._pump = pump
        self._job: Job[ScanReport] | None = None
        self._starting = False
        self._cancelling = False
        self._queue: deque[tuple[str, ...] | None] = deque()
        pump.listen(JobChanged, self._heard)

    @property
    def running(self) -> bool:
        return self._starting or self._job is not None

    @property
    def cancelling(self) -> bool:
        return self._cancelling

    def scan(self, folders: Sequence[str] | None = None) -> None:
        """Scan ``folders`` (new ones become sources), or everything. Waits for the scan that runs."""
        wanted = None if folders is None else tuple(folders)
        if wanted not in self._queue:
            self._queue.append(wanted)
        self._next()

    def cancel(self) -> None:
        """Stop the scan, and forget those that wait; what was read stays."""
        self._queue.clear()
        if self._job is not None:
            self._cancelling = True
            self._job.cancel()
            self.changed(self._job.status)

    def _next(self) -> None:
        if self.running or not self._queue:
            return
        folders = self._queue.popleft()
        self._starting = True
        self._pump.call(self._start, folders, then=self._started, fail=self._refused)

    def _started(self, job: Job[ScanReport]) -> None:
        self._starting = False
        self._job = job
        if job.done:
            self._finish(job)
        else:
            self.changed(job.status)

    def _refused(self, error: Exception) -> None:
        self._starting = False
        self.failed(str(error) if isinstance(error, CtkError) else "The scan could not be started.")
        self._next()

    def _heard(self, event: JobChanged) -> None:
        job = self._job
        if job is None or event.status.id != job.id:
            return
        if job.done:
            self._finish(job)
        else:
            self.changed(event.status)

    def _finish(self, job: Job[ScanReport]) -> None:
        self._job = None
        self._cancelling = False
        self.changed(None)
        status = job.status
        if status.state == "failed":
            self.failed(status.error or "The scan could not be finished.")
        elif status.state == "cancelled":
            self.ended("The scan was stopped; what was found so far stays.")
        else:
            self.ended(words.scan_summary(job.result()))
        self._next()
