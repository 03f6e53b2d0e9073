"""Gathering what happens until it is quiet, by a clock that the test turns."""

import pytest

from ctk.sources.changes import Changes
from ctk.sources.watch.dirt import LONGEST_S, QUIET_S, WRITING_S, Dirt


class Clock:
    """Time that passes when told to; counts how often somebody was woken."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.woken = 0

    def __call__(self) -> float:
        return self.now_s

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dirt(clock: Clock) -> Dirt:
    return Dirt(clock.wake, clock)


def test_nothing_to_wait_for_at_first(dirt: Dirt) -> None:
    assert dirt.wait_s() is None
    assert dirt.take() == Changes()


def test_a_change_is_due_when_it_was_quiet_since(dirt: Dirt, clock: Clock) -> None:
    dirt.changed("Drums", "kick.wav")
    assert dirt.wait_s() == pytest.approx(QUIET_S)
    clock.now_s += QUIET_S / 2
    dirt.changed("Bass", "sub.wav")
    assert dirt.wait_s() == pytest.approx(QUIET_S)
    clock.now_s += QUIET_S
    assert dirt.wait_s() == 0
    assert dirt.take() == Changes(folders=frozenset({"Drums", "Bass"}))
    assert dirt.wait_s() is None


def test_a_storm_is_looked_at_before_it_ends(dirt: Dirt, clock: Clock) -> None:
    began = clock.now_s
    while dirt.wait_s() != 0:
        dirt.changed("Drums", f"{clock.now_s}.wav")
        clock.now_s += 0.01
    assert clock.now_s - began == pytest.approx(LONGEST_S, abs=0.02)


def test_five_thousand_files_become_a_few_batches(dirt: Dirt, clock: Clock) -> None:
    batches = 0
    for number in range(5000):
        dirt.writing("Pack", f"{number}.wav")
        dirt.changed("Pack", f"{number}.wav")
        clock.now_s += 0.001
        if dirt.wait_s() == 0:
            assert dirt.take().folders == {"Pack"}
            batches += 1
    assert batches == 5000 * 0.001 // LONGEST_S


def test_only_the_first_change_wakes(dirt: Dirt, clock: Clock) -> None:
    for number in range(10):
        dirt.writing("", f"{number}.wav")
        dirt.changed("", f"{number}.wav")
        dirt.came(f"{number}")
    assert clock.woken == 1
    dirt.take()
    dirt.changed("", "again.wav")
    assert clock.woken == 2


def test_a_file_that_is_written_to_waits_until_it_is_closed(dirt: Dirt, clock: Clock) -> None:
    for _ in range(100):
        dirt.writing("", "bounce.wav")
        clock.now_s += 0.1
        assert (dirt.wait_s() or 0) > 0
    assert dirt.take() == Changes(writing=frozenset({("", "bounce.wav")}))
    dirt.changed("", "bounce.wav")
    clock.now_s += QUIET_S
    assert dirt.wait_s() == 0
    assert dirt.take() == Changes(folders=frozenset({""}))


def test_a_file_that_nobody_closes_counts_as_finished_after_a_while(dirt: Dirt, clock: Clock) -> None:
    dirt.writing("Songs", "mix.wav")
    dirt.writing("Songs", "other.wav")
    assert dirt.wait_s() == pytest.approx(WRITING_S)
    clock.now_s += WRITING_S
    dirt.writing("Songs", "other.wav")
    assert dirt.wait_s() == 0
    assert dirt.take() == Changes(folders=frozenset({"Songs"}), writing=frozenset({("Songs", "other.wav")}))


def test_others_do_not_wait_for_a_file_that_is_being_written(dirt: Dirt, clock: Clock) -> None:
    dirt.changed("Songs", "done.wav")
    for _ in range(5):
        dirt.writing("Songs", "bounce.wav")
        clock.now_s += QUIET_S / 4
    assert dirt.wait_s() == 0
    assert dirt.take() == Changes(folders=frozenset({"Songs"}), writing=frozenset({("Songs", "bounce.wav")}))


def test_doubt_and_loss_are_told(dirt: Dirt, clock: Clock) -> None:
    dirt.doubt()
    dirt.came("New")
    assert dirt.take() == Changes(trees=frozenset({"New"}), doubtful=True)
    dirt.lost()
    assert dirt.take() == Changes(whole=True)
    assert clock.woken == 2


def test_what_is_put_back_is_due_again_later(dirt: Dirt, clock: Clock) -> None:
    dirt.changed("Drums")
    dirt.came("New")
    dirt.doubt()
    taken = dirt.take()
    dirt.put_back(taken, 30)
    assert dirt.wait_s() == pytest.approx(30)
    clock.now_s += 20
    dirt.changed("Bass")
    assert dirt.wait_s() == pytest.approx(10)
    clock.now_s += 10
    assert dirt.wait_s() == 0
    assert dirt.take() == Changes(taken.folders | {"Bass"}, taken.trees, doubtful=True)
