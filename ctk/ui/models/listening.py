"""The whole library is listened to in the background, so that outlines and health come by themselves."""

from collections.abc import Callable

from ctk.contract import Waveforms
from ctk.events import JobChanged
from ctk.jobs import Job
from ctk.records import JobStatus
from ctk.settings import Settings
from ctk.ui.models.jobs import Scans
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

FIRST_MS = 6_000
"""After the start, when the window has settled."""
AFTER_SCAN_MS = 2_000


class Listening:
    """``changed(status)`` tells how far it is (``None``: nobody listens). It makes room for a scan."""

    def __init__(self, waveforms: Callable[[], Waveforms], settings: Settings, scans: Scans, pump: Pump) -> None:
        self.changed: Signal[[JobStatus | None]] = Signal()
        self._waveforms = waveforms
        self._settings = settings
        self._scans = scans
        self._pump = pump
        self._job: Job[int] | None = None
        self._cancelling = False
        pump.listen(JobChanged, self._heard)
        scans.changed.connect(self._scanned)

    @property
    def running(self) -> bool:
        return self._job is not None

    @property
    def cancelling(self) -> bool:
        return self._cancelling

    def start(self) -> None:
        """Begin, but not at once."""
        self._soon(FIRST_MS)

    def switch(self) -> None:
        """The setting was changed."""
        if self._settings.waveforms:
            self._soon(0)
        else:
            self.cancel()

    def cancel(self) -> None:
        """Stop until the next scan; what was found stays."""
        if self._job is not None:
            self._cancelling = True
            self._job.cancel()
            self.changed(self._job.status)

    def _soon(self, ms: int) -> None:
        self._pump.later(ms, self._begin, key="listening")

    def _begin(self) -> None:
        if self._settings.waveforms and self._job is None and not self._scans.running:
            self._pump.call(lambda: self._waveforms().build(), then=self._begun, fail=self._failed, key="listening")

    def _begun(self, job: Job[int]) -> None:
        self._job = job
        if self._scans.running or not self._settings.waveforms:
            job.cancel()
        self._follow(job.status)

    def _heard(self, event: JobChanged) -> None:
        if self._job is not None and event.status.id == self._job.id:
            self._follow(event.status)

    def _follow(self, status: JobStatus) -> None:
        if self._job is not None and self._job.done:
            self._job = None
            self._cancelling = False
            self.changed(None)
        elif status.progress.total:
            self.changed(status)

    def _scanned(self, status: JobStatus | None) -> None:
        """A scan goes on, or is over."""
        if status is None:
            self._soon(AFTER_SCAN_MS)
        elif self._job is not None:
            self._job.cancel()

    def _failed(self, _: Exception) -> None:
        """Nobody asked for it and nobody misses it: it is tried again after the next scan."""
