"""The search index between runs, threads and processes."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import backups, lookup, snapshot
from ctk.catalog.catalog import WORTHWHILE, Catalog
from ctk.catalog.query import parse
from ctk.catalog.store import Connection, Store, revision_of
from tests import house
from tests.catalog import small
from tests.catalog.conftest import COUNT
from tests.catalog.test_catalog import QUERIES, fill, names


def reads(store: Store) -> list[str]:
    """The statements this thread's reader runs from now on."""
    statements: list[str] = []
    store.read().set_trace_callback(statements.append)
    return statements


def test_the_index_comes_back_in_the_next_run_with_what_changed_since(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        catalog.save_if_worthwhile()
    with closing(Store(big / "catalog.db")) as store:
        fill(store, "brand new kick.wav")
        store.write(lambda connection: connection.execute("DELETE FROM sounds WHERE id = 17")).result()
        with closing(Catalog(store, big / "derived.db")) as catalog:
            statements = reads(store)
            for text in QUERIES:
                assert catalog.ids(text).tolist() == small.hits(store.read(), parse(text)), text
            assert not any("FROM sounds ORDER BY id" in statement for statement in statements)
            assert len(names(catalog, "brand new")) == 1


def test_keeping_the_index_only_when_worthwhile(big: Path) -> None:
    derived = big / "derived.db"

    def kept(store: Store) -> int:
        return snapshot.revision_kept(derived, snapshot.lineage_of(store.read()))

    with closing(Store(big / "catalog.db")) as store:
        with closing(Catalog(store, derived)) as catalog:
            catalog.search()
        assert not derived.exists()
        with closing(Catalog(store, derived)) as catalog:
            catalog.search("kick")
        first = kept(store)
        assert first > 0
        fill(store, *(f"new {n}.wav" for n in range(WORTHWHILE - 1)))
        with closing(Catalog(store, derived)) as catalog:
            assert catalog.search("new").total == WORTHWHILE - 1
        assert kept(store) == first
        fill(store, "one more.wav")
        with closing(Catalog(store, derived)) as catalog:
            catalog.save_if_worthwhile()
            assert kept(store) > first
        catalog.close()


def test_few_sounds_are_not_worth_a_file(store: Store, catalog: Catalog, home: Path) -> None:
    fill(store, "a.wav")
    catalog.search("a")
    catalog.save_if_worthwhile()
    assert not (home / "derived.db").exists()


def test_an_index_of_mostly_removed_sounds_is_made_anew(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        catalog.search("kick")
        store.write(lambda connection: connection.execute("DELETE FROM sounds WHERE id > 1500")).result()
        assert catalog.search("wav").total < 1500
        catalog.save_if_worthwhile()
        kept = snapshot.load(big / "derived.db")
        assert kept and len(kept.arrays["column id"]) == 1500
        assert catalog.ids("kick").tolist() == small.hits(store.read(), parse("kick"))


def test_a_damaged_snapshot_is_made_anew(big: Path, caplog: pytest.LogCaptureFixture) -> None:
    (big / "derived.db").write_bytes(b"junk" * 5000)
    with closing(Store(big / "catalog.db")) as store:
        with closing(Catalog(store, big / "derived.db")) as catalog:
            statements = reads(store)
            assert catalog.ids("kick").tolist() == small.hits(store.read(), parse("kick"))
            assert any("FROM sounds ORDER BY id" in statement for statement in statements)
        assert "derived.db" in caplog.text
        with closing(Catalog(store, big / "derived.db")) as catalog:
            statements = reads(store)
            assert catalog.ids("kick").tolist() == small.hits(store.read(), parse("kick"))
            assert not any("FROM sounds ORDER BY id" in statement for statement in statements)


def test_a_restored_backup_is_not_searched_with_the_index_of_what_it_replaces(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        copy = backups.make(store.file, store.read())
        store.write(lambda connection: small.change(connection, 1, name="renamed later.wav")).result()
        fill(store, "gone again.wav")
        catalog.save_if_worthwhile()
    for ending in ("", "-wal", "-shm"):
        (big / f"catalog.db{ending}").unlink(missing_ok=True)
    copy.replace(big / "catalog.db")
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        fill(store, "another.wav")
        for _ in range(5):
            fill(store)
        assert names(catalog, "again") == []
        assert names(catalog, "renamed later") == []
        assert names(catalog, "another") == ["another.wav"]


def test_a_snapshot_that_does_not_fit_is_made_anew(big: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        catalog.save_if_worthwhile()
    with closing(sqlite3.connect(big / "catalog.db")) as connection, connection:
        connection.execute("DROP TRIGGER sounds_removed")
        connection.execute("DELETE FROM sounds WHERE id = 3")
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        assert 3 not in catalog.ids("")
        assert catalog.search("").total == COUNT - 1
    assert "did not fit" in caplog.text


_OTHER = """
import sys
from pathlib import Path
from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Connection, Store, revision_of
from tests.catalog import small
home = Path(sys.argv[1])
store = Store(home / "catalog.db")
catalog = Catalog(store, home / "derived.db")
assert catalog.search("mine").total == 1
store.write(lambda connection: small.add(connection, "/s", "there", "theirs.wav")).result()
store.write(lambda connection: small.change(connection, 1, name="also theirs.wav")).result()
assert catalog.search("theirs").total == 2
catalog.close()
store.close()
"""


def test_changes_of_other_processes_are_seen(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        fill(store, "mine.wav")
        assert names(catalog, "mine") == ["mine.wav"]
        assert names(catalog, "theirs") == []
        subprocess.run([sys.executable, "-c", _OTHER, str(big)], cwd=house.ROOT, check=True)
        assert names(catalog, "theirs") == ["also theirs.wav", "theirs.wav"]
        assert names(catalog, '"there theirs"') == ["theirs.wav"]


def test_searching_from_several_threads_while_sounds_arrive(big: Path) -> None:
    trouble: list[BaseException] = []
    done = threading.Event()

    def ask(catalog: Catalog) -> None:
        last = 0
        try:
            while not done.is_set():
                page = catalog.search("late wav", limit=500)
                assert len(page.rows) == min(page.total, 500)
                assert page.total >= last
                last = page.total
        except BaseException as exc:
            trouble.append(exc)

    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        threads = [threading.Thread(target=ask, args=(catalog,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for n in range(60):
            fill(store, f"late {n}.wav", f"late too {n}.wav")
        done.set()
        for thread in threads:
            thread.join()
        assert trouble == []
        assert catalog.search("late wav").total == 120


def test_keeping_the_index_while_others_search_does_not_send_it_back(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        catalog.ids("kick")
        checked = lookup.changed_since

        def slowly(connection: Connection, revision: int, enough: int) -> int:
            found = checked(connection, revision, enough)
            fill(store, "late.wav")
            thread = threading.Thread(target=catalog.ids, args=("late",))
            thread.start()
            thread.join()
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lookup, "changed_since", slowly)
            statements = reads(store)
            catalog.save_if_worthwhile()
        assert not any("FROM sounds ORDER BY id" in statement for statement in statements)
        kept = snapshot.load(big / "derived.db")
        assert kept and kept.revision == revision_of(store.read())


def test_closing_lets_go_of_the_index(store: Store, catalog: Catalog) -> None:
    fill(store, "a.wav")
    assert catalog.search("a").total == 1
    catalog.close()
    assert catalog._index is None
