"""Tags and collections in memory: found by name, counted, and following what changes."""

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from ctk.catalog.columns import Columns
from ctk.catalog.pairs import Pairs
from ctk.catalog.store import Connection, revision_of
from tests.catalog import small
from tests.catalog.small import writing


@pytest.fixture
def connection() -> Iterator[Connection]:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for n in range(4):
                small.add(connection, "/s", "", f"{n}.wav")
            for id, tag in ((1, "Lo Fi"), (2, "dark"), (3, "dark"), (3, "tag 10"), (4, "tag 9")):
                small.give(connection, "tag", id, tag)
        yield connection


@pytest.fixture
def columns() -> Columns:
    """The slots of sounds 1, 2 and 3; the fourth is gone."""
    columns = Columns()
    columns.grow(4)
    columns["id"][:] = [1, 2, 3, 4]
    columns.alive[:] = [True, True, True, False]
    return columns


def tags(connection: Connection, columns: Columns) -> Pairs:
    pairs = Pairs.of_tags()
    assert pairs.refresh(connection)
    pairs.follow(connection, columns, np.arange(4, dtype=np.int32), -1)
    return pairs


def found(pairs: Pairs, text: str) -> list[int]:
    slots: list[int] = np.flatnonzero(pairs.find(text, 4)).tolist()
    return slots


def test_labels_are_found_by_name(connection: Connection, columns: Columns) -> None:
    pairs = tags(connection, columns)
    assert not pairs.refresh(connection)
    assert found(pairs, "dark") == [1, 2]
    assert found(pairs, "lo fi") == [0]
    assert found(pairs, "lo") == found(pairs, "Dark") == []
    assert found(pairs, "any") == [0, 1, 2]
    assert found(pairs, "none") == [3]


def test_counts_are_of_the_mask_in_natural_order_of_the_names(connection: Connection, columns: Columns) -> None:
    pairs = tags(connection, columns)
    counts = pairs.counts(np.array([True, False, True, True]))
    assert [(pairs.names[number], count) for number, count in counts.items()] == [
        ("dark", 1),
        ("Lo Fi", 1),
        ("tag 9", 0),
        ("tag 10", 1),
    ]


def test_only_what_changed_is_read_again(connection: Connection, columns: Columns) -> None:
    pairs = tags(connection, columns)
    before = revision_of(connection)
    connection.execute("DELETE FROM sound_tags WHERE sound_id = 2")  # nobody is told
    with writing(connection):
        small.take(connection, "tag", 3)
        small.give(connection, "tag", 1, "new")
    assert pairs.refresh(connection)
    pairs.follow(connection, columns, np.array([0, 2], np.int32), before)
    assert found(pairs, "dark") == [1]
    assert found(pairs, "new") == found(pairs, "lo fi") == [0]


def test_without_any_label_nothing_is_left(connection: Connection, columns: Columns) -> None:
    pairs = tags(connection, columns)
    with writing(connection):
        connection.execute("DELETE FROM tags")
    assert pairs.refresh(connection)
    pairs.follow(connection, columns, np.arange(4, dtype=np.int32), -1)
    assert found(pairs, "none") == [0, 1, 2, 3]
    assert pairs.counts(np.ones(4, np.bool_)) == {}


def test_collections_have_tables_of_their_own(connection: Connection, columns: Columns) -> None:
    with writing(connection):
        small.give(connection, "collection", 2, "EP")
    pairs = Pairs.of_collections()
    pairs.refresh(connection)
    pairs.follow(connection, columns, np.arange(4, dtype=np.int32), -1)
    assert found(pairs, "ep") == [1]
    kept = Pairs.of_collections(pairs.slots, pairs.numbers)
    kept.refresh(connection)
    assert found(kept, "ep") == [1]
