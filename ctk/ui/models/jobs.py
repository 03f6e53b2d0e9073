"""Scanning as the window sees it: one scan at a time, the next folders wait, progress and outcome in words."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ctk.errors import Cancelled
from ctk.events import FilesVanished, JobChanged
from ctk.jobs import Job
from ctk.records import JobStatus, Vanished
from ctk.ui.models import words
from ctk.ui.models.signal import Signal
from ctk.ui.models.technical import explained
from ctk.ui.pump import Pump

if TYPE_CHECKING:
    from ctk.records import ScanReport


class Start(Protocol):
    """Begins a scan of these folders, or of all."""

    def __call__(self, folders: Sequence[str] | None, /, *, accept_missing: bool = False) -> "Job[ScanReport]": ...


class _Wanted(NamedTuple):
    folders: tuple[str, ...] | None
    accept_missing: bool = False


class Scans:
    """``changed(status)`` tells how far the scan is (``None``: none runs), ``ended(sentence)`` what it found.

    ``failed(sentence, details)`` tells why it could not be done, ``reported(vanished)`` of files that are gone in such
    numbers that somebody has to say whether they really are, also when nobody asked for a scan.
    """

    def __init__(self, start: Start, pump: Pump) -> None:
        self.changed: Signal[[JobStatus | None]] = Signal()
        self.ended: Signal[[str]] = Signal()
        self.failed: Signal[[str, str]] = Signal()
        self.reported: Signal[[Sequence[Vanished]]] = Signal()
        self._start = start
        self._pump = pump
        self._job: Job[ScanReport] | None = None
        self._starting = False
        self._cancelling = False
        self._queue: deque[_Wanted] = deque()
        pump.listen(JobChanged, self._heard)
        pump.listen(FilesVanished, lambda event: self.reported(event.vanished))

    @property
    def running(self) -> bool:
        return self._starting or self._job is not None

    @property
    def cancelling(self) -> bool:
        return self._cancelling

    def scan(self, folders: Sequence[str] | None = None) -> None:
        """Scan ``folders`` (new ones become sources), or everything. Waits for the scan that runs."""
        self._ask(_Wanted(None if folders is None else tuple(folders)))

    def accept(self, folder: str) -> None:
        """Scan ``folder`` and believe that what is gone from it is gone."""
        self._ask(_Wanted((folder,), accept_missing=True))

    def cancel(self) -> None:
        """Stop the scan, and forget those that wait; what was read stays."""
        self._queue.clear()
        if self._job is not None:
            self._cancelling = True
            self._job.cancel()
            self.changed(self._job.status)

    def _ask(self, wanted: _Wanted) -> None:
        if wanted not in self._queue:
            self._queue.append(wanted)
        self._next()

    def _next(self) -> None:
        if self.running or not self._queue:
            return
        wanted = self._queue.popleft()
        start = partial(self._start, accept_missing=True) if wanted.accept_missing else self._start
        self._starting = True
        self._pump.call(start, wanted.folders, then=self._started, fail=self._refused)

    def _started(self, job: "Job[ScanReport]") -> None:
        self._starting = False
        self._job = job
        if job.done:
            self._finish(job)
        else:
            self.changed(job.status)

    def _refused(self, error: Exception) -> None:
        self._starting = False
        self.failed(*explained(error, "The scan could not be started."))
        self._next()

    def _heard(self, event: JobChanged) -> None:
        job = self._job
        if job is None or event.status.id != job.id:
            return
        if job.done:
            self._finish(job)
        else:
            self.changed(event.status)

    def _finish(self, job: "Job[ScanReport]") -> None:
        self._job = None
        self._cancelling = False
        self.changed(None)
        try:
            report = job.result()
        except Cancelled:
            self.ended("The scan was stopped; what was found so far stays.")
        except Exception as exc:
            self.failed(*explained(exc, "The scan could not be finished."))
        else:
            self.ended(words.scan_summary(report))
            if report.vanished:
                self.reported(report.vanished)
        self._next()
