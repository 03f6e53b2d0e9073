"""What engines heard: of one catalog and one version at a time, with a number for every change."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ctk.catalog import vector_rows
from ctk.catalog.store import Connection
from ctk.catalog.vector_rows import Heard

OURS, OTHERS = 7, 8


@pytest.fixture
def derived() -> Iterator[Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(vector_rows.TABLES)
        vector_rows.adopt(connection, "built-in", OURS, "1")
        yield connection


def heard(id: int, size: int = 100, vector: bytes = b"ab") -> Heard:
    return Heard(id, size, 5, f'["{id}"]', vector)


def test_what_was_heard_is_found_by_id(derived: Connection) -> None:
    vector_rows.put(derived, "built-in", [heard(3), heard(1, 200, b"cd")])
    assert vector_rows.count(derived, "built-in") == 2
    assert vector_rows.stamps(derived, "built-in") == {1: (200, 5), 3: (100, 5)}
    assert vector_rows.opinions(derived, "built-in", [3, 4]) == {3: ((100, 5), '["3"]')}
    assert list(vector_rows.vectors(derived, "built-in")) == [(1, b"cd"), (3, b"ab")]
    assert list(vector_rows.vectors(derived, "built-in", [3, 9, 1])) == [(3, b"ab"), (1, b"cd")]
    assert vector_rows.count(derived, "cnn14") == 0


def test_what_is_newer_than_a_change_is_told(derived: Connection) -> None:
    vector_rows.put(derived, "built-in", [heard(1), heard(2)])
    before = vector_rows.changes(derived, "built-in")
    assert vector_rows.ids(derived, "built-in", since=before) == []
    vector_rows.put(derived, "built-in", [heard(2, 300), heard(5)])
    assert vector_rows.ids(derived, "built-in", since=before) == [2, 5]
    assert vector_rows.ids(derived, "built-in") == [1, 2, 5]
    assert vector_rows.stamps(derived, "built-in")[2] == (300, 5)
    after = vector_rows.changes(derived, "built-in")
    vector_rows.forget(derived, "built-in", [1, 5])
    assert vector_rows.ids(derived, "built-in") == [2]
    assert vector_rows.changes(derived, "built-in") > after > before


@pytest.mark.parametrize(("lineage", "version"), [(OURS, "2"), (OTHERS, "1"), (OTHERS, None)])
def test_another_version_or_catalog_begins_anew(derived: Connection, lineage: int, version: str | None) -> None:
    vector_rows.put(derived, "built-in", [heard(1)])
    before = vector_rows.changes(derived, "built-in")
    vector_rows.adopt(derived, "built-in", lineage, version)
    assert vector_rows.count(derived, "built-in") == 0
    assert list(vector_rows.vectors(derived, "built-in")) == []
    assert vector_rows.changes(derived, "built-in") > before


@pytest.mark.parametrize("version", ["1", None])
def test_the_same_one_goes_on(derived: Connection, version: str | None) -> None:
    vector_rows.put(derived, "built-in", [heard(1)])
    before = vector_rows.changes(derived, "built-in")
    vector_rows.adopt(derived, "built-in", OURS, version)
    assert (vector_rows.count(derived, "built-in"), vector_rows.changes(derived, "built-in")) == (1, before)


def test_engines_do_not_mix(derived: Connection) -> None:
    vector_rows.adopt(derived, "cnn14", OURS, "d")
    vector_rows.put(derived, "cnn14", [heard(1, vector=b"long")])
    vector_rows.put(derived, "built-in", [heard(1)])
    vector_rows.adopt(derived, "built-in", OURS, "2")
    assert dict(vector_rows.vectors(derived, "cnn14")) == {1: b"long"}
