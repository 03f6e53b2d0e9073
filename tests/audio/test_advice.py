"""What is known of a sound, in time or not at all."""

import threading

import pytest

from ctk.audio.advice import Advice
from ctk.audio.decode.seeking import Hints
from ctk.errors import NotFound

PATIENT_S = 20.0


def test_it_tells_what_is_known() -> None:
    advice = Advice(lambda id: Hints(loudness_db=-float(id)))
    assert [advice.of(id, PATIENT_S).loudness_db for id in (3, 4)] == [-3, -4]
    advice.close()


def test_without_an_id_or_anybody_to_ask_nothing_is_known() -> None:
    assert Advice(None).of(7) == Advice(lambda id: Hints(peak_db=0)).of(None) == Hints()


@pytest.mark.parametrize("failure", [NotFound("There is no such sound."), ZeroDivisionError()])
def test_a_failure_is_nothing_known(failure: Exception) -> None:
    def fail(id: int) -> Hints:
        raise failure

    advice = Advice(fail)
    assert [advice.of(id, PATIENT_S) for id in (1, 2)] == [Hints(), Hints()]
    advice.close()


def test_nobody_waits_for_a_slow_answer_and_the_next_one_counts() -> None:
    ready = threading.Event()
    asked: list[int] = []

    def slow(id: int) -> Hints:
        asked.append(id)
        assert ready.wait(PATIENT_S)
        return Hints(peak_db=float(id))

    advice = Advice(slow)
    assert [advice.of(id, 0.001) for id in (1, 2, 3)] == [Hints()] * 3
    ready.set()
    assert advice.of(4, PATIENT_S) == Hints(peak_db=4)
    assert len(asked) <= 2
    assert asked[-1] == 4
    advice.close()


def test_asking_after_the_end_gives_nothing() -> None:
    advice = Advice(lambda id: Hints(peak_db=0))
    advice.close()
    assert advice.of(1, 0.01) == Hints()
