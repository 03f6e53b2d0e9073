"""What can be made again is kept and found by many at once, and damage to it is never an error."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import derived
from ctk.catalog.derived import Derived
from ctk.catalog.store import Connection

TABLES = "CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, thing BLOB);"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "derived.db"


@pytest.fixture
def kept(file: Path) -> Iterator[Derived]:
    with closing(Derived(file, TABLES)) as kept:
        yield kept


def add(kept: Derived, *things: int) -> bool | None:
    def change(connection: Connection) -> bool:
        connection.executemany("INSERT INTO things VALUES (?, zeroblob(5000))", [(thing,) for thing in things])
        return True

    return kept.write(change)


def ids(kept: Derived) -> list[int]:
    return kept.read(lambda connection: [id for (id,) in connection.execute("SELECT id FROM things ORDER BY id")], [])


def test_what_is_written_is_found(kept: Derived, file: Path) -> None:
    assert ids(kept) == []
    assert not file.exists()
    assert add(kept, 1, 2)
    assert ids(kept) == [1, 2]
    with closing(Derived(file, TABLES)) as other:
        assert ids(other) == [1, 2]
        add(other, 3)
    assert ids(kept) == [1, 2, 3]


def test_readers_go_on_while_something_is_written(kept: Derived) -> None:
    add(kept, 1)

    def change(connection: Connection) -> list[int]:
        connection.execute("INSERT INTO things VALUES (2, NULL)")
        seen: list[list[int]] = []
        reader = threading.Thread(target=lambda: seen.append(ids(kept)))
        reader.start()
        reader.join(10)
        return seen[0]

    assert kept.write(change) == [1]
    assert ids(kept) == [1, 2]


def test_a_change_that_fails_leaves_nothing(kept: Derived) -> None:
    add(kept, 1)

    def change(connection: Connection) -> None:
        connection.execute("DELETE FROM things")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        kept.write(change)
    assert ids(kept) == [1]
    assert add(kept, 1) is None  # there already
    assert ids(kept) == [1]


def test_many_threads(kept: Derived) -> None:
    def work(first: int) -> None:
        for id in range(first, first + 20):
            add(kept, id)
            assert id in ids(kept)

    threads = [threading.Thread(target=work, args=(100 * number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(ids(kept)) == 120


@pytest.mark.parametrize("open_before", [False, True])
def test_a_damaged_file_is_begun_afresh(
    kept: Derived, file: Path, open_before: bool, caplog: pytest.LogCaptureFixture
) -> None:
    add(kept, *range(100))
    kept.close()
    with closing(Derived(file, TABLES)) as again:
        if open_before:
            assert len(ids(again)) == 100
        content = bytearray(file.read_bytes())
        content[4096 : len(content) // 2] = b"\x55" * (len(content) // 2 - 4096)
        file.write_bytes(content)
        assert ids(again) in ([], list(range(100)))  # as far as SQLite remembers what it read
        again.write(lambda connection: connection.execute("DELETE FROM things"))
        assert add(again, 7)
        assert ids(again) == [7]
    assert "begun afresh" in caplog.text


def test_no_database_at_all(kept: Derived, file: Path) -> None:
    file.write_bytes(b"x" * 10_000)
    assert ids(kept) == []
    assert add(kept, 1)
    assert ids(kept) == [1]


def test_begun_afresh_by_somebody_else(kept: Derived, file: Path) -> None:
    add(kept, 1, 2, 3)
    assert ids(kept) == [1, 2, 3]
    for ending in ("-wal", "-shm", ""):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    assert ids(kept) == []
    with closing(Derived(file, TABLES)) as other:
        add(other, 4)
        assert ids(kept) == [4]
        assert add(kept, 5)
        assert ids(other) == [4, 5]


def test_a_busy_file_is_left_alone(
    kept: Derived, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(derived, "BUSY_S", 0.05)
    add(kept, 1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert add(kept, 2) is None
        assert ids(kept) == [1]
        other.execute("ROLLBACK")
    assert "could not be kept" in caplog.text
    assert add(kept, 2)


def test_a_place_that_cannot_be_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(Derived(tmp_path / "nowhere" / "derived.db", TABLES)) as kept:
        assert add(kept, 1) is None
        assert ids(kept) == []
    assert "could not be kept" in caplog.text


def test_closed_for_good(kept: Derived) -> None:
    add(kept, 1)
    kept.close()
    kept.close()
    assert ids(kept) == []
    assert add(kept, 2) is None


def test_nothing_is_left_beside_a_closed_file(kept: Derived, file: Path) -> None:
    add(kept, 1)
    ids(kept)
    kept.close()
    assert [path.name for path in file.parent.iterdir() if path.name.startswith("derived")] == ["derived.db"]
