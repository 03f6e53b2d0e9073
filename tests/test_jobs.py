"""Jobs: started at once, watched, cancelled, waited for."""

import threading

import pytest

from ctk.errors import Cancelled, SourceError
from ctk.events import Events, JobChanged
from ctk.jobs import Jobs, Task
from ctk.records import JobStatus


@pytest.fixture
def events() -> Events:
    return Events()


def test_a_job_gives_its_result_and_tells_how_far_it_is(events: Events) -> None:
    told: list[JobStatus] = []
    events.subscribe(JobChanged, lambda event: told.append(event.status))

    def work(task: Task) -> int:
        for number in range(1000):
            task.report("Counting", number, 1000)
        return 42

    job = Jobs(events).start("Count", work)
    assert job.result(5) == 42
    assert (told[0].state, told[-1].state, told[-1].progress.done) == ("running", "done", 999)
    assert len(told) < 100, "progress is throttled"


def test_cancelling_ends_it_at_the_next_check(events: Events) -> None:
    started = threading.Event()

    def work(task: Task) -> None:
        while True:
            started.set()
            task.check()

    job = Jobs(events).start("Spin", work)
    started.wait(5)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(5)
    assert job.status.state == "cancelled"


def test_a_failure_is_raised_to_whoever_waits(events: Events) -> None:
    def work(task: Task) -> None:
        raise SourceError("There is no such folder.")

    job = Jobs(events).start("Fail", work)
    with pytest.raises(SourceError):
        job.result(5)
    assert (job.status.state, job.status.error) == ("failed", "There is no such folder.")


def test_closing_cancels_what_runs(events: Events) -> None:
    jobs = Jobs(events)

    def work(task: Task) -> None:
        while True:
            task.check()

    job = jobs.start("Spin", work)
    assert [status.title for status in jobs.running()] == ["Spin"]
    jobs.close()
    assert job.done
    assert jobs.running() == []


def test_result_gives_up_after_its_time(events: Events) -> None:
    release = threading.Event()
    job = Jobs(events).start("Wait", lambda task: release.wait(5))
    with pytest.raises(TimeoutError):
        job.result(0.01)
    release.set()
    assert job.result(5) is True
