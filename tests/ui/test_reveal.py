"""Showing a file in the file manager of each system."""

import os
import sys
from pathlib import Path

import pytest

from ctk.errors import CtkError, NotFound
from ctk.ui import reveal


def test_each_system_has_its_own_way() -> None:
    path = "/music/it's a kick.wav"
    assert reveal.commands(path, "win32") == [f'explorer /select,"{path}"']
    assert reveal.commands(path, "darwin") == [["open", "-R", path]]
    if sys.platform != "win32":
        asked, folder = reveal.commands(path, "linux")
        assert asked[-2:] == ["['file:///music/it%27s%20a%20kick.wav']", ""]
        assert folder == ["xdg-open", "/music"]


@pytest.mark.skipif(os.name == "nt", reason="only on systems where names are any bytes")
def test_any_name_can_be_asked_for() -> None:
    (asked, _) = reveal.commands(os.fsdecode(b"/music/caf\xe9.wav"), "linux")
    assert asked[-2] == "['file:///music/caf%E9.wav']"


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    """Nothing but these programs can be run; each appends what it is given to ``told``."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("only on Linux, where programs are scripts")
    for name, after in scripts.items():
        script = folder / name.replace("_", "-")
        script.write_text(f'#!/bin/sh\necho "$0 $*" >> "{folder}/told"\n{after}\n')
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_the_folder_is_opened_where_nothing_can_point_at_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs(tmp_path, monkeypatch, gdbus="exit 1", xdg_open="exit 0")
    sound = tmp_path / "kick.wav"
    sound.touch()
    reveal.reveal(str(sound))
    asked, opened = (tmp_path / "told").read_text().splitlines()
    assert "ShowItems" in asked and "kick.wav" in asked
    assert opened.endswith(f"xdg-open {tmp_path}")


def test_no_file_manager_is_said_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch, gdbus="exit 1", xdg_open="exit 3")
    (tmp_path / "kick.wav").touch()
    with pytest.raises(CtkError, match=f"the file is in {tmp_path}"):
        reveal.reveal(str(tmp_path / "kick.wav"))


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        reveal.reveal(str(tmp_path / "nowhere" / "kick.wav"))
