"""Other programs are started with a list of arguments; what cannot be started is said."""

import os
import sys
import time
from pathlib import Path

import pytest

from ctk.errors import CtkError
from ctk.ui import programs

only_linux = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only on Linux, where a program is a script"
)


@pytest.fixture
def bin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs, which are to be made."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def script(file: Path, after: str = "exit 0") -> Path:
    """A program that notes what it is given, each argument on a line."""
    file.write_text(f'#!/bin/sh\nfor each in "$@"; do echo "$each" >> "{file.parent}/told"; done\n{after}\n')
    file.chmod(0o755)
    return file


def told(folder: Path, lines: int) -> list[str]:
    """What the programs were given, once it is so many lines."""
    deadline = time.monotonic() + 10
    while True:
        said = (folder / "told").read_text().splitlines() if (folder / "told").exists() else []
        if len(said) >= lines or time.monotonic() > deadline:
            return said
        time.sleep(0.01)


@only_linux
def test_the_system_opens_each_sound(bin: Path) -> None:
    script(bin / "xdg-open")
    programs.open_default(["/music/$(reboot) a.wav", "/music/-b; c.wav"])
    assert told(bin, 2) == ["/music/$(reboot) a.wav", "/music/-b; c.wav"]


@only_linux
def test_a_system_that_knows_no_program_is_said(bin: Path) -> None:
    script(bin / "xdg-open", "exit 3")
    with pytest.raises(CtkError, match="no program set up for WAV files"):
        programs.open_default(["/music/a.wav"])
    (bin / "xdg-open").unlink()
    with pytest.raises(CtkError, match="no program set up for such files"):
        programs.open_default(["/music/a"])
    with pytest.raises(CtkError) as told:
        programs.open_default([str(bin)])
    assert str(told.value) == f"No file manager could be opened; the folder is {bin}."


@only_linux
def test_a_chosen_program_gets_all_sounds_and_goes_on_by_itself(bin: Path) -> None:
    editor = script(bin / "my editor", "/bin/sleep 5")
    began = time.monotonic()
    programs.open_with(str(editor), ["/music/a b.wav", "/music/c.wav"])
    assert time.monotonic() - began < 4
    assert told(bin, 2) == ["/music/a b.wav", "/music/c.wav"]


@only_linux
def test_what_is_no_program_is_said(bin: Path) -> None:
    (bin / "notes.txt").write_text("no program")
    for name in ("nowhere", "notes.txt"):
        with pytest.raises(CtkError, match=f"{name.capitalize()} could not be started; choose another program."):
            programs.open_with(str(bin / name), ["/music/a.wav"])


def test_each_system_has_its_own_way() -> None:
    paths = ["/a.wav", "/b.wav"]
    assert programs.command_for("/usr/bin/audacity", paths, "linux") == ["/usr/bin/audacity", *paths]
    assert programs.command_for("/Applications/Audacity.app", paths, "darwin") == [
        *("open", "-a", "/Applications/Audacity.app"),
        *paths,
    ]
    assert programs.command_for("C:\\Audacity\\Audacity.EXE", paths, "win32")[0] == "C:\\Audacity\\Audacity.EXE"
    with pytest.raises(CtkError, match=r"ends in \.exe"):
        programs.command_for("C:\\tools\\edit.bat", paths, "win32")


@pytest.mark.parametrize(
    ("program", "title"),
    [
        ("/usr/bin/audacity", "Audacity"),
        ("C:\\Program Files\\Audacity\\Audacity.exe", "Audacity"),
        ("/Applications/Logic Pro.app", "Logic Pro"),
        ("/Applications/Logic Pro.app/", "Logic Pro"),
        ("/var/lib/flatpak/exports/bin/org.audacityteam.Audacity", "Audacity"),
        ("/opt/REAPER/reaper", "Reaper"),
        ("/home/me/Ocenaudio-3.11.AppImage", "Ocenaudio-3.11"),
        ("", ""),
    ],
)
def test_programs_have_names(program: str, title: str) -> None:
    assert programs.title(program) == title


@only_linux
def test_a_bundle_keeps_its_libraries_to_itself(bin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = script(bin / "editor", f'echo "$LD_LIBRARY_PATH" >> "{bin}/told"')
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usual")
    programs.open_with(str(editor), ["/a.wav"])
    assert told(bin, 2) == ["/a.wav", "/usual"]
    assert os.environ["LD_LIBRARY_PATH"] == "/bundle"
