"""Rows fetched by id, and counts of what changed."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from ctk.catalog import lookup
from ctk.catalog.store import Connection
from ctk.records import Fact
from tests.catalog import small
from tests.catalog.small import writing


@pytest.fixture
def connection() -> Iterator[Connection]:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for n in range(2500):
                small.add(connection, "/s", "", f"{n}.wav")
        yield connection


def test_rows_come_in_the_order_asked_for_without_those_gone(connection: Connection) -> None:
    ids = [*range(2500, 0, -2), 9999]
    assert [row.id for row in lookup.rows(connection, ids)] == ids[:-1]
    assert lookup.rows(connection, []) == []


def test_by_name(connection: Connection) -> None:
    page = lookup.by_name(connection, 1, 2, desc=False)
    assert (page.total, [row.name for row in page.rows]) == (2500, ["1.wav", "2.wav"])
    assert [row.name for row in lookup.by_name(connection, 0, 1, desc=True).rows] == ["2499.wav"]


def test_changed_since_counts_to_enough(connection: Connection) -> None:
    with writing(connection):
        small.change(connection, 1, size_bytes=5)
        connection.execute("DELETE FROM sounds WHERE id IN (2, 3)")
    assert lookup.changed_since(connection, -1, 10_000) == 2500
    assert lookup.changed_since(connection, 1, 10_000) == 3
    assert lookup.changed_since(connection, 2, 10_000) == 0
    assert lookup.changed_since(connection, -1, 100) == 102


def test_rows_tell_what_the_user_said_and_what_was_heard(connection: Connection) -> None:
    with writing(connection):
        small.change(connection, 1, rating=4, favourite=1, remark="for the intro", heard_bpm=124.0, heard_sure=0.6)
        for name in ("warm", "Dark"):
            small.give(connection, "tag", 1, name)
        small.give(connection, "collection", 1, "EP")
        small.give(connection, "tag", 2, "warm")
    first, second, third = lookup.rows(connection, [1, 2, 3])
    assert (first.rating, first.favourite, first.tags, first.heard_bpm) == (4, True, ("Dark", "warm"), 124.0)
    assert (second.rating, second.favourite, second.tags, second.heard_bpm) == (0, False, ("warm",), None)
    assert third.tags == ()
    for sound in (lookup.sound(connection, 1), *lookup.sounds(connection, [1])):
        assert sound is not None
        assert all(getattr(sound, name) == getattr(first, name) for name in first.__dataclass_fields__)
        assert (sound.remark, sound.collections) == ("for the intro", ("EP",))
        assert sound.facts == (Fact("heard_bpm", 124.0, "ear", "fairly sure; could be 62 or 248"),)
        assert sound.bpm is None
    assert lookup.sounds(connection, [2])[0].remark == ""


@pytest.mark.parametrize(
    ("bpm", "sure", "words"),
    [
        (120.0, 1.0, "quite sure; could be 60 or 240"),
        (87.5, 0.5, "fairly sure; could be 43.8 or 175"),
        (174.96, 0.0, "not very sure; could be 87.5 or 349.9"),
    ],
)
def test_how_sure_the_ear_is_in_words(bpm: float, sure: float, words: str) -> None:
    assert lookup.heard_words(bpm, sure) == words
