"""The file that tells where the door is."""

import stat
import sys
from pathlib import Path

import pytest

from ctk.remote import door
from ctk.remote.door import Door

OURS = Door(4711, "secret", 1, 1)


def test_it_is_written_read_and_removed(tmp_path: Path) -> None:
    door.write(tmp_path, OURS)
    door.write(tmp_path, OURS._replace(port=4712))
    assert door.read(tmp_path) == OURS._replace(port=4712)
    assert [file.name for file in tmp_path.iterdir()] == ["door.json"]
    door.remove(tmp_path, "of another")
    assert door.read(tmp_path) is not None
    door.remove(tmp_path, "secret")
    door.remove(tmp_path, "secret")
    assert door.read(tmp_path) is None


def test_a_window_beside_another_core_has_a_door_of_its_own(tmp_path: Path) -> None:
    door.write(tmp_path, OURS)
    door.write(tmp_path, OURS._replace(port=4712), door.BESIDE)
    door.remove(tmp_path, OURS.token)
    assert (door.read(tmp_path), door.read(tmp_path, door.BESIDE)) == (None, OURS._replace(port=4712))
    door.clear(tmp_path, door.BESIDE)
    door.clear(tmp_path, door.BESIDE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with permissions in the file")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    (tmp_path / "door.json.part").write_text("left by a crash")
    (tmp_path / "door.json.part").chmod(0o666)
    door.write(tmp_path, OURS)
    assert stat.S_IMODE((tmp_path / "door.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"port": "x", "token": "", "pid": 1, "contract": 1}', '{"port": 1}']
)
def test_what_cannot_be_read_is_no_door(tmp_path: Path, text: str) -> None:
    (tmp_path / "door.json").write_text(text)
    assert door.read(tmp_path) is None
