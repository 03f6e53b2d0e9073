"""What will not be watched, told from what the catalog knows."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.catalog import folder_times, source_rows
from ctk.catalog.store import Store
from ctk.sources.watch import forecast, inotify


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "catalog.db")
    yield store
    store.close()


def add(store: Store, path: str, folders: int) -> None:
    source_id = store.write(lambda connection: source_rows.add(connection, path)).result()
    times = [(str(number).encode(), 1) for number in range(folders)]
    store.write(lambda connection: folder_times.renew(connection, source_id, times)).result()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux is there a limit")
def test_sources_are_watched_as_long_as_there_is_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inotify, "limit", lambda: 100)
    add(store, "/small", 30)
    add(store, "/large", 60)
    add(store, "/other", 40)
    found = forecast.unwatched(store)
    assert list(found) == ["/large"]
    assert "100 folders" in found["/large"]


def test_elsewhere_there_is_no_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    add(store, "/large", 60)
    assert forecast.unwatched(store) == {}
