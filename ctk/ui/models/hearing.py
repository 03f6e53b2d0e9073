"""What sounds are is found out in the background, so that it comes by itself; and at once when the user asks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from ctk.contract import Classify
from ctk.events import CatalogChanged, JobChanged
from ctk.jobs import Job
from ctk.records import JobStatus, Listener
from ctk.settings import Settings
from ctk.ui.models import words
from ctk.ui.models.jobs import Scans
from ctk.ui.models.listening import Listening
from ctk.ui.models.signal import Signal
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump

if TYPE_CHECKING:
    from ctk.records import Classified, Hearing

FIRST_MS: Final = 8_000
"""After the start, when the window has settled."""
AFTER_SCAN_MS: Final = 4_000
"""Then whoever makes waveforms has begun."""
AFTER_CHANGE_MS: Final = 20_000
"""Once the catalog rests for so long, it is looked whether there is something new in it."""
QUIET: Final[Listener] = "built-in"


class Wish(NamedTuple):
    """What to listen with, ``None`` for the best engine, and on what; not ``asked`` for by the user, it is quiet."""

    engine: Listener | None = QUIET
    device: str = "auto"
    asked: bool = False


class Hears:
    """``changed(status)`` tells how far it is (``None``: nobody listens). What the user asked for ends with
    ``ended(sentence)`` or ``failed(sentence)``; what comes by itself is quiet and makes room for everything else.

    ``fetching`` is the download of what CNN14 learned; ``beyond`` counts sounds that cannot be heard.
    """

    def __init__(
        self,
        classify: Callable[[], Classify],
        settings: Settings,
        scans: Scans,
        listening: Listening,
        pump: Pump,
    ) -> None:
        self.changed: Signal[[JobStatus | None]] = Signal()
        self.ended: Signal[[str]] = Signal()
        self.failed: Signal[[str]] = Signal()
        self.fetching = Work(pump)
        self.beyond = 0
        self._classify = classify
        self._settings = settings
        self._scans = scans
        self._listening = listening
        self._pump = pump
        self._job: Job[Classified] | None = None
        self._doing: Wish | None = None
        self._next: Wish | None = None
        self._cancelling = self._stopped = False
        self._before: Hearing | None = None
        self._hopeless = 0
        pump.listen(JobChanged, self._heard)
        pump.listen(CatalogChanged, lambda _: pump.later(AFTER_CHANGE_MS, self._begin, key="hearing later"))
        scans.changed.connect(self._scanned)
        listening.changed.connect(lambda status: None if status else self._soon(AFTER_SCAN_MS))

    @property
    def running(self) -> bool:
        return self._doing is not None

    @property
    def asked(self) -> bool:
        """Whether the user waits for what runs, or is about to."""
        wish = self._next or self._doing
        return wish is not None and wish.asked

    @property
    def cancelling(self) -> bool:
        return self._cancelling

    def start(self) -> None:
        """Begin, but not at once."""
        self._soon(FIRST_MS)

    def switch(self) -> None:
        """The setting was changed."""
        self._stopped = False
        if self._settings.hear_new:
            self._soon(0)
        elif not self.asked:
            self.cancel()

    def listen(self, engine: Listener | None = None, device: str = "auto") -> None:
        """Hear now what was not heard; what runs by itself makes room."""
        if self.asked:
            return
        self._stopped = False
        self._next = Wish(engine, device, asked=True)
        if self._doing is None:
            self._go_on()
        elif self._job is not None:
            self._job.cancel()

    def cancel(self) -> None:
        """Stop until the next scan; what was heard stays."""
        self._next = None
        self._stopped = True
        if self._doing is not None:
            self._cancelling = True
            if self._job is not None:
                self._job.cancel()
                self.changed(self._job.status)

    def _soon(self, ms: int) -> None:
        self._pump.later(ms, self._begin, key="hearing")

    def _begin(self) -> None:
        """By itself, when there is something new and nothing else to do."""
        busy = self.running or self._scans.running or self._listening.running
        if self._settings.hear_new and not busy and not self._stopped:
            self._pump.call(lambda: self._classify().status(), then=self._weigh, fail=self._missed, key="hearing")

    def _weigh(self, hearing: "Hearing") -> None:
        if self._doing is None and not self._scans.running and hearing.unheard != self._hopeless:
            self._next = Wish()
            self._go_on()

    def _go_on(self) -> None:
        wish = self._doing = self._next
        self._next = None
        if wish is not None:
            self._pump.call(lambda: self._run(wish), then=self._begun, fail=self._refused)

    def _run(self, wish: Wish) -> "tuple[Hearing, Job[Classified]]":
        """On a worker, where engines are loaded when they are first needed."""
        classify = self._classify()
        return classify.status(), classify.run(engine=wish.engine, device=wish.device)

    def _begun(self, begun: "tuple[Hearing, Job[Classified]]") -> None:
        self._before, self._job = begun
        job = self._job
        if self._cancelling or self._next is not None or (self._scans.running and not self.asked):
            job.cancel()
        self._follow(job.status)

    def _heard(self, event: JobChanged) -> None:
        if self._job is not None and event.status.id == self._job.id:
            self._follow(event.status)

    def _follow(self, status: JobStatus) -> None:
        if self._job is not None and self._job.done:
            self._finish(self._job)
        elif self.asked or status.progress.total:
            self.changed(status)

    def _finish(self, job: "Job[Classified]") -> None:
        wish, status = self._doing, job.status
        self._job = self._doing = None
        self._cancelling = False
        self.changed(None)
        if status.state == "done" and self._before is not None:
            self._take_stock(self._before, job.result())
        if wish is not None and wish.asked:
            self._tell(job)
        self._go_on()

    def _take_stock(self, before: "Hearing", report: "Classified") -> None:
        """What was not heard now cannot be heard, until something changes."""
        self._hopeless = max(0, before.unheard - report.sounds)
        self.beyond = self._hopeless if report.engine == before.engine else 0

    def _tell(self, job: "Job[Classified]") -> None:
        match job.status.state:
            case "done":
                self.ended(summary(job.result()))
            case "cancelled":
                self.ended("Stopped; what was heard so far stays.")
            case _:
                self.failed(job.status.error or "This could not be finished.")

    def _refused(self, error: Exception) -> None:
        wish = self._doing
        self._doing = None
        self._cancelling = False
        self.changed(None)
        if wish is not None and wish.asked:
            self.failed(str(error))
        self._go_on()

    def _scanned(self, status: JobStatus | None) -> None:
        """A scan goes on, or is over."""
        if status is None:
            self._stopped = False
            self._soon(AFTER_SCAN_MS)
        elif self._job is not None and not self.asked:
            self._job.cancel()

    def _missed(self, _: Exception) -> None:
        """Nobody asked for it and nobody misses it: it is tried again when something changes."""


def summary(report: "Classified") -> str:
    """What listening came to."""
    if not report.sounds and not report.problems:
        return "There was nothing new to listen to."
    text = f"Listened to {words.sounds(report.sounds)}"
    text += f", {report.files_per_s:,.0f} a second." if report.files_per_s >= 1 and report.elapsed_s > 2 else "."
    if report.problems:
        many = len(report.problems)
        text += " One could not be heard." if many == 1 else f" {many:,} could not be heard."
    return text
