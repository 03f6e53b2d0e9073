"""Folders as whole scans see them: samples of a source, and folders whose rows follow them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import folder_rows, source_rows
from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Connection, Store
from tests.catalog import small


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "catalog.db")) as opened:
        yield opened


def add(store: Store, folder: str, *names: str, source: str = "/s", **facts: object) -> list[int]:
    more = {"fingerprint": b"12345678", **facts}

    def change(connection: Connection) -> list[int]:
        return [small.add(connection, source, folder, name, **more) or 0 for name in names]

    return store.write(change).result()


def folder_id(store: Store, path: str, source: str = "/s") -> int:
    return store.write(lambda connection: small.add_folder(connection, source, path)).result()


def source_id(store: Store, source: str = "/s") -> int:
    return store.write(lambda connection: small.add_source(connection, source)).result()


def move(store: Store, *moves: tuple[int, int, bytes]) -> None:
    store.write(lambda connection: folder_rows.move(connection, moves)).result()


def paths(store: Store) -> dict[int, str]:
    found = store.read().execute(
        "SELECT s.id, o.path, f.path, s.name FROM sounds s JOIN folders f ON f.id = s.folder_id"
        " JOIN sources o ON o.id = f.source_id ORDER BY s.id"
    )
    return {id: b"/".join(part for part in parts if part).decode() for id, *parts in found}


class TestSample:
    def test_from_all_over_the_source(self, store: Store) -> None:
        for number in range(30):
            add(store, f"pack {number}", *(f"{name}.wav" for name in range(5)))
        found = folder_rows.sample(store.read(), source_id(store), 20)
        assert 10 <= len(found) <= 20
        assert len({file.path.split("/")[0] for file in found}) >= 10

    def test_only_what_was_there_and_could_be_read(self, store: Store) -> None:
        add(store, "", "a.wav")
        add(store, "", "b.wav", state="missing")
        add(store, "", "c.wav", state="cloud")
        add(store, "", "d.wav", state="held")
        add(store, "", "e.wav", fingerprint=None)
        assert [file.path for file in folder_rows.sample(store.read(), source_id(store))] == ["a.wav"]
        assert folder_rows.sample(store.read(), 99) == []


class TestMove:
    def test_all_rows_follow_untouched(self, store: Store, tmp_path: Path) -> None:
        ids = add(store, "old", "a.wav", "b.wav")
        with closing(Catalog(store, tmp_path / "derived.db")) as catalog:
            assert catalog.search("old").total == 2
            before = store.read().execute("SELECT revision FROM sounds").fetchall()
            move(store, (folder_id(store, "old"), source_id(store, "/t"), b"new/deep"))
            assert paths(store) == {ids[0]: "/t/new/deep/a.wav", ids[1]: "/t/new/deep/b.wav"}
            assert store.read().execute("SELECT revision FROM sounds").fetchall() == before
            assert (catalog.search("old").total, catalog.search("deep").total) == (0, 2)
            assert catalog.search("source:t").total == 2

    def test_two_change_places(self, store: Store) -> None:
        (a,), (b,) = add(store, "a", "x.wav"), add(store, "b", "x.wav")
        source = source_id(store)
        move(store, (folder_id(store, "a"), source, b"b"), (folder_id(store, "b"), source, b"a"))
        assert paths(store) == {a: "/s/b/x.wav", b: "/s/a/x.wav"}

    def test_into_a_folder_without_rows(self, store: Store) -> None:
        (a,) = add(store, "a", "x.wav")
        folder_id(store, "b")
        move(store, (folder_id(store, "a"), source_id(store), b"b"))
        assert paths(store) == {a: "/s/b/x.wav"}

    def test_into_a_folder_with_rows_of_its_own(self, store: Store) -> None:
        (held,) = add(store, "b", "x.wav", state="held")
        first, second = add(store, "a", "x.wav", "y.wav")
        move(store, (folder_id(store, "a"), source_id(store), b"b"))
        assert paths(store) == {held: "/s/b/x.wav", first: "/s/a/x.wav", second: "/s/b/y.wav"}


def test_only_whole_folders_of_sources_that_are_here(store: Store) -> None:
    add(store, "a", "x.wav")
    add(store, "b", "y.wav")
    add(store, "c", "z.wav", source="/away")

    def change(connection: Connection) -> None:
        for source, folder in (("/s", b"a"), ("/away", b"c")):
            folder_rows.set_listings(connection, small.add_source(connection, source), [(folder, b"digest", 1)])
        source_rows.set_state(connection, small.add_source(connection, "/away"), "offline")

    store.write(change).result()
    assert [whole.path for whole in folder_rows.wholes(store.read())] == [b"a"]
