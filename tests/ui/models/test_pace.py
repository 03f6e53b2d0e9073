"""How long work still takes."""

import pytest

from ctk.records import JobStatus, Progress
from ctk.ui.models.pace import Pace, left


def at(done: int, total: int | None = 1000, *, id: str = "a") -> JobStatus:
    return JobStatus(id, "Scan", "running", Progress(done, total, ""))


def test_it_is_told_by_the_speed_once_that_is_known() -> None:
    pace = Pace()
    assert [pace.tell(at(0), 0.0), pace.tell(at(10), 2.0)] == ["", ""]
    assert pace.tell(at(20), 4.0) == "about 3 min left"


def test_the_speed_is_that_of_the_last_minute() -> None:
    pace = Pace()
    for second in range(600):
        pace.tell(at(second, 100_000), float(second))
    said = [pace.tell(at(599 + 100 * second, 100_000), 599.0 + second) for second in range(1, 70)]
    assert said[-1] == left((100_000 - 599 - 6900) / 100)


@pytest.mark.parametrize("other", [at(5, 2000), at(5, id="b"), at(3)])
def test_work_that_counts_anew_is_other_work(other: JobStatus) -> None:
    pace = Pace()
    pace.tell(at(0), 0.0)
    assert pace.tell(at(500), 10.0)
    assert pace.tell(other, 20.0) == ""


def test_nothing_is_told_where_nothing_is_known() -> None:
    pace = Pace()
    assert [pace.tell(at(9 * second, None), float(second)) for second in range(20)] == [""] * 20
    assert [pace.tell(at(30), 20.0 + second) for second in range(20)] == [""] * 20


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "less than a minute left"),
        (70, "about 1 min left"),
        (95, "about 2 min left"),
        (4000, "about 1 h 7 min left"),
    ],
)
def test_words(seconds: float, said: str) -> None:
    assert left(seconds) == said
