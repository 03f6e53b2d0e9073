"""The catalog as clients see it: pages, orders, counts, errors."""

import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import catalog as catalogs
from ctk.catalog.catalog import Catalog
from ctk.catalog.query import Query, parse
from ctk.catalog.store import Store
from ctk.contract import SORT_COLUMNS
from ctk.errors import CatalogError, NotFound, QueryError, UsageError
from tests import house
from tests.catalog import small
from tests.catalog.conftest import COUNT

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
    "tag:warm,été -tag:dark",
    "tag:none rating:>=4",
    'collection:"new ep" kick',
    "fav:yes heard:90..<120",
    "about:nova",
)


def fill(store: Store, *names: str, **facts: object) -> None:
    store.write(lambda connection: [small.add(connection, "/s", "", name, **facts) for name in names]).result()


def names(catalog: Catalog, query: str = "") -> list[str]:
    return [row.name for row in catalog.search(query).rows]


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
    for ask in (catalog.search, catalog.ids, catalog.facets):
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


def test_held_sounds_are_seen_only_by_who_asks_for_them(store: Store, catalog: Catalog) -> None:
    for state in ("ok", "held"):
        fill(store, f"{state}.wav", state=state)
    for _ in range(2):  # first from SQLite alone, then from the index
        assert [row.name for row in catalog.search().rows] == ["ok.wav"]
        assert catalog.search().total == 1
        assert [row.name for row in catalog.search("is:held").rows] == ["held.wav"]
    assert len(catalog.ids("wav is:held,ok")) == 2


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
    found = [*catalog.search("wav").rows, *catalog.search("is:held").rows]
    assert {row.name: row.state for row in found} == expected
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
