"""Which places are there: each once, none that is everything, and whose they are already."""

import os
import time
from pathlib import Path

import pytest

from ctk.catalog.source_rows import Root
from ctk.sources import spots, walk
from ctk.sources.landmarks import Candidate
from ctk.sources.spots import Spot

links = pytest.mark.skipif(os.name == "nt", reason="only on systems where anybody may make links")


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who lives in a folder of the test."""
    home = tmp_path / "producer"
    (home / "Music").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    return home


def look(*folders: Path, roots: tuple[Root, ...] = ()) -> list[Spot]:
    wanted = [Candidate(str(folder), folder.name, "folder") for folder in folders]
    return spots.spots(wanted, roots, lambda: None)


def paths(found: list[Spot]) -> list[str]:
    return [spot.candidate.path for spot in found]


def test_only_folders_that_are_there(user: Path) -> None:
    (user / "file").touch()
    assert paths(look(user / "Music", user / "Nowhere", user / "file")) == [str(user / "Music")]


@links
def test_a_folder_of_many_names_is_one_place(user: Path, tmp_path: Path) -> None:
    real = tmp_path / "disk" / "Splice"
    real.mkdir(parents=True)
    (user / "Splice").symlink_to(real)
    (user / "Music" / "Splice").symlink_to(real)
    (spot,) = look(user / "Splice", user / "Music" / "Splice", real)
    assert (spot.candidate.path, spot.real) == (str(user / "Splice"), str(real))


def test_what_holds_the_whole_home_is_no_place(user: Path, tmp_path: Path) -> None:
    assert look(user, tmp_path, Path(tmp_path.anchor)) == []


@links
def test_nor_is_a_link_to_it(user: Path, tmp_path: Path) -> None:
    (tmp_path / "Macintosh HD").symlink_to(tmp_path.anchor)
    assert look(tmp_path / "Macintosh HD") == []


@links
def test_the_deepest_source_around_it(user: Path, tmp_path: Path) -> None:
    for name in ("Music/Loops/Old", "Music 2"):
        (user / name).mkdir(parents=True)
    (tmp_path / "also music").symlink_to(user / "Music")
    roots = (Root(1, str(tmp_path / "also music"), "ok"), Root(2, str(user / "Music" / "Loops"), "ok"))
    found = look(user / "Music", user / "Music" / "Loops" / "Old", user / "Music 2", roots=roots)
    assert [spot.source_id for spot in found] == [1, 2, None]


def test_a_place_that_does_not_answer_is_left_out(user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = walk.place
    (tmp_path / "nas").mkdir()

    def place(path: str) -> walk.Place | None:
        if path.endswith("nas"):
            time.sleep(1)
        return asked(path)

    monkeypatch.setattr(walk, "place", place)
    monkeypatch.setattr(spots, "ANSWER_S", 0.2)
    assert paths(look(tmp_path / "nas", user / "Music")) == [str(user / "Music")]


def test_the_usual_places_of_this_system() -> None:
    found = spots.usual()
    assert len(found) > 10
    assert all(os.path.isabs(candidate.path) for candidate in found)


@links
def test_wildcards_find_folders_and_links_to_them(user: Path) -> None:
    for name in ("OneDrive - Studio", "OneDrive - Home"):
        (user / name).mkdir()
    (user / "OneDrive - file").touch()
    (user / "OneDrive - link").symlink_to(user / "Music")
    found = {os.path.basename(candidate.path) for candidate in spots.usual() if "OneDrive -" in candidate.path}
    assert found == {"OneDrive - Studio", "OneDrive - Home", "OneDrive - link"}
