"""What is kept between runs comes back as it was, or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ctk.catalog import derived, snapshot
from ctk.catalog.arrays import Array
from ctk.catalog.snapshot import Snapshot, load, revision_kept, save


def sample(revision: int = 7) -> Snapshot:
    arrays: dict[str, Array] = {
        "numbers": np.arange(5, dtype=np.int32),
        "none": np.zeros(0),
        "flags": np.array([True, False]),
    }
    return Snapshot(3, revision, arrays, {"format": [None, "WAV"]})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "derived.db"


def test_what_is_saved_is_loaded(file: Path) -> None:
    save(file, sample())
    found = load(file)
    assert found
    assert (found.lineage, found.revision, found.texts) == (3, 7, {"format": [None, "WAV"]})
    assert found.arrays.keys() == sample().arrays.keys()
    for name, array in sample().arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert found.arrays[name].tolist() == array.tolist()
    assert revision_kept(file, lineage=3) == 7
    assert revision_kept(file, lineage=4) == -1


def test_the_newest_replaces_the_one_before(file: Path) -> None:
    save(file, sample(1))
    save(file, sample(2))
    found = load(file)
    assert found and found.revision == 2


def test_other_tables_in_the_file_stay(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE peaks (id)")
    save(file, sample())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM peaks")


def test_nothing_there(file: Path) -> None:
    assert load(file) is None
    assert revision_kept(file, 3) == -1
    assert not file.exists()


def test_a_file_that_is_no_database_is_begun_afresh(file: Path) -> None:
    file.write_bytes(b"not a database, but long enough to look like something" * 100)
    assert load(file) is None
    assert revision_kept(file, 3) == -1
    save(file, sample())
    assert load(file)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE search_index SET data = CAST('x' AS BLOB) WHERE name = 'numbers'",
        "UPDATE search_index SET data = CAST('{' AS BLOB) WHERE name = 'about'",
        "UPDATE search_index SET data = zeroblob(length(data)) WHERE name = 'numbers'",
        "UPDATE search_index SET data = NULL WHERE name = 'numbers'",
        "DELETE FROM search_index WHERE name = 'about'",
        "DELETE FROM search_index",
        "ALTER TABLE search_index RENAME TO other",
        "DROP TABLE search_index",
    ],
)
def test_a_damaged_snapshot_is_none(file: Path, damage: str) -> None:
    save(file, sample())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(damage)
    assert load(file) is None


def test_cut_short(file: Path) -> None:
    save(file, Snapshot(3, 7, {"big": np.arange(100_000)}))
    file.write_bytes(file.read_bytes()[:300_000])
    assert load(file) is None
    save(file, sample())
    assert load(file)


def test_arrays_of_another_version_are_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(file, sample())
    monkeypatch.setattr(snapshot, "VERSION", snapshot.VERSION + 1)
    assert load(file) is None
    assert revision_kept(file, 3) == -1


def test_a_busy_file_is_left_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(file, sample(1))
    monkeypatch.setattr(derived, "BUSY_S", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        save(file, sample(2))
        other.execute("ROLLBACK")
    found = load(file)
    assert found and found.revision == 1


def test_a_place_that_cannot_be_written_is_only_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save(tmp_path, sample())
    assert "could not be kept" in caplog.text
