"""The times of folders in the catalog."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.catalog import folder_times, source_rows
from ctk.catalog.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "catalog.db")
    yield store
    store.close()


def add(store: Store, path: str) -> int:
    return store.write(lambda connection: source_rows.add(connection, path)).result()


def renew(store: Store, source_id: int, times: dict[bytes, int], *gone: bytes) -> None:
    store.write(lambda connection: folder_times.renew(connection, source_id, times.items(), gone)).result()


def test_times_are_kept_renewed_and_forgotten(store: Store) -> None:
    samples, loops = add(store, "/samples"), add(store, "/loops")
    assert folder_times.of(store.read(), samples) == {}
    renew(store, samples, {b"": 1, b"caf\xe9": 2})
    renew(store, loops, {b"": 3})
    assert folder_times.of(store.read(), samples) == {b"": 1, b"caf\xe9": 2}
    renew(store, samples, {b"": 4, b"new": 5}, b"caf\xe9", b"unknown")
    assert folder_times.of(store.read(), samples) == {b"": 4, b"new": 5}
    assert folder_times.of(store.read(), loops) == {b"": 3}


def test_times_go_with_their_source(store: Store) -> None:
    samples = add(store, "/samples")
    renew(store, samples, {b"": 1})
    store.write(lambda connection: source_rows.remove(connection, samples, "/samples")).result()
    assert store.read().execute("SELECT count(*) FROM folder_times").fetchone() == (0,)
