"""Rows that follow their files, into whatever folder of whatever source, past rows that stand there."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctk.catalog import relocation
from ctk.catalog.relocation import Arrival
from ctk.catalog.store import Store
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
