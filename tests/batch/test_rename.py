"""Renaming that never overwrites, in each of the three ways."""

import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from ctk.batch import rename as renames
from ctk.batch.rename import rename

WAYS = ["system", "links", "looking"]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if sys.platform == "win32" and request.param != "system":
        pytest.skip("only on systems other than Windows, which needs one way alone")
    if request.param != "system":
        monkeypatch.setattr(renames, "_exclusive", None)
    if request.param == "looking":

        def refuse(path: str, target: str, *, follow_symlinks: bool) -> None:
            raise PermissionError(errno.EPERM, "no links", path)

        monkeypatch.setattr(os, "link", refuse)
    return str(request.param)


def test_a_free_name_is_taken(way: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    inode = (tmp_path / "a").stat().st_ino
    rename(str(tmp_path / "a"), str(tmp_path / "b"))
    assert os.listdir(tmp_path) == ["b"]
    assert ((tmp_path / "b").stat().st_ino, (tmp_path / "b").stat().st_nlink) == (inode, 1)


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_a_taken_name_is_refused(way: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    if kind == "file":
        (tmp_path / "b").write_bytes(b"b")
    elif kind == "folder":
        (tmp_path / "b").mkdir()
    else:
        (tmp_path / "b").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        rename(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "a").read_bytes() == b"a"
    assert kind != "file" or (tmp_path / "b").read_bytes() == b"b"


def test_what_is_not_there_is_said(way: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rename(str(tmp_path / "a"), str(tmp_path / "b"))
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(FileNotFoundError):
        rename(str(tmp_path / "a"), str(tmp_path / "no" / "b"))
    assert (tmp_path / "a").read_bytes() == b"a"


@pytest.mark.parametrize("way", WAYS[:2], indirect=True)
def test_of_many_at_once_one_gets_the_name(way: str, tmp_path: Path) -> None:
    for number in range(200):
        files = [tmp_path / f"{number} {part}" for part in range(2)]
        for file in files:
            file.write_text(file.name)
        barrier = threading.Barrier(2)
        refused: list[str] = []

        def race(file: Path, target: Path, barrier: threading.Barrier, refused: list[str]) -> None:
            barrier.wait()
            try:
                rename(str(file), str(target))
            except FileExistsError:
                refused.append(file.name)

        target = tmp_path / f"{number} target"
        threads = [threading.Thread(target=race, args=(file, target, barrier, refused)) for file in files]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert (tmp_path / refused[0]).read_text() == refused[0]
        assert target.read_text() in {file.name for file in files} - set(refused)
