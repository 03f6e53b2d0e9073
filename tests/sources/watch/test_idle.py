"""Whether anybody is at work."""

from ctk.events import Events, JobChanged, PlaybackChanged
from ctk.records import JobState, JobStatus, NowPlaying, Progress
from ctk.sources.watch.idle import Idle
from tests.sources.watch.test_dirt import Clock

OWN = "Ours"


class Bench:
    """An ear on a bus, and a clock."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.events = Events()
        self.idle = Idle(self.events, OWN, self.clock.wake, self.clock)

    def job(self, id: str, state: JobState, title: str = "Theirs") -> None:
        self.events.emit(JobChanged(JobStatus(id, title, state, Progress())))


def test_time_passes_while_nothing_happens() -> None:
    bench = Bench()
    bench.clock.now_s += 5
    assert bench.idle.for_s() == 5


def test_a_sound_is_playing() -> None:
    bench = Bench()
    bench.events.emit(PlaybackChanged(NowPlaying("playing")))
    bench.clock.now_s += 5
    assert bench.idle.for_s() == 0
    bench.events.emit(PlaybackChanged(NowPlaying("paused")))
    bench.clock.now_s += 5
    assert bench.idle.for_s() == 5


def test_a_job_is_running() -> None:
    bench = Bench()
    bench.job("job-1", "running")
    bench.job("job-2", "running")
    bench.job("job-1", "running")
    assert bench.clock.woken == 2
    bench.clock.now_s += 5
    assert bench.idle.for_s() == 0
    bench.job("job-1", "done")
    bench.job("job-2", "failed")
    bench.clock.now_s += 5
    assert bench.idle.for_s() == 5


def test_own_jobs_do_not_count() -> None:
    bench = Bench()
    bench.clock.now_s += 5
    bench.job("job-1", "running", OWN)
    assert (bench.idle.for_s(), bench.clock.woken) == (5, 0)


def test_nothing_is_heard_after_the_end() -> None:
    bench = Bench()
    bench.idle.close()
    bench.clock.now_s += 5
    bench.job("job-1", "running")
    assert (bench.idle.for_s(), bench.clock.woken) == (5, 0)
