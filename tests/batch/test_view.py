"""The disk as a plan sees it: files, what belongs to them, case, volumes."""

import os
from pathlib import Path

import pytest

from ctk.batch.view import DiskView, volume


def test_what_is_there(tmp_path: Path) -> None:
    view = DiskView(())
    (tmp_path / "a.wav").write_bytes(b"abc")
    os.link(tmp_path / "a.wav", tmp_path / "b.wav")
    (tmp_path / "link").symlink_to("a.wav")
    found = os.stat(tmp_path / "a.wav")
    assert view.look(str(tmp_path / "a.wav")) == ("file", 3, found.st_mtime_ns, found.st_dev, found.st_ino, 2)
    kinds = {name: view.look(str(tmp_path / name)) for name in ("link", ".", "none", "a.wav/x", "nul\0")}
    assert {name: seen and seen.kind for name, seen in kinds.items()} == {
        "link": "link",
        ".": "other",
        "none": None,
        "a.wav/x": None,
        "nul\0": "hidden",
    }


def test_side_files(tmp_path: Path) -> None:
    for name in ("kick.wav", "kick.wav.asd", "kick.wav.ReaPeaks", "kick.wav.txt", "kick.asd", "snare.wav"):
        (tmp_path / name).touch()
    view = DiskView(())
    assert sorted(view.side_files(str(tmp_path / "kick.wav"))) == [".ReaPeaks", ".asd"]
    assert list(view.side_files(str(tmp_path / "snare.wav"))) == []
    assert list(view.side_files(str(tmp_path / "none" / "kick.wav"))) == []


def test_whether_case_counts_is_tried_out(tmp_path: Path) -> None:
    if os.path.exists(str(tmp_path).swapcase()):
        pytest.skip("only on disks that tell case apart")
    (tmp_path / "Kick.wav").touch()
    view = DiskView(())
    for folder in (tmp_path, tmp_path / "not made yet"):
        assert view.key(str(folder / "kick.wav")) != view.key(str(folder / "KICK.wav"))


def test_volumes(tmp_path: Path) -> None:
    view = DiskView(())
    assert view.volume(str(tmp_path / "not" / "made" / "yet")) == volume(str(tmp_path)) == os.stat(tmp_path).st_dev
    assert view.room(str(tmp_path / "not made yet")) > 0
