"""Copies of the catalog: whole, dated, three of them, and each with a lineage of its own."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import backups
from ctk.catalog.store import Store, is_sound
from tests.catalog import small


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store(home / "catalog.db")) as store:
        store.write(lambda connection: small.add(connection, "/s", "", "kick.wav")).result()
        yield store


def test_a_copy_holds_everything(store: Store) -> None:
    copy = backups.make(store.file, store.read())
    assert backups.existing(store.file) == [copy]
    assert is_sound(copy)
    with closing(Store(copy)) as copied:
        assert small.rows(copied.read()) == small.rows(store.read())


def test_a_copy_is_not_taken_for_the_catalog_it_came_from(store: Store) -> None:
    lineage = "SELECT lineage FROM clock"
    with closing(sqlite3.connect(backups.make(store.file, store.read()))) as copy:
        assert copy.execute(lineage).fetchone() != store.read().execute(lineage).fetchone()


def test_the_newest_three_are_kept(store: Store) -> None:
    backups.folder(store.file).mkdir()
    for day in range(1, 6):
        (backups.folder(store.file) / f"catalog-2020010{day}-120000.db").touch()
    made = backups.make(store.file, store.read())
    assert [copy.name for copy in backups.existing(store.file)] == [
        "catalog-20200104-120000.db",
        "catalog-20200105-120000.db",
        made.name,
    ]
    assert list(backups.folder(store.file).glob("*.part")) == []


def test_due_after_a_week(store: Store) -> None:
    assert backups.due(store.file)
    copy = backups.make(store.file, store.read())
    assert not backups.due(store.file)
    week_ago = time.time() - backups.WEEK_S - 60
    os.utime(copy, (week_ago, week_ago))
    assert backups.due(store.file)
