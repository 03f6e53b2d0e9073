"""Rows of what was listened to: found by id, dropped when there are too many, and never of another catalog."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ctk.catalog import waveform_rows
from ctk.catalog.store import Connection
from ctk.catalog.waveform_rows import Kept, Made
from tests.catalog import small
from tests.catalog.small import writing


@pytest.fixture
def catalog() -> Iterator[Connection]:
    with closing(small.in_memory()) as connection:
        with writing(connection):
            for n in range(1, 4):
                small.add(connection, "/here", "Drums", f"{n}.wav", size_bytes=n, mtime_ns=10 * n)
            small.add(connection, "/away", "", "4.wav")
            small.add_source(connection, "/away")
            connection.execute("UPDATE sources SET state = 'offline' WHERE path = ?", (b"/away",))
            for state in ("bad", "missing", "cloud", "held"):
                small.add(connection, "/here", "", f"{state}.wav", state=state)
        yield connection


@pytest.fixture
def derived() -> Iterator[Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(waveform_rows.TABLES)
        yield connection


def made(id: int, made_s: float = 0.0, size: int = 100, small: int = 10, health: int = 0) -> Made:
    outline = bytes(size) if size else None
    return Made(id, id, 10 * id, health, f"[{id}]", made_s, bytes(small) if small else None, outline, None)


def test_places(catalog: Connection) -> None:
    places = waveform_rows.places(catalog, [8, 3, 99, 1])
    assert [(place.id, place.here, place.stamp) for place in places] == [
        (8, False, (1000, 1)),
        (3, True, (3, 30)),
        (1, True, (1, 10)),
    ]
    assert places[1][1:3] == ("/here", "/here/Drums/3.wav")


def test_all_places_in_parts(catalog: Connection) -> None:
    found = [place for after in (0, 3, 6) for place in waveform_rows.places_after(catalog, after, 3)]
    assert {place.path: place.here for place in found} == {
        "/here/Drums/1.wav": True,
        "/here/Drums/2.wav": True,
        "/here/Drums/3.wav": True,
        "/away/4.wav": False,
        "/here/bad.wav": True,
        "/here/missing.wav": False,
        "/here/cloud.wav": False,
        "/here/held.wav": False,
    }
    assert [place.id for place in found] == list(range(1, 9))
    assert waveform_rows.places_after(catalog, 8, 3) == []


def test_counts_and_stamps(catalog: Connection) -> None:
    assert waveform_rows.count_here(catalog) == 4
    assert waveform_rows.count_there(catalog) == 6
    every = list(range(20))
    assert waveform_rows.stamps(catalog, every).keys() == set(range(1, 9))
    assert waveform_rows.stamps(catalog, every, there_only=True).keys() == {1, 2, 3, 4, 5, 7}
    assert waveform_rows.stamps(catalog, [2]) == {2: (2, 20)}
    assert waveform_rows.stamps(catalog, []) == {}


def test_health_is_kept_of_what_is_still_the_same(catalog: Connection) -> None:
    with writing(catalog):
        waveform_rows.set_health(catalog, [(4, 1, 1, 10), (8, 2, 2, 21), (1, 99, 0, 0)])
    found = catalog.execute("SELECT id, health, revision FROM sounds WHERE id < 4").fetchall()
    assert found == [(1, 4, 2), (2, 0, 1), (3, 0, 1)]


def test_what_is_put_is_found(derived: Connection) -> None:
    waveform_rows.put(derived, [made(1, health=4), made(2, small=0), made(3, size=0, small=0)])
    ids = [3, 2, 1, 7]
    assert waveform_rows.kept(derived, ids) == {id: Kept((id, 10 * id), 4 * (id == 1), f"[{id}]") for id in (1, 2, 3)}
    assert waveform_rows.thumbnails(derived, ids) == [(1, (1, 10), bytes(10))]
    assert waveform_rows.outlines(derived, ids) == [(1, (1, 10), bytes(100)), (2, (2, 20), bytes(100))]
    assert waveform_rows.kept_after(derived, 1, 1) == {2: (2, 20)}
    assert waveform_rows.unwell(derived) == [1]
    waveform_rows.put(derived, [made(1, size=0)])
    assert waveform_rows.outlines(derived, ids) == [(2, (2, 20), bytes(100))]
    assert waveform_rows.unwell(derived) == []
    waveform_rows.forget(derived, [2, 3])
    assert waveform_rows.kept(derived, ids).keys() == {1}
    assert waveform_rows.outlines(derived, ids) == []


def test_seek_indexes(derived: Connection) -> None:
    waveform_rows.put(derived, [made(1), made(2)._replace(seek=b"index")])
    assert waveform_rows.seek_index(derived, 1) is None
    assert waveform_rows.seek_index(derived, 2) == b"index"
    assert waveform_rows.seek_index(derived, 3) is None


def test_many_ids_at_once(derived: Connection) -> None:
    ids = list(range(1, 1_202))
    waveform_rows.put(derived, map(made, ids))
    assert list(waveform_rows.kept(derived, ids)) == ids
    assert len(waveform_rows.thumbnails(derived, ids)) == len(waveform_rows.outlines(derived, ids)) == 1_201
    waveform_rows.forget(derived, ids[:-1])
    assert list(waveform_rows.kept(derived, ids)) == [1_201]


def test_another_catalog_or_way_of_listening_begins_afresh(derived: Connection) -> None:
    assert not waveform_rows.is_of(derived, 5, 1)
    waveform_rows.adopt(derived, 5, 1)
    waveform_rows.put(derived, [made(1)])
    waveform_rows.adopt(derived, 5, 1)
    assert waveform_rows.is_of(derived, 5, 1)
    assert waveform_rows.kept(derived, [1])
    for lineage, version in ((6, 1), (6, 2)):
        assert not waveform_rows.is_of(derived, lineage, version)
        waveform_rows.adopt(derived, lineage, version)
        assert waveform_rows.is_of(derived, lineage, version)
        assert waveform_rows.kept(derived, [1]) == {}
        assert waveform_rows.outlines(derived, [1]) == []
        waveform_rows.put(derived, [made(1)])


def left(derived: Connection) -> tuple[list[int], list[int], list[int]]:
    ids = list(range(10))
    outlines = [id for id, _, _ in waveform_rows.outlines(derived, ids)]
    thumbnails = [id for id, _, _ in waveform_rows.thumbnails(derived, ids)]
    return outlines, thumbnails, list(waveform_rows.kept(derived, ids))


def test_the_oldest_outlines_go_first_then_thumbnails_and_never_what_is_known(derived: Connection) -> None:
    waveform_rows.put(derived, [made(id, made_s=-id) for id in (1, 2, 3, 4)])
    every = [1, 2, 3, 4]
    for most, outlines, thumbnails in (
        (440, every, every),
        (439, [1, 2, 3], every),
        (250, [1, 2], every),
        (40, [], every),
        (39, [], [1, 2, 3]),
        (10, [], [1]),
        (-5, [], []),
    ):
        waveform_rows.limit(derived, most)
        assert left(derived) == (outlines, thumbnails, every), most


def test_sums_and_ages_are_read_from_indexes(derived: Connection) -> None:
    for ask in (
        "SELECT total(bytes) FROM waveforms WHERE bytes > 0",
        "SELECT total(bytes) FROM waveform_outlines",
        "SELECT sound_id, bytes FROM waveform_outlines ORDER BY made_s, bytes",
        "SELECT sound_id, bytes FROM waveforms WHERE bytes > 0 ORDER BY made_s, bytes",
    ):
        plan = " ".join(row[3] for row in derived.execute(f"EXPLAIN QUERY PLAN {ask}"))
        assert "COVERING INDEX" in plan, plan
        assert "TEMP B-TREE" not in plan, plan
