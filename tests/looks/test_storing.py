"""Folders of looks that are there whole or not at all."""

import os
from pathlib import Path
from typing import Any

import pytest

from ctk.looks import storing


def test_put_find_and_drop(tmp_path: Path) -> None:
    storing.put({"look.toml": b"1", "a/b.png": b"2"}, tmp_path, "mine")
    assert storing.ids(tmp_path) == ["mine"]
    assert storing.find(tmp_path, "mine") == tmp_path / "mine"
    assert (tmp_path / "mine" / "a" / "b.png").read_bytes() == b"2"
    storing.drop(tmp_path, "mine")
    assert (os.listdir(tmp_path), storing.find(tmp_path, "mine")) == ([], None)
    storing.drop(tmp_path, "mine")
    assert storing.ids(tmp_path / "nowhere") == []


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
    assert os.listdir(tmp_path) == ["mine"]


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    storing.write(b"1", tmp_path / "x.ctklook")
    storing.write(b"2", tmp_path / "x.ctklook")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.ctklook", b"2")]
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        storing.write(b"1", tmp_path / "folder")
    assert sorted(os.listdir(tmp_path)) == ["folder", "x.ctklook"]
