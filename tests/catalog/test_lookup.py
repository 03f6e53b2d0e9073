"""Rows fetched by id, and counts of what changed."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from ctk.catalog import lookup
from ctk.catalog.store import Connection
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


def test_a_source_without_sounds_counts_nothing(connection: Connection) -> None:
    with writing(connection):
        small.add_source(connection, "/empty", "offline")
    source = lookup.stats(connection).sources[-1]
    assert (source.path, source.state, source.files, source.bytes, source.duration_s) == (
        "/empty",
        "offline",
        0,
        0,
        0.0,
    )
