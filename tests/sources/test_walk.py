"""Walking a source in other orders than from one end to the other."""

import os
from pathlib import Path

import pytest

from ctk.sources.walk import Listing, Walk
from tests.sources.library import wav


def go_on() -> None:
    """Nobody wants to stop."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    wav(folder / "Drums" / "kick.wav", 1)
    wav(folder / "Drums" / "Loops" / "loop.wav", 2)
    wav(folder / "Bass" / "sub.wav", 3)
    wav(folder / ".Trashes" / "old.wav", 4)
    return folder


def walk(root: Path, *others: Path) -> Walk:
    return Walk([str(root), *map(str, others)], [], go_on)


def names(listing: Listing) -> list[str]:
    return [os.path.join(listing.folder, os.fsdecode(name)) for name, *_ in listing.files]


def test_what_is_listed_ahead_is_not_listed_again(root: Path) -> None:
    one = walk(root)
    ahead = [listing.folder for listing in one.ahead(str(root), ["Drums/Loops", ""])]
    rest = [listing.folder for listing in one.source(str(root))]
    assert (ahead, rest) == (["Drums/Loops", ""], ["Bass", "Drums"])


def test_links_met_ahead_are_followed_in_their_turn(root: Path, tmp_path: Path) -> None:
    wav(tmp_path / "Outside" / "far.wav", 5)
    wav(tmp_path / "Beside" / "farther.wav", 6)
    (root / "linked").symlink_to(tmp_path / "Outside")
    (root / "linked.wav").symlink_to(tmp_path / "Beside" / "farther.wav")
    one = walk(root)
    first = [name for listing in one.ahead(str(root), ["", "linked"]) for name in names(listing)]
    rest = [name for listing in one.source(str(root)) for name in names(listing)]
    assert first == []
    assert rest == ["Bass/sub.wav", "Drums/kick.wav", "Drums/Loops/loop.wav", "linked/far.wav", "linked.wav"]
    plain = [name for listing in walk(root).source(str(root)) for name in names(listing)]
    assert rest == plain


def test_what_belongs_to_another_source_is_not_listed_ahead(root: Path) -> None:
    one = walk(root, root / "Drums")
    assert list(one.ahead(str(root), ["Drums", "Drums/Loops"])) == []


def test_one_folder_with_all_below_it(root: Path) -> None:
    assert [listing.folder for listing in walk(root).below(str(root), "Drums")] == ["Drums", "Drums/Loops"]
    one = walk(root)
    list(one.below(str(root), "Drums"))
    assert list(one.below(str(root), "Drums/Loops")) == []  # it was there already
    assert list(walk(root, root / "Drums").below(str(root), "Drums/Loops")) == []


def test_a_listing_tells_what_leads_on(root: Path, tmp_path: Path) -> None:
    (root / "Drums" / "up").symlink_to(tmp_path)
    (root / "Drums" / "again.wav").symlink_to(root / "Bass" / "sub.wav")
    (listing,) = walk(root).ahead(str(root), ["Drums"])
    assert (listing.inside, listing.links, listing.file_links) == (["Drums/Loops"], ["Drums/up"], ["Drums/again.wav"])


def test_folders_come_before_what_is_in_them(root: Path, tmp_path: Path) -> None:
    wav(tmp_path / "Outside" / "Pack" / "far.wav", 5)
    (root / "linked").symlink_to(tmp_path / "Outside")
    (root / "loop").symlink_to(root)
    found = []
    for folder in walk(root).folders(str(root)):
        found.append(folder)
        if folder == "Bass":
            (root / "Bass" / "just now").mkdir()
    assert sorted(found) == ["", "Bass", "Bass/just now", "Drums", "Drums/Loops", "linked", "linked/Pack"]
    assert list(walk(root).folders(str(root), "linked")) == ["linked", "linked/Pack"]
    assert list(walk(root).folders(str(root), "loop")) == []
    assert list(walk(root).folders(str(root), "Drums")) == ["Drums", "Drums/Loops"]
    assert list(walk(root, root / "Drums").folders(str(root), "Drums")) == []
