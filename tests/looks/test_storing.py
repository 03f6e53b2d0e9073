"""Folders of looks that are there whole or not at all."""

import os
from pathlib import Path
from typing import Any

import pytest

from ctk.looks import storing


def test_put_find_and_put_aside(tmp_path: Path) -> None:
    storing.put({"look.toml": b"1", "a/b.png": b"2"}, tmp_path, "mine")
    assert storing.ids(tmp_path) == ["mine"]
    assert storing.find(tmp_path, "mine") == tmp_path / "mine"
    assert (tmp_path / "mine" / "a" / "b.png").read_bytes() == b"2"
    kept = storing.put_aside(tmp_path / "mine", tmp_path, "mine")
    assert (storing.ids(tmp_path), storing.find(tmp_path, "mine")) == ([], None)
    assert (kept / "a" / "b.png").read_bytes() == b"2"
    assert storing.ids(tmp_path / "nowhere") == []


def test_nothing_that_was_put_aside_is_lost(tmp_path: Path) -> None:
    kept = []
    for number in (b"1", b"2"):
        storing.put({"look.toml": number}, tmp_path, "mine")
        kept.append(storing.put_aside(tmp_path / "mine", tmp_path, "mine"))
    storing.put_back(kept[0], tmp_path, "mine")
    assert (tmp_path / "mine" / "look.toml").read_bytes() == b"1"
    with pytest.raises(FileExistsError):
        storing.put_back(kept[1], tmp_path, "mine")
    assert (kept[1] / "look.toml").read_bytes() == b"2" and not kept[0].exists()


def test_no_older_version_comes_in_the_place_of_one_that_goes(tmp_path: Path) -> None:
    storing.put({"look.toml": b"1"}, tmp_path, "mine")
    (tmp_path / "mine").rename(tmp_path / ".old-mine")
    (tmp_path / "mine").mkdir()
    storing.put_aside(tmp_path / "mine", tmp_path, "mine")
    assert storing.ids(tmp_path) == []


@pytest.mark.parametrize("nth", [1, 2])
def test_the_older_one_stays_when_a_newer_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    storing.put({"look.toml": b"1"}, tmp_path, "mine")
    replace, calls = os.replace, []

    def failing(*names: Any) -> None:
        calls.append(names)
        if len(calls) == nth:
            raise PermissionError(13, "in use")
        replace(*names)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(PermissionError):
        storing.put({"look.toml": b"2"}, tmp_path, "mine")
    assert os.listdir(tmp_path) == ["mine"]
    assert (tmp_path / "mine" / "look.toml").read_bytes() == b"1"


def test_what_was_being_replaced_when_the_program_ended_is_found(tmp_path: Path) -> None:
    storing.put({"look.toml": b"1"}, tmp_path, "mine")
    (tmp_path / "mine").rename(tmp_path / ".old-mine")
    assert storing.ids(tmp_path) == ["mine"]
    assert storing.find(tmp_path, "mine") == tmp_path / ".old-mine"
    storing.put({"look.toml": b"2"}, tmp_path, "mine")
    assert sorted(os.listdir(tmp_path)) == [".removed", "mine"]
    assert (tmp_path / ".removed" / "mine" / "look.toml").read_bytes() == b"1"


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    storing.write(b"1", tmp_path / "x.ctklook")
    storing.write(b"2", tmp_path / "x.ctklook")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.ctklook", b"2")]
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        storing.write(b"1", tmp_path / "folder")
    assert sorted(os.listdir(tmp_path)) == ["folder", "x.ctklook"]
