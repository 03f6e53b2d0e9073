"""Work goes out, answers come back in order and on one thread; the newest wins."""

import threading
import time
from collections.abc import Iterator

import pytest

from ctk.errors import NotFound
from ctk.events import CatalogChanged, Events, JobChanged, PlaybackChanged, SourcesChanged, WaveformsMade
from ctk.records import JobState, JobStatus, NowPlaying, Progress
from ctk.ui.pump import Pump
from tests.ui.clock import Clock


class Rig:
    """A pump on a clock, and what it delivered."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.events = Events()
        self.troubles: list[Exception] = []
        self.pump = Pump(self.clock, self.events, self.troubles.append)
        self.heard: list[object] = []


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.pump.close()


def test_work_runs_elsewhere_and_its_answer_comes_here(rig: Rig) -> None:
    threads: list[str] = []

    def work(number: int) -> int:
        threads.append(threading.current_thread().name)
        return number + 1

    def then(answer: int) -> None:
        threads.append(threading.current_thread().name)
        rig.heard.append(answer)

    rig.pump.call(work, 41, then=then)
    assert rig.heard == []
    rig.clock.run(lambda: rig.heard == [42])
    assert threads[0].startswith("window-")
    assert threads[1] == threading.current_thread().name


def test_only_the_newest_of_a_key_is_answered(rig: Rig) -> None:
    begun, go = threading.Event(), threading.Event()
    ran: list[int] = []

    def slow() -> int:
        begun.set()
        go.wait(5)
        return 1

    def quick(number: int) -> int:
        ran.append(number)
        return number

    rig.pump.call(slow, then=rig.heard.append, key="search")
    begun.wait(5)
    for number in (2, 3, 4):
        rig.pump.call(quick, number, then=rig.heard.append, key="search")
    rig.pump.call(quick, 9, then=rig.heard.append, key="other")
    rig.clock.run(lambda: rig.heard == [9], "the call of another key")
    go.set()
    rig.clock.run(lambda: rig.heard == [9, 4], "the newest")
    assert ran == [9, 4]


def test_calls_of_a_key_never_overlap(rig: Rig) -> None:
    inside = 0
    worst = 0

    def work() -> None:
        nonlocal inside, worst
        inside += 1
        worst = max(worst, inside)
        time.sleep(0.002)
        inside -= 1

    for _ in range(20):
        rig.pump.call(work, then=rig.heard.append, key="play")
        rig.clock.step()
    rig.clock.run(lambda: rig.heard, "the last")
    assert worst == 1


def test_an_answer_within_the_wait_is_delivered_at_once(rig: Rig) -> None:
    rig.pump.call(lambda: 5, then=rig.heard.append, wait_s=2.0)
    assert rig.heard == [5]
    rig.clock.run(lambda: rig.clock.waiting == 1)
    for _ in range(30):
        rig.clock.step()
    assert rig.heard == [5]


def test_what_takes_longer_than_the_wait_comes_later(rig: Rig) -> None:
    rig.pump.call(lambda: time.sleep(0.1), then=rig.heard.append, wait_s=0.001)
    assert rig.heard == []
    rig.clock.run(lambda: rig.heard == [None])


def test_wait_holds_on_for_a_key(rig: Rig) -> None:
    rig.pump.call(lambda: time.sleep(0.02), then=rig.heard.append, key="search")
    rig.pump.wait("search", 2.0)
    assert rig.heard == [None]
    rig.pump.wait("nothing of that name", 2.0)


def test_errors_go_to_fail_or_to_trouble(rig: Rig) -> None:
    def work() -> None:
        raise NotFound("It is gone.")

    rig.pump.call(work, fail=rig.heard.append)
    rig.clock.run(lambda: len(rig.heard) == 1)
    rig.pump.call(work)
    rig.clock.run(lambda: len(rig.troubles) == 1)
    assert str(rig.troubles[0]) == str(rig.heard[0]) == "It is gone."


@pytest.mark.logs_errors
def test_an_error_that_is_not_ours_is_logged(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    rig.pump.call(lambda: 1 / 0)
    rig.clock.run(lambda: len(rig.troubles) == 1)
    assert "ZeroDivisionError" in caplog.text


def test_a_dropped_call_is_not_answered(rig: Rig) -> None:
    rig.pump.call(lambda: time.sleep(0.01), then=rig.heard.append, key="page")
    rig.pump.drop("page")
    rig.pump.call(lambda: 2, then=rig.heard.append)
    rig.clock.run(lambda: rig.heard == [2])


def test_later_runs_once_and_the_last_one_counts(rig: Rig) -> None:
    for number in (1, 2, 3):
        rig.pump.later(20, lambda number=number: rig.heard.append(number), key="typing")  # type: ignore[misc]
    rig.clock.run(lambda: rig.heard)
    assert rig.heard == [3]
    assert not rig.pump.hurry("typing")


def test_hurry_runs_what_waits_now_and_only_once(rig: Rig) -> None:
    rig.pump.later(20, lambda: rig.heard.append(1), key="typing")
    assert rig.pump.hurry("typing")
    assert rig.heard == [1]
    rig.pump.later(40, lambda: rig.heard.append(2), key="other")
    rig.clock.run(lambda: 2 in rig.heard)
    assert rig.heard == [1, 2]


def test_events_are_coalesced_to_the_newest_of_each_kind(rig: Rig) -> None:
    for kind in (CatalogChanged, JobChanged, PlaybackChanged):
        rig.pump.listen(kind, rig.heard.append)

    def emit() -> None:
        for number in range(200):
            rig.events.emit(CatalogChanged(number))
            rig.events.emit(status("job-1", "running", number))
            rig.events.emit(status("job-2", "running", number))
        rig.events.emit(PlaybackChanged(NowPlaying("playing")))
        rig.events.emit(status("job-1", "done", 200))

    emitter = threading.Thread(target=emit)
    emitter.start()
    emitter.join()
    rig.clock.run(lambda: len(rig.heard) == 4)
    assert CatalogChanged(199) in rig.heard
    assert status("job-1", "done", 200) in rig.heard
    assert status("job-2", "running", 199) in rig.heard


def test_events_nobody_listens_to_are_left_alone(rig: Rig) -> None:
    rig.events.emit(SourcesChanged())
    rig.pump.listen(SourcesChanged, rig.heard.append)
    rig.pump.listen(SourcesChanged, rig.heard.append)
    rig.events.emit(SourcesChanged())
    rig.clock.run(lambda: len(rig.heard) == 2)


def test_a_flood_is_taken_in_turns(rig: Rig) -> None:
    """Every turn is bounded, so that keys and clicks come through between two of them."""

    def take(answer: object) -> None:
        time.sleep(0.001)
        rig.heard.append(answer)

    for _ in range(50):
        rig.pump.call(lambda: None, then=take)
    time.sleep(0.05)
    turns = 0
    while len(rig.heard) < 50:
        before = len(rig.heard)
        rig.clock.step()
        turns += len(rig.heard) > before
    assert turns >= 5


def test_a_handler_that_fails_does_not_stop_the_pump(rig: Rig) -> None:
    def fail(_: CatalogChanged) -> None:
        raise RuntimeError("a broken handler")

    rig.pump.listen(CatalogChanged, fail)
    rig.events.emit(CatalogChanged(1))
    with pytest.raises(RuntimeError):
        rig.clock.run(lambda: False)
    rig.pump.call(lambda: 1, then=rig.heard.append)
    rig.clock.run(lambda: rig.heard == [1])


def test_after_close_nothing_comes_any_more(rig: Rig) -> None:
    rig.pump.listen(CatalogChanged, rig.heard.append)
    rig.pump.call(lambda: time.sleep(0.01), then=rig.heard.append, key="search")
    rig.pump.later(1, lambda: rig.heard.append(1), key="typing")
    rig.pump.close()
    rig.pump.close()
    rig.events.emit(CatalogChanged(1))
    rig.pump.call(lambda: 1, then=rig.heard.append)
    rig.pump.later(1, lambda: rig.heard.append(2), key="typing")
    for _ in range(100):
        rig.clock.step()
    assert rig.heard == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("window-")]


def status(id: str, state: JobState, done: int) -> JobChanged:
    return JobChanged(JobStatus(id, "Scan", state, Progress(done)))


def test_events_that_name_sounds_are_put_together(rig: Rig) -> None:
    rig.pump.listen(WaveformsMade, rig.heard.append)
    for ids in ((1, 2), (3,), (4, 5)):
        rig.events.emit(WaveformsMade(ids))
    rig.clock.run(lambda: rig.heard)
    assert rig.heard == [WaveformsMade((1, 2, 3, 4, 5))]


def test_what_any_thread_hands_over_runs_on_the_window_s(rig: Rig) -> None:
    def hand() -> None:
        for number in range(3):
            rig.pump.hand(lambda number=number: rig.heard.append((number, threading.get_ident())))  # type: ignore[misc]

    other = threading.Thread(target=hand)
    other.start()
    other.join()
    rig.clock.run(lambda: len(rig.heard) == 3, "what was handed over")
    assert rig.heard == [(number, threading.get_ident()) for number in range(3)]


def test_what_is_handed_over_too_late_does_nothing(rig: Rig) -> None:
    rig.pump.close()
    rig.pump.hand(lambda: rig.heard.append("late"))
    rig.clock.step()
    assert rig.heard == []
