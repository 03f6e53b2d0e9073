"""Rows that follow their files, into whatever folder of whatever source, past rows that stand there."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import journal_rows, relocation, source_rows
from ctk.catalog.journal_rows import Entry
from ctk.catalog.relocation import Arrival
from ctk.catalog.store import Connection, Store
from tests.catalog import small


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "catalog.db")) as opened:
        yield opened


def add(store: Store, folder: str, name: str, source: str = "/s", **facts: object) -> int:
    return store.write(lambda connection: small.add(connection, source, folder, name, **facts)).result() or 0


def follow(store: Store, *arrivals: Arrival) -> None:
    store.write(lambda connection: relocation.follow(connection, arrivals)).result()


def places(store: Store, *ids: int) -> list[tuple[str, str] | None]:
    found = relocation.places(store.read(), ids)
    return [found.get(id) for id in ids]


def test_to_another_folder_and_another_source(store: Store) -> None:
    a, b, c = add(store, "x", "a.wav"), add(store, "x", "b.wav"), add(store, "", "c.wav", "/s/inner")
    follow(
        store,
        Arrival(a, "/s/new/deep/a.wav"),
        Arrival(b, "/s/inner/x/boom.wav", renamed=True),
        Arrival(c, "/s/.ctk-held/1/c.wav", held=True),
    )
    assert places(store, a, b, c) == [
        ("/s/new/deep/a.wav", "ok"),
        ("/s/inner/x/boom.wav", "ok"),
        ("/s/.ctk-held/1/c.wav", "held"),
    ]
    sources = dict(
        store.read().execute("SELECT s.id, f.source_id FROM sounds s JOIN folders f ON f.id = s.folder_id").fetchall()
    )
    assert sources[b] != sources[a]
    (key,) = store.read().execute("SELECT name_key FROM sounds WHERE id = ?", (b,)).fetchone()
    assert key == b"boom.wav"


def test_a_bad_file_comes_back_as_bad(store: Store) -> None:
    a = add(store, "x", "a.wav", state="bad", reason="It is empty.")
    follow(store, Arrival(a, "/s/.ctk-held/1/a.wav", held=True))
    follow(store, Arrival(a, "/s/x/a.wav"))
    assert places(store, a) == [("/s/x/a.wav", "bad")]


def test_a_copy_has_facts_of_its_own(store: Store) -> None:
    a = add(store, "x", "a.wav")
    follow(store, Arrival(a, "/s/y/a.wav", copy=(5, 6, 7)))
    assert store.read().execute("SELECT mtime_ns, device, inode FROM sounds").fetchall() == [(5, 6, 7)]


def test_a_row_without_its_file_makes_room(store: Store) -> None:
    stale, a, b = add(store, "y", "a.wav", size_bytes=999), add(store, "x", "a.wav"), add(store, "x", "b.wav")
    follow(store, Arrival(a, "/s/y/a.wav"), Arrival(b, "/s/y/b.wav"))
    assert places(store, a, b, stale) == [("/s/y/a.wav", "ok"), ("/s/y/b.wav", "ok"), ("/s/x/a.wav", "missing")]


def test_names_that_change_places(store: Store) -> None:
    a, b = add(store, "x", "a.wav", size_bytes=1), add(store, "x", "b.wav", size_bytes=2)
    follow(store, Arrival(a, "/s/x/b.wav", renamed=True), Arrival(b, "/s/x/a.wav", renamed=True))
    assert places(store, a, b) == [("/s/x/b.wav", "ok"), ("/s/x/a.wav", "ok")]


def test_a_row_that_a_scan_made_of_the_same_file_goes(store: Store) -> None:
    a = add(store, "x", "a.wav", size_bytes=5, fingerprint=b"12345678")
    twin = add(store, "y", "a.wav", size_bytes=5, fingerprint=b"12345678")
    follow(store, Arrival(a, "/s/y/a.wav"))
    assert places(store, a, twin) == [("/s/y/a.wav", "ok"), None]


def test_outside_every_source_there_is_no_row(store: Store) -> None:
    a = add(store, "x", "a.wav")
    follow(store, Arrival(a, "/elsewhere/a.wav"))
    assert places(store, a) == [None]


def test_names_of_any_bytes(store: Store) -> None:
    a = add(store, "x", "a.wav")
    odd = os.fsdecode(b"/s/\xff/caf\xe9.wav")
    follow(store, Arrival(a, odd, renamed=True))
    assert places(store, a) == [(odd, "ok")]


def test_only_held_sounds_are_forgotten(store: Store) -> None:
    a, b = add(store, "x", "a.wav"), add(store, "x", "b.wav")
    follow(store, Arrival(a, "/s/.ctk-held/1/a.wav", held=True))
    store.write(lambda connection: relocation.forget(connection, [a, b])).result()
    assert places(store, a, b) == [None, ("/s/x/b.wav", "ok")]


class TestDrives:
    """Whole sources that are elsewhere."""

    @pytest.fixture(autouse=True)
    def names_as_here(self) -> None:
        if os.sep != "/":
            pytest.skip("only on POSIX: paths as they are there")

    def ids(self, store: Store) -> dict[str, int]:
        return {root.path: root.id for root in source_rows.roots(store.read())}

    def move(self, store: Store, **moves: str) -> None:
        """Keywords are names of sources below the top."""
        ids = self.ids(store)
        change = {ids[f"/{name}"]: path for name, path in moves.items()}
        store.write(lambda connection: relocation.follow_drives(connection, change)).result()

    def test_rows_protection_and_journal_follow(self, store: Store) -> None:
        a = add(store, "x", "a.wav", "/e")

        def change(connection: Connection) -> None:
            for folder in ("/e", "/e/x", "/ex", "/other"):
                journal_rows.protect(connection, folder)
            steps = [
                Entry(0, a, "remove", "/e/x/a.wav", "/e/.ctk-held/1/x/a.wav", twin="/ex/a.wav"),
                Entry(1, None, "make", "/e", "/other/y"),
            ]
            journal_rows.begin(connection, "remove", "", steps)

        store.write(change).result()
        self.move(store, e="/f/deep")
        assert places(store, a) == [("/f/deep/x/a.wav", "ok")]
        assert journal_rows.protected(store.read()) == ["/ex", "/f/deep", "/f/deep/x", "/other"]
        first, second = journal_rows.entries(store.read(), 1)
        assert first[3:5] == ("/f/deep/x/a.wav", "/f/deep/.ctk-held/1/x/a.wav") and first.twin == "/ex/a.wav"
        assert second[3:5] == ("/f/deep", "/other/y")

    def test_two_change_places(self, store: Store) -> None:
        a, b = add(store, "", "a.wav", "/e"), add(store, "", "a.wav", "/f")
        store.write(lambda connection: journal_rows.protect(connection, "/e/x")).result()
        self.move(store, e="/f", f="/e")
        assert places(store, a, b) == [("/f/a.wav", "ok"), ("/e/a.wav", "ok")]
        assert journal_rows.protected(store.read()) == ["/f/x"]

    def test_the_deepest_source_has_the_rows(self, store: Store) -> None:
        outer, twice = add(store, "in/x", "a.wav", "/s"), add(store, "in", "b.wav", "/s")
        kept, beside = add(store, "", "b.wav", "/e"), add(store, "", "c.wav", "/s")
        self.move(store, e="/s/in")
        assert places(store, outer, twice, kept, beside) == [
            ("/s/in/x/a.wav", "ok"),
            None,
            ("/s/in/b.wav", "ok"),
            ("/s/c.wav", "ok"),
        ]
        found = store.read().execute(
            "SELECT o.path, count(*) FROM sounds s JOIN folders f ON f.id = s.folder_id"
            " JOIN sources o ON o.id = f.source_id GROUP BY o.path ORDER BY o.path"
        )
        assert found.fetchall() == [(b"/s", 1), (b"/s/in", 2)]

    def test_around_another_source(self, store: Store) -> None:
        inner = add(store, "", "a.wav", "/m/inner")
        outer, other = add(store, "inner", "b.wav", "/e"), add(store, "", "c.wav", "/e")
        self.move(store, e="/m")
        assert places(store, inner, outer, other) == [
            ("/m/inner/a.wav", "ok"),
            ("/m/inner/b.wav", "ok"),
            ("/m/c.wav", "ok"),
        ]
        owners = dict(
            store.read()
            .execute("SELECT s.id, f.source_id FROM sounds s JOIN folders f ON f.id = s.folder_id")
            .fetchall()
        )
        assert owners[inner] == owners[outer] == self.ids(store)["/m/inner"]
