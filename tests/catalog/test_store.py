"""One writer, many readers, several processes; files that are too new, foreign or damaged."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import backups
from ctk.catalog import store as stores
from ctk.catalog.schema import MIGRATIONS
from ctk.catalog.store import Connection, Store, is_sound, revision_of
from ctk.errors import CatalogDamaged, CatalogError, CatalogTooNew
from tests import house
from tests.catalog import small


@pytest.fixture
def file(home: Path) -> Path:
    return home / "catalog.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with closing(Store(file)) as store:
        yield store


def add(number: int, store: Store) -> None:
    store.write(lambda connection: small.add(connection, "/s", "", f"{number}.wav")).result(30)


def count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sounds").fetchone()[0])


def test_what_is_written_is_read_by_other_threads_and_runs(file: Path) -> None:
    with closing(Store(file)) as store:
        assert store.write(lambda connection: small.add(connection, "/s", "", "a.wav")).result() == 1
        seen: list[int] = []
        thread = threading.Thread(target=lambda: seen.append(count(store.read())))
        thread.start()
        thread.join()
        assert seen == [1]
    with closing(Store(file)) as store:
        assert count(store.read()) == 1


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    def fail(connection: Connection) -> None:
        small.add(connection, "/s", "", "a.wav")
        raise RuntimeError("no")

    before = revision_of(store.read())
    with pytest.raises(RuntimeError, match="no"):
        store.write(fail).result()
    assert (count(store.read()), revision_of(store.read())) == (0, before)
    add(1, store)
    assert count(store.read()) == 1


def test_listeners_hear_of_every_commit(store: Store) -> None:
    heard: list[int] = []
    store.on_commit(heard.append)
    add(1, store)
    add(2, store)
    store.close()
    assert heard == [1, 2]


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.read().execute("DELETE FROM sounds")


def test_the_thread_that_writes_begins_with_the_first_write(file: Path) -> None:
    def writing() -> int:
        return sum(thread.name == "catalog-writer" for thread in threading.enumerate())

    before = writing()
    with closing(Store(file)) as store:
        assert revision_of(store.read()) == 0 and writing() == before
        for _ in range(2):
            store.write(revision_of).result()
        assert writing() == before + 1
    assert writing() == before


def test_a_snapshot_stays_at_its_moment(store: Store) -> None:
    add(1, store)
    with store.snapshot() as connection:
        assert count(connection) == 1
        add(2, store)
        assert count(connection) == 1
    assert count(store.read()) == 2


def test_closing_finishes_what_is_queued_and_may_be_repeated(file: Path) -> None:
    store = Store(file)
    futures = [store.write(lambda connection, n=n: small.add(connection, "/s", "", f"{n}.wav")) for n in range(50)]  # type: ignore[misc]
    store.close()
    store.close()
    assert all(future.done() for future in futures)
    for use in (lambda: store.write(count), lambda: threading_read(store)):
        with pytest.raises(CatalogError, match="closed"):
            use()
    with closing(Store(file)) as store:
        assert count(store.read()) == 50


def threading_read(store: Store) -> None:
    """Ask for a reader on a thread that has none yet."""
    trouble: list[BaseException] = []

    def ask() -> None:
        try:
            store.read()
        except CatalogError as exc:
            trouble.append(exc)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    raise trouble[0]


_ADD = """
import sys
from pathlib import Path
from ctk.catalog.store import Store
from tests.catalog import small
store = Store(Path(sys.argv[1]))
for n in range(100):
    store.write(lambda connection: small.add(connection, "/s", sys.argv[2], f"{n}.wav")).result()
store.close()
"""


def test_processes_write_side_by_side(file: Path) -> None:
    with closing(Store(file)) as store:
        others = [
            subprocess.Popen([sys.executable, "-c", _ADD, str(file), name], cwd=house.ROOT) for name in ("a", "b")
        ]
        for n in range(100):
            add(n, store)
        assert [other.wait(60) for other in others] == [0, 0]
        assert count(store.read()) == 300
        assert revision_of(store.read()) == 300


def test_processes_may_open_a_new_home_at_the_same_time(file: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", _ADD, str(file), f"{n}"], cwd=house.ROOT) for n in range(3)]
    assert [other.wait(60) for other in others] == [0, 0, 0]
    assert is_sound(file)


def test_a_busy_catalog_says_so(store: Store) -> None:
    store._writer.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(store.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CatalogError, match="busy; try again"):
            add(1, store)


def test_a_full_disk_says_so(store: Store) -> None:
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CatalogError, match="full; free some space"):
        store.write(lambda connection: [small.add(connection, "/s", "", f"{n}" * 100) for n in range(500)]).result()
    assert count(store.read()) == 0


def test_a_newer_catalog_is_refused_and_untouched(file: Path) -> None:
    Store(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(CatalogTooNew, match="newer"):
        Store(file)
    assert file.read_bytes() == before


def test_a_file_of_another_program_is_refused(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE recipes (id)")
    with pytest.raises(CatalogError, match="another program"):
        Store(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM recipes").fetchone() == (0,)


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(CatalogError, match="cannot be used"):
        Store(tmp_path / "home" / "catalog.db")


def test_a_damaged_file_is_set_aside_whole(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no catalog " * 1000)
    with pytest.raises(CatalogDamaged) as caught:
        Store(file)
    (aside,) = file.parent.glob("catalog.damaged-*.db")
    assert str(aside) in str(caught.value)
    assert aside.read_bytes() == b"no catalog " * 1000
    Store(file).close()
    assert is_sound(file)


@pytest.mark.logs_errors
def test_damage_met_while_reading_is_set_aside_at_the_end(file: Path) -> None:
    with closing(Store(file)) as store:
        store.write(lambda connection: [small.add(connection, "/s", "", f"{n}.wav") for n in range(3000)]).result()
    with file.open("r+b") as raw:
        raw.seek(file.stat().st_size // 4096 // 2 * 4096)  # past the tables' own description
        raw.write(b"\xa5" * 4096 * 60)
    store = Store(file)
    with pytest.raises(CatalogDamaged, match="damaged"), store.snapshot() as connection:
        connection.execute("SELECT sum(length(name_key)), max(mtime_ns) FROM sounds NOT INDEXED").fetchall()
    store.close()
    assert not file.exists()
    assert len(list(file.parent.glob("catalog.damaged-*.db"))) == 1


def test_names_of_damaged_files_do_not_collide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "strftime", lambda form: "20260101-000000")
    names = []
    for _ in range(3):
        (tmp_path / "catalog.db").write_text("x")
        (tmp_path / "catalog.db-wal").write_text("y")
        names.append(stores.set_aside(tmp_path / "catalog.db").name)
    assert len(set(names)) == 3
    assert len(list(tmp_path.iterdir())) == 6


_MORE = (*MIGRATIONS, "CREATE TABLE notes (id INTEGER);\nINSERT INTO notes SELECT id FROM sounds;")


def test_a_migration_keeps_the_rows_and_makes_a_copy_before(file: Path) -> None:
    with closing(Store(file)) as store:
        add(1, store)
    with closing(Store(file, migrations=_MORE)) as store:
        assert store.read().execute("SELECT * FROM notes").fetchall() == [(1,)]
    (copy,) = backups.existing(file)
    with closing(Store(copy)) as old:
        assert count(old.read()) == 1
    with pytest.raises(CatalogTooNew):
        Store(file)


def test_a_migration_that_fails_changes_nothing(file: Path) -> None:
    with closing(Store(file)) as store:
        add(1, store)
    broken = (*MIGRATIONS, "CREATE TABLE notes (id INTEGER);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(CatalogError):
        Store(file, migrations=broken)
    with closing(Store(file)) as store:
        assert count(store.read()) == 1
        assert store.read().execute("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'").fetchone() == (0,)


def test_statements_are_split_where_sqlite_says() -> None:
    script = "".join(MIGRATIONS)
    assert "".join(stores._split(script)).split() == script.split()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "catalog.db")
    store.read()
    store.close()
    with pytest.raises(CatalogError, match="closed"):
        store.read()
    with pytest.raises(CatalogError, match="closed"), store.snapshot():
        pass
    with pytest.raises(CatalogError, match="closed"):
        store.write(lambda connection: None)


def test_closing_while_another_thread_reads_is_safe(tmp_path: Path) -> None:
    store = Store(tmp_path / "catalog.db")
    ended: list[BaseException | None] = []
    started = threading.Event()

    def read() -> None:
        try:
            with store.snapshot() as connection:
                started.set()
                count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
                connection.execute(count).fetchone()
        except CatalogError as exc:
            ended.append(exc)

    thread = threading.Thread(target=read)
    thread.start()
    started.wait(10)
    time.sleep(0.1)
    store.close()
    thread.join(10)
    assert not thread.is_alive()
    assert len(ended) == 1
