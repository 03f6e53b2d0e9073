"""Questions to drives that answer, that answer late, that never do, and that fail."""

import threading
import time
from collections.abc import Iterator

import pytest

from ctk.errors import Cancelled
from ctk.volumes.patience import within


@pytest.fixture
def answer() -> Iterator[threading.Event]:
    """The drive does not answer before this is set."""
    event = threading.Event()
    yield event
    event.set()


def test_answers_by_place() -> None:
    assert within(5.0, {"a": lambda: 1, "b": lambda: 2}) == {"a": 1, "b": 2}
    assert within(5.0, {}) == {}


def test_a_silent_drive_is_left_out_and_holds_up_nobody(answer: threading.Event) -> None:
    assert within(0.2, {"silent": lambda: answer.wait(60), "quick": lambda: True}) == {"quick": True}


def test_a_drive_that_was_silent_is_not_asked_again_before_it_answered(answer: threading.Event) -> None:
    asked: list[int] = []

    def ask() -> bool:
        asked.append(1)
        return answer.wait(60)

    assert within(1.2, {"gone": ask}) == {}
    began = time.monotonic()
    for _ in range(20):
        assert within(5.0, {"gone": ask}) == {}
    assert time.monotonic() - began < 4
    assert len(asked) == 1
    answer.set()
    deadline = time.monotonic() + 10
    while not within(5.0, {"gone": ask}) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert within(5.0, {"gone": ask}) == {"gone": True}


def test_two_who_ask_at_once_both_get_an_answer(answer: threading.Event) -> None:
    found: list[dict[str, bool]] = []
    first = threading.Thread(target=lambda: found.append(within(10.0, {"disk": lambda: answer.wait(60)})))
    first.start()
    threading.Timer(0.3, answer.set).start()
    assert within(10.0, {"disk": lambda: True}) == {"disk": True}
    first.join()
    assert found == [{"disk": True}]


def test_what_goes_wrong_is_told_to_whoever_asked() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5.0, {"broken": lambda: 1 // 0})


def test_whoever_waits_may_give_up(answer: threading.Event) -> None:
    def give_up() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        within(60.0, {"slow": lambda: answer.wait(60)}, give_up)
