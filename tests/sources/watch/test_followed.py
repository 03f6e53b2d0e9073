"""One source that is followed: what makes it doubtful, and what is to be watched of it."""

from pathlib import Path

import pytest

from ctk.catalog.source_rows import Root
from ctk.sources.changes import Changes
from ctk.sources.watch.followed import Followed
from tests.sources.watch.eyes import go_on, put


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path / "Samples" / "Drums" / "kick.wav")
    put(tmp_path / "Samples" / "Bass" / "sub.wav")
    return tmp_path / "Samples"


def followed(root: Path) -> Followed:
    return Followed(Root(1, str(root), "ok"), go_on)


def test_a_new_one_is_in_doubt_and_not_watched(root: Path) -> None:
    one = followed(root)
    assert one.dirt.take() == Changes(doubtful=True)
    assert one.to_watch
    assert not one.is_here
    one.look()
    assert one.is_here


def test_another_folder_in_its_place(root: Path) -> None:
    one = followed(root)
    one.look()
    one.to_watch = False
    one.dirt.take()
    one.look()
    assert (one.to_watch, one.dirt.take()) == (False, Changes())
    root.rename(root.with_name("Elsewhere"))
    one.look()
    assert (one.is_here, one.to_watch, one.dirt.take()) == (False, True, Changes(doubtful=True))
    root.mkdir()
    one.look()
    assert (one.is_here, one.to_watch, one.dirt.take()) == (True, True, Changes(doubtful=True))


def test_what_is_on_a_network_is_not_asked(root: Path) -> None:
    one = followed(root / "nowhere")
    one.is_network = True
    one.dirt.take()
    one.look()
    assert one.is_here
    assert one.dirt.take() == Changes()
    one.disturb()
    assert not one.to_watch


def test_what_is_watched_is_what_a_scan_would_list(root: Path) -> None:
    put(root / ".Trashes" / "old.wav")
    put(root / "home" / "catalog.db")
    tree = followed(root).tree([str(root), str(root / "Drums")], [str(root / "home")], go_on)
    assert sorted(tree.folders("")) == ["", "Bass"]
