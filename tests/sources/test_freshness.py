"""Folder times: what they tell, and when they are not trusted."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.catalog import source_rows
from ctk.catalog.store import Store
from ctk.errors import Cancelled
from ctk.sources.freshness import Freshness
from ctk.sources.walk import Walk
from tests.sources.library import wav


def go_on() -> None:
    """Nobody wants to stop."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "catalog.db")
    yield store
    store.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    wav(folder / "Drums" / "Loops" / "loop.wav", 1)
    wav(folder / "Bass" / "sub.wav", 2)
    (folder / "Code" / "deep" / "deeper").mkdir(parents=True)
    age(folder)
    return folder


def age(root: Path) -> None:
    for folder, _, _ in os.walk(root):
        os.utime(folder, (1, 1))


def made(store: Store, root: Path) -> Freshness:
    source_id = store.write(lambda connection: source_rows.add(connection, str(root))).result()
    return Freshness(store, source_id, str(root))


def read(store: Store, root: Path) -> None:
    """As a whole scan does it."""
    freshness = made(store, root)
    for listing in Walk([str(root)], [], go_on).source(str(root)):
        freshness.note(listing)
    freshness.keep_all()


def test_nothing_is_known_at_first(store: Store, root: Path) -> None:
    freshness = made(store, root)
    assert not freshness.known
    assert freshness.stale(go_on) == ([], [])


def test_what_comes_goes_and_is_renamed_shows(store: Store, root: Path) -> None:
    read(store, root)
    assert made(store, root).stale(go_on) == ([], [])
    wav(root / "Bass" / "new.wav", 3)
    assert made(store, root).stale(go_on) == (["Bass"], [])
    (root / "Drums" / "Loops" / "loop.wav").rename(root / "Drums" / "Loops" / "renamed.wav")
    assert made(store, root).stale(go_on) == (["Bass", "Drums/Loops"], [])
    shutil.rmtree(root / "Drums")
    assert made(store, root).stale(go_on) == (["", "Bass"], ["Drums", "Drums/Loops"])
    read(store, root)
    assert made(store, root).folders == {b"", b"Bass", b"Code"}


def test_an_edit_in_place_does_not_show(store: Store, root: Path) -> None:
    read(store, root)
    with (root / "Bass" / "sub.wav").open("ab") as file:
        file.write(b"more")
    assert made(store, root).stale(go_on) == ([], [])


def test_a_time_that_is_too_young_is_not_trusted(store: Store, root: Path) -> None:
    wav(root / "Bass" / "new.wav", 3)
    read(store, root)
    assert made(store, root).stale(go_on) == (["Bass"], [])
    age(root)
    read(store, root)
    assert made(store, root).stale(go_on) == ([], [])


def test_where_no_sounds_are_only_the_first_level_is_kept_in_mind(store: Store, root: Path) -> None:
    read(store, root)
    assert made(store, root).folders == {b"", b"Drums", b"Drums/Loops", b"Bass", b"Code"}


def test_a_folder_that_could_not_be_read_is_not_known(store: Store, root: Path) -> None:
    freshness = made(store, root)
    for listing in Walk([str(root)], [], go_on).source(str(root)):
        listing.problem = "No." if listing.folder == "Bass" else None
        freshness.note(listing)
    freshness.keep_all()
    assert b"Bass" not in made(store, root).folders


def test_some_folders_are_renewed(store: Store, root: Path) -> None:
    freshness = made(store, root)
    freshness.note(next(Walk([str(root)], [], go_on).ahead(str(root), ["Bass"])))
    freshness.keep()
    assert not made(store, root).known  # the rest was never read
    read(store, root)
    (root / "Bass" / "sub.wav").rename(root / "sub.wav")
    shutil.rmtree(root / "Drums")
    os.utime(root / "Bass", (2, 2))
    freshness = made(store, root)
    for listing in Walk([str(root)], [], go_on).ahead(str(root), ["Bass"]):
        freshness.note(listing)
    freshness.keep(gone=["Drums/Loops", "Drums"])
    assert made(store, root).stale(go_on) == ([""], [])


def test_a_folder_in_which_something_was_left_out_is_looked_at_again(store: Store, root: Path) -> None:
    read(store, root)
    freshness = made(store, root)
    for listing in Walk([str(root)], [], go_on).ahead(str(root), ["Bass"]):
        freshness.note(listing, whole=False)
    freshness.keep()
    assert made(store, root).stale(go_on) == (["Bass"], [])


def test_what_changes_while_it_is_read_shows_the_next_time(store: Store, root: Path) -> None:
    read(store, root)
    freshness = made(store, root)
    assert freshness.stale(go_on) == ([], [])
    os.utime(root / "Bass", (2, 2))
    for listing in Walk([str(root)], [], go_on).source(str(root)):
        freshness.note(listing)
    freshness.keep_all()
    assert made(store, root).stale(go_on) == (["Bass"], [])


def test_looking_stops_when_asked(store: Store, root: Path) -> None:
    read(store, root)

    def stop() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        made(store, root).stale(stop)
