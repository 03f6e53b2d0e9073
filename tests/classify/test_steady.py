"""Whatever happens to the worker, each sound is heard or told of, exactly once."""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ctk.classify.steady import Batch, Heard, Piece, Steady
from ctk.errors import Cancelled, CtkError
from tests import house

TROUBLED = (sys.executable, str(Path(__file__).with_name("troubled.py")))


@pytest.fixture(autouse=True)
def ours_to_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(house.ROOT))


def batches(count: int, size: int) -> Iterator[Batch]:
    """Windows that begin with their number."""
    numbers = itertools.count()
    for _ in range(count):
        keys = list(itertools.islice(numbers, size))
        yield [Piece(key, f"sound {key}.wav", np.full(100, key, np.float32)) for key in keys]


def hear(trouble: str, device: str = "cpu", *, count: int = 4, size: int = 8) -> tuple[list[Heard], str]:
    """What is heard of ``count * size`` sounds, and where the last of them was."""
    with Steady(trouble, device, program=TROUBLED) as steady:
        found = list(steady.each(batches(count, size)))
        return found, steady.about().kind


def keys(found: list[Heard]) -> list[int]:
    for heard in found:
        if heard.answer is not None:
            wanted = [float(piece.key) for piece in heard.pieces]
            assert heard.answer[0].shape == (len(wanted), 527)
            assert heard.answer[1].shape == (len(wanted), 2048)
            assert heard.answer[0][:, 0].tolist() == heard.answer[0][:, -1].tolist() == wanted
    return [piece.key for heard in found for piece in heard.pieces]


def troubles(found: list[Heard]) -> dict[int, str]:
    return {heard.pieces[0].key: str(heard.trouble) for heard in found if heard.trouble}


def test_without_trouble_everything_is_heard_in_order() -> None:
    found, _ = hear("none")
    assert keys(found) == list(range(32))
    assert not troubles(found)


def test_empty_batches_are_no_end() -> None:
    with Steady("none", "cpu", program=TROUBLED) as steady:
        found = list(steady.each([[], *batches(1, 2), [], [], *batches(1, 3)]))
    assert [len(heard.pieces) for heard in found] == [2, 3]


@pytest.mark.parametrize("most", [7, 3, 1])
def test_too_large_batches_come_in_pieces_and_the_next_are_made_smaller(most: int) -> None:
    found, _ = hear(f"memory:{most}")
    assert sorted(keys(found)) == list(range(32))
    assert not troubles(found)
    assert all(heard.answer is not None and len(heard.pieces) <= most for heard in found)


def test_without_memory_on_the_device_one_worker_on_the_processor_does_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        found, kind = hear("memory:cuda", "cuda")
    assert sorted(keys(found)) == list(range(32))
    assert not troubles(found)
    assert kind == "cpu"
    assert [said.rpartition(": ")[2] for said in caplog.messages if ": on " in said] == ["on cuda", "on cpu"]


def test_a_device_that_crashes_is_left() -> None:
    found, kind = hear("crash:cuda", "cuda:1", count=2, size=2)
    assert sorted(keys(found)) == list(range(4))
    assert not troubles(found)
    assert kind == "cpu"


def test_the_sound_that_ends_the_worker_is_named_and_all_others_are_heard() -> None:
    found, _ = hear("crash:5", count=2, size=4)
    assert sorted(keys(found)) == list(range(8))
    assert troubles(found) == {5: "sound 5.wav: CNN14 ended while listening to it."}


def test_a_sound_that_is_too_much_for_the_processor_is_named() -> None:
    with Steady("memory:0", "cpu", program=TROUBLED) as steady:
        found = list(steady.each(batches(1, 2)))
    assert troubles(found)[0] == "sound 0.wav: there is not enough memory for CNN14 to listen to it."


def test_when_every_sound_fails_it_is_not_the_sounds() -> None:
    with pytest.raises(CtkError, match="again and again"):
        hear("memory:0")


def test_a_device_on_which_it_does_not_start_is_left() -> None:
    found, kind = hear("deaf:cuda", "cuda")
    assert keys(found) == list(range(32))
    assert kind == "cpu"


def test_a_worker_that_never_starts_is_told() -> None:
    with pytest.raises(CtkError, match=r"could not be started; the log says why \(it ended with status 3\)"):
        hear("deaf", "auto")


def test_what_will_not_work_is_not_tried_again() -> None:
    with pytest.raises(CtkError, match=r"^This cannot be had\.$"):
        hear("refused", "cuda")


def test_a_check_that_raises_ends_it() -> None:
    def check() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled), Steady("stuck", "cpu", program=TROUBLED) as steady:
        list(steady.each(batches(2, 2), check))
