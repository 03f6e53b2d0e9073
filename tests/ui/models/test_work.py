"""Long work as the window sees it: one piece at a time, in words, stopped on request."""

import threading
from collections.abc import Callable, Iterator

import pytest

from ctk.errors import Cancelled, CtkError, NotFound
from ctk.jobs import Job, Task
from ctk.records import JobStatus
from ctk.toolkit import Toolkit
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump
from tests.ui.clock import Clock


class Rig:
    """Work on a clock, and what it told."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.clock = Clock()
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.work = Work(self.pump)
        self.toolkit = toolkit
        self.statuses: list[JobStatus | None] = []
        self.results: list[object] = []
        self.errors: list[CtkError] = []
        self.work.changed.connect(self.statuses.append)

    def run(self, do: Callable[[Task], object]) -> None:
        self.work.run(lambda: self.toolkit.jobs.start("Work", do), self.results.append, self.errors.append)

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(toolkit: Toolkit) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.pump.close()


def endless(task: Task) -> None:
    while True:
        task.check()
        task.report("On and on", 1, 2)
        threading.Event().wait(0.005)


def test_a_result_is_handed_over_and_the_end_is_told(rig: Rig) -> None:
    rig.run(lambda _: 42)
    assert rig.work.running
    rig.clock.run(lambda: rig.results == [42])
    assert not rig.work.running and rig.statuses[-1] is None and rig.errors == []


def test_one_at_a_time_in_the_order_asked_for(rig: Rig) -> None:
    going: list[int] = []
    most: list[int] = []

    def make(number: int) -> Callable[[Task], int]:
        def do(_: Task) -> int:
            going.append(number)
            most.append(len(going))
            threading.Event().wait(0.01)
            going.remove(number)
            return number

        return do

    for number in range(3):
        rig.run(make(number))
    rig.clock.run(lambda: len(rig.results) == 3)
    assert rig.results == [0, 1, 2] and max(most) == 1


def test_what_fails_is_told_and_the_next_goes_on(rig: Rig) -> None:
    def lost(_: Task) -> None:
        raise NotFound("It is not there.")

    rig.run(lost)
    rig.run(lambda _: "next")
    rig.clock.run(lambda: rig.results == ["next"])
    assert [str(error) for error in rig.errors] == ["It is not there."]


def test_what_cannot_be_started_is_told(rig: Rig) -> None:
    def refuse() -> Job[None]:
        raise CtkError("Not now.")

    rig.work.run(refuse, rig.results.append, rig.errors.append)
    rig.clock.run(lambda: bool(rig.errors))
    assert str(rig.errors[0]) == "Not now." and not rig.work.running


@pytest.mark.logs_errors
def test_what_should_not_happen_is_logged_and_told_in_plain_words(rig: Rig) -> None:
    def broken(_: Task) -> None:
        raise ZeroDivisionError("division by zero")

    rig.run(broken)
    rig.clock.run(lambda: bool(rig.errors))
    assert "zero" not in str(rig.errors[0]) and isinstance(rig.errors[0].__cause__, ZeroDivisionError)


def test_cancelling_stops_what_runs_and_forgets_what_waits(rig: Rig) -> None:
    rig.run(endless)
    rig.run(lambda _: "never")
    rig.clock.run(lambda: any(status and status.progress.words == "On and on" for status in rig.statuses))
    rig.work.cancel()
    assert rig.work.cancelling
    rig.clock.run(lambda: bool(rig.errors))
    assert isinstance(rig.errors[0], Cancelled)
    assert not rig.work.running and not rig.work.cancelling and rig.results == []
