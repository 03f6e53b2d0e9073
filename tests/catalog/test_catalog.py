"""The catalog as clients see it: pages, orders, counts, errors; between runs, threads and processes."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import backups, snapshot
from ctk.catalog import catalog as catalogs
from ctk.catalog.catalog import WORTHWHILE, Catalog
from ctk.catalog.query import Query, parse
from ctk.catalog.store import Store
from ctk.contract import SORT_COLUMNS
from ctk.errors import CatalogError, NotFound, QueryError, UsageError
from tests import house
from tests.catalog import small, synthetic

COUNT = 4000
QUERIES = (
    "",
    "a",
    "kick",
    "1 wav",
    "hi-hat",
    '"kick 0"',
    '"drums kick"',
    '"loops drum"',
    '" bd "',
    "ete -loop",
    "ext:wav len:<1",
    "in:loops ch:stereo rate:44.1k",
    "is:bad",
    "source:archive size:>1M",
    "zzzz",
)


@pytest.fixture(scope="module")
def big_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A believable catalog; only to be copied."""
    home = tmp_path_factory.mktemp("big")
    with closing(Store(home / "catalog.db")) as store:
        synthetic.fill(store, COUNT)
    return home


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(Store(home / "catalog.db")) as store:
        yield store


@pytest.fixture
def catalog(store: Store, home: Path) -> Iterator[Catalog]:
    with closing(Catalog(store, home / "derived.db")) as catalog:
        yield catalog


@pytest.fixture
def big(big_home: Path, home: Path) -> Path:
    shutil.copytree(big_home, home)
    return home


def fill(store: Store, *names: str, **facts: object) -> None:
    store.write(lambda connection: [small.add(connection, "/s", "", name, **facts) for name in names]).result()


def names(catalog: Catalog, query: str = "") -> list[str]:
    return [row.name for row in catalog.search(query).rows]


def reads(store: Store) -> list[str]:
    """The statements this thread's reader runs from now on."""
    statements: list[str] = []
    store.read().set_trace_callback(statements.append)
    return statements


def test_a_big_catalog_answers_like_a_look_at_every_row(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        for text in QUERIES:
            expected = small.hits(store.read(), parse(text))
            assert catalog.ids(text).tolist() == expected, text
            assert catalog.search(text, limit=0).total == len(expected)
        for sort in SORT_COLUMNS:
            for desc in (False, True):
                expected = small.hits(store.read(), Query(), sort, desc)
                assert catalog.ids(sort=sort, desc=desc).tolist() == expected, (sort, desc)


@pytest.mark.parametrize("sort", SORT_COLUMNS)
def test_pages_are_the_whole_in_pieces(big: Path, sort: str) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        whole = catalog.ids("snare", sort=sort, desc=True).tolist()
        pages = [catalog.search("snare", sort=sort, desc=True, offset=at, limit=70) for at in range(0, len(whole), 70)]
        assert [row.id for page in pages for row in page.rows] == whole
        assert {page.total for page in pages} == {len(whole)}
        assert catalog.search("snare", sort=sort, offset=len(whole)).rows == []
        assert len(catalog.search(limit=COUNT * 2, sort=sort).rows) == COUNT


@pytest.mark.parametrize("desc", [False, True])
def test_the_first_page_from_sqlite_is_that_of_the_index(big: Path, desc: bool) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        before = [catalog.search(offset=offset, limit=100, desc=desc) for offset in (0, 100, 1900)]
        assert catalog._index is None
        catalog.ids()
        assert [catalog.search(offset=offset, limit=100, desc=desc) for offset in (0, 100, 1900)] == before


def test_the_first_page_needs_no_numpy(big: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from ctk.catalog.catalog import Catalog; from ctk.catalog.store import Store;"
        "home = Path(sys.argv[1]); catalog = Catalog(Store(home / 'catalog.db'), home / 'derived.db');"
        "print(catalog.search().total, catalog.search(desc=True).total, catalog.stats().files, 'numpy' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code, str(big)], cwd=house.ROOT, capture_output=True, check=True)
    total, desc_total, files, numpy = found.stdout.decode().split()
    assert (total, desc_total, numpy) == (str(COUNT), str(COUNT), "False")
    assert 0 < int(files) < COUNT


def test_rows_carry_what_is_known(store: Store, catalog: Catalog) -> None:
    fill(
        store,
        "a\udcff.wav",
        format="WAV",
        codec="PCM",
        duration_s=1.5,
        sample_rate_hz=44100,
        channels=2,
        bit_depth=24,
        size_bytes=99,
        mtime_ns=5,
        added_s=7.5,
        reason="odd",
        metadata='{"title":"A"}',
        fingerprint=b"\1" * 8,
        full_hash=b"\2" * 16,
        device=10,
        inode=255,
        links=2,
    )
    (row,) = catalog.search().rows
    sound = catalog.get(row.id)
    assert (row.path, row.name, row.format, row.codec) == ("/s/a\udcff.wav", "a\udcff.wav", "WAV", "PCM")
    assert (row.duration_s, row.sample_rate_hz, row.channels, row.bit_depth) == (1.5, 44100, 2, 24)
    assert (row.size_bytes, row.state) == (99, "ok")
    assert all(getattr(sound, name) == getattr(row, name) for name in row.__dataclass_fields__)
    assert (sound.source_id, sound.mtime_ns, sound.added_s, sound.reason) == (1, 5, 7.5, "odd")
    assert (sound.metadata, sound.fingerprint, sound.full_hash) == ({"title": "A"}, "01" * 8, "02" * 16)
    assert sound.file_id == "a:ff"


def test_what_is_not_known_is_none(store: Store, catalog: Catalog) -> None:
    fill(store, "a.wav", state="bad")
    sound = catalog.get(1)
    assert {sound.format, sound.codec, sound.duration_s, sound.sample_rate_hz, sound.channels} == {None}
    assert {sound.bit_depth, sound.reason, sound.fingerprint, sound.full_hash, sound.file_id} == {None}
    assert sound.metadata == {}


def test_get_of_nothing(catalog: Catalog) -> None:
    with pytest.raises(NotFound, match="no sound with the number 5"):
        catalog.get(5)


@pytest.mark.parametrize("sort", ["size", "", "ID", "name; DROP TABLE sounds"])
def test_a_wrong_column_is_told_the_right_ones(catalog: Catalog, sort: str) -> None:
    for ask in (catalog.search, catalog.ids):
        with pytest.raises(UsageError, match="duration_s"):
            ask(sort=sort)


def test_pages_before_the_first_sound_are_refused(catalog: Catalog) -> None:
    for wrong in ({"offset": -1}, {"limit": -1}):
        with pytest.raises(UsageError, match="0 or more"):
            catalog.search(**wrong)  # type: ignore[arg-type]


def test_an_unreadable_query_is_a_query_error(catalog: Catalog) -> None:
    for ask in (catalog.search, catalog.ids):
        with pytest.raises(QueryError, match="ext:"):
            ask("foo:bar")


def test_an_empty_catalog(catalog: Catalog) -> None:
    assert catalog.search().rows == []
    assert catalog.search("kick").total == 0
    assert catalog.ids().tolist() == []
    stats = catalog.stats()
    assert (stats.files, stats.bytes, stats.duration_s, stats.sources, stats.formats) == (0, 0, 0.0, [], {})


def test_only_some_ids(store: Store, catalog: Catalog) -> None:
    fill(store, "c.wav", "b.wav", "a.wav")
    page = catalog.search(only_ids=[1, 3, 77])
    assert (page.total, [row.id for row in page.rows]) == (2, [3, 1])
    assert catalog.ids("b", only_ids=[1, 3]).tolist() == []


def test_a_source_that_is_not_here_makes_its_sounds_offline(store: Store, catalog: Catalog) -> None:
    for state in ("ok", "bad", "missing", "cloud", "held"):
        fill(store, f"{state}.wav", state=state)
    store.write(lambda connection: connection.execute("UPDATE sources SET state = 'offline'")).result()
    expected = {
        "ok.wav": "offline",
        "cloud.wav": "offline",
        "bad.wav": "bad",
        "missing.wav": "missing",
        "held.wav": "held",
    }
    assert {row.name: row.state for row in catalog.search("wav").rows} == expected
    assert names(catalog, "is:offline") == ["cloud.wav", "ok.wav"]
    assert catalog.get(1).state == "offline"
    store.write(lambda connection: connection.execute("UPDATE sources SET state = 'ok'")).result()
    assert names(catalog, "is:offline") == []


def test_stats_count_the_files_that_are_there(big: Path) -> None:
    with closing(Store(big / "catalog.db")) as store, closing(Catalog(store, big / "derived.db")) as catalog:
        rows = [row for row in small.rows(store.read()) if row["state"] not in ("missing", "held")]
        stats = catalog.stats()
        assert stats.files == len(rows) == sum(stats.formats.values())
        assert stats.bytes == sum(row["size_bytes"] for row in rows)
        assert stats.duration_s == pytest.approx(sum(row["duration_s"] or 0 for row in rows))
        assert stats.formats == Counter(row["format"] or "unknown" for row in rows)
        assert list(stats.formats.values()) == sorted(stats.formats.values(), reverse=True)
        for source in stats.sources:
            inside = [row for row in rows if row["root"] == source.path]
            assert (source.files, source.bytes) == (len(inside), sum(row["size_bytes"] for row in inside))
        store.write(lambda connection: small.add(connection, "/new", "", "a.wav")).result()
        assert catalog.stats().files == len(rows) + 1
        assert catalog.stats().sources[-1].path == "/new"


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
            assert catalog.ids("kick").tolist() == small.hits(store.read(), parse("kick"))
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
        fill(store, "and another.wav")
        assert names(catalog, "again") == []
        assert names(catalog, "renamed later") == []
        assert names(catalog, "another") == ["and another.wav", "another.wav"]


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
from ctk.catalog.store import Store
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


def test_a_closed_store_says_so(home: Path) -> None:
    store = Store(home / "catalog.db")
    catalog = Catalog(store, home / "derived.db")
    catalog.close()
    catalog.close()
    store.close()
    with pytest.raises(CatalogError, match="closed"):
        catalog.search("kick")


def test_the_first_rows_from_sqlite_are_few(store: Store, catalog: Catalog) -> None:
    fill(store, "a.wav")
    catalog.search(offset=catalogs._FIRST_ROWS)
    assert catalog._index is not None


def test_closing_lets_go_of_the_index(store: Store, catalog: Catalog) -> None:
    fill(store, "a.wav")
    assert catalog.search("a").total == 1
    catalog.close()
    assert catalog._index is None
