"""What was heard is kept every now and then, at the latest at the end, and told of."""

from pathlib import Path

import numpy as np
import pytest

from ctk.catalog.vector_rows import Heard
from ctk.classify import features, keeper
from ctk.classify.keeper import Keeper
from ctk.classify.vectors import packed
from ctk.errors import CtkError
from ctk.jobs import Task
from ctk.records import Progress
from tests.catalog import small
from tests.classify.library import add, parts

VECTOR = packed(np.zeros(features.SIZE, np.float32))


def heard(id: int) -> Heard:
    return Heard(id, 1000, 1, '[[1, 0, 0, 0, 0, 0, 0], "sounds like it"]', VECTOR)


def test_results_are_kept_and_judged_as_they_come(home: Path) -> None:
    told: list[Progress] = []
    with parts(home) as (store, vectors, judging):
        ids = [add(store, "/s", f"x{number}.wav") for number in range(3)]
        kept = Keeper(store, vectors, judging, Task(told.append), "built-in", ids)
        kept.add(heard(ids[0]))
        kept.keep(3600)
        assert (kept.count, vectors.count("built-in")) == (0, 0)
        kept.keep(0)
        assert (kept.count, vectors.count("built-in")) == (1, 1)
        assert store.read().execute("SELECT category FROM sounds WHERE id = ?", (ids[0],)).fetchone() == ("drums",)
        kept.add(heard(ids[1]))
        kept.fail("x2.wav: broken")
        kept.fail(None)
        kept.keep(0)
        assert (kept.count, kept.problems) == (2, ["x2.wav: broken"])
        assert (told[-1].done, told[-1].total) == (4, 3)


def test_places_are_those_that_are_here_by_then(home: Path) -> None:
    with parts(home) as (store, vectors, judging):
        ids = [add(store, "/s", f"x{number}.wav") for number in range(4)]
        told: list[Progress] = []
        kept = Keeper(store, vectors, judging, Task(told.append), "built-in", ids)
        store.write(lambda connection: small.change(connection, ids[1], state="missing")).result()
        store.write(lambda connection: small.change(connection, ids[2], state="cloud")).result()
        assert [place.id for place in kept.places()] == [ids[0], ids[3]]
        kept.keep(0)
        assert told[-1].done == 2


def test_what_cannot_be_kept_ends_the_work_with_a_sentence(home: Path) -> None:
    with parts(home) as (store, vectors, judging):
        id = add(store, "/s", "x.wav")
        kept = Keeper(store, vectors, judging, Task(lambda _: None), "built-in", [id])
        vectors.close()
        kept.add(heard(id))
        with pytest.raises(CtkError, match="kept"):
            kept.keep(0)
        kept.keep(0)
        assert kept.count == 0


def test_only_the_first_problems_are_told(home: Path) -> None:
    with parts(home) as (store, vectors, judging):
        kept = Keeper(store, vectors, judging, Task(lambda _: None), "built-in", [])
        for number in range(1000):
            kept.fail(f"{number}.wav: broken")
        assert len(kept.problems) == 100


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.1, "1 s left"), (89, "89 s left"), (600, "10 min left"), (9000, "2.5 h left")]
)
def test_the_time_left_is_told_in_words(seconds: float, words: str) -> None:
    assert keeper._left(seconds) == words
