"""Outlines that are not there yet are made, for whoever looks at them; nobody makes one that is being made."""

from collections.abc import Callable, Hashable, Sequence

from ctk.contract import Waveforms
from ctk.events import CatalogChanged, JobChanged
from ctk.jobs import Job
from ctk.ui.pump import Pump

HOPELESS_KEPT = 10_000


class Making:
    """``make`` the outlines of sounds; a later wish of the same ``who`` takes the place of the one before.

    A sound that was listened to without an outline coming of it is not tried again, until it changes.
    """

    def __init__(self, waveforms: Callable[[], Waveforms], pump: Pump) -> None:
        self._waveforms = waveforms
        self._pump = pump
        self._jobs: dict[Hashable, tuple[Job[int], frozenset[int]]] = {}
        self._hopeless: dict[int, None] = {}
        pump.listen(JobChanged, self._heard)
        pump.listen(CatalogChanged, lambda _: self._hopeless.clear())

    def make(self, who: Hashable, ids: Sequence[int]) -> None:
        """Make these, and no longer those that ``who`` wanted before."""
        known = self._jobs.get(who)
        if known is not None and set(ids) <= known[1]:
            return
        self.stop(who)
        taken = frozenset().union(*(wanted for _, wanted in self._jobs.values())) | self._hopeless.keys()
        wanted = tuple(id for id in ids if id not in taken)
        if not wanted:
            return

        def begin() -> Job[int]:
            return self._waveforms().build(wanted)

        def begun(job: Job[int]) -> None:
            self._jobs[who] = (job, frozenset(wanted))
            self._end(job)

        self._pump.call(begin, then=begun, fail=self._failed, key=("make", who))

    def stop(self, who: Hashable) -> None:
        """Nobody looks any more."""
        self._pump.drop(("make", who))
        known = self._jobs.pop(who, None)
        if known is not None:
            known[0].cancel()

    def _heard(self, event: JobChanged) -> None:
        for job, _ in list(self._jobs.values()):
            if job.id == event.status.id:
                self._end(job)

    def _end(self, job: Job[int]) -> None:
        """When it is over, those that got no outline never will."""
        if not job.done:
            return
        for who, (other, wanted) in list(self._jobs.items()):
            if other is job:
                del self._jobs[who]
                if job.status.state == "done":
                    self._hopeless.update(dict.fromkeys(wanted))
        while len(self._hopeless) > HOPELESS_KEPT:
            del self._hopeless[next(iter(self._hopeless))]

    def _failed(self, _: Exception) -> None:
        """That there is no outline is no news: the place where it would be drawn stays empty."""
