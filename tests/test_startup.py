"""Starting with the computer, as each system keeps it: on, off, and what the system's own settings made of it."""

import plistlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ctk import paths
from ctk.errors import CtkError
from ctk.startup import APPROVED_KEY, RUN_KEY, AutostartFile, LaunchAgent, RunKey, Startup, program, startup

COMMAND = ["/opt/my tools/ctk", "--home", '/home/me/50% "of" $it\\all`', "--tray"]


class Registry:
    """As much of ``winreg`` as is needed, in a dictionary."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = 1, 2, 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {APPROVED_KEY: {}}
        self.refuses = False

    @contextmanager
    def OpenKey(self, root: int, place: str, _: int = 0, access: int = 0) -> Iterator[dict[str, Any]]:
        assert root == self.HKEY_CURRENT_USER
        if place not in self.keys:
            raise FileNotFoundError(2, "not found", place)
        yield self.keys[place]

    @contextmanager
    def CreateKeyEx(self, root: int, place: str, _: int, access: int) -> Iterator[dict[str, Any]]:
        if self.refuses:
            raise PermissionError(5, "Access is denied")
        yield self.keys.setdefault(place, {})

    def QueryValueEx(self, key: dict[str, Any], name: str) -> tuple[Any, int]:
        if name not in key:
            raise FileNotFoundError(2, "not found", name)
        return key[name], self.REG_SZ

    def SetValueEx(self, key: dict[str, Any], name: str, _: int, kind: int, value: str) -> None:
        key[name] = value

    def DeleteValue(self, key: dict[str, Any], name: str) -> None:
        if name not in key:
            raise FileNotFoundError(2, "not found", name)
        del key[name]


def systems(folder: Path) -> list[Startup]:
    return [AutostartFile(COMMAND, folder / "xdg"), LaunchAgent(COMMAND, folder / "mac"), RunKey(COMMAND, Registry())]


@pytest.mark.parametrize("number", range(3))
def test_on_and_off_and_twice(number: int, tmp_path: Path) -> None:
    entry = systems(tmp_path)[number]
    assert not entry.is_on()
    for on in (True, True, False, False, True):
        entry.turn(on)
        assert entry.is_on() is on


def test_a_desktop_entry_starts_what_it_should(tmp_path: Path) -> None:
    script = tmp_path / "said $HOME 100%.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write('\\n'.join(sys.argv[2:]))")
    told = tmp_path / 'told "it"'
    entry = AutostartFile([sys.executable, str(script), str(told), *COMMAND], tmp_path)
    entry.turn(True)
    lines = (tmp_path / "creators-toolkit.desktop").read_text("utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    subprocess.run(_parsed(next(line for line in lines if line.startswith("Exec="))[5:]), check=True)
    assert told.read_text().split("\n") == COMMAND


def test_a_desktop_entry_is_ignored_once_the_program_is_removed(tmp_path: Path) -> None:
    AutostartFile([r"/opt/a\b/ctk", "--tray"], tmp_path).turn(True)
    assert r"TryExec=/opt/a\\b/ctk" in (tmp_path / "creators-toolkit.desktop").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_a_desktop_may_turn_its_entry_off(line: str, tmp_path: Path) -> None:
    entry = AutostartFile(COMMAND, tmp_path)
    entry.turn(True)
    file = tmp_path / "creators-toolkit.desktop"
    file.write_text(file.read_text("utf-8").replace("X-GNOME-Autostart-enabled=true", line), "utf-8")
    assert not entry.is_on()
    entry.turn(True)
    assert entry.is_on()


def test_an_agent_starts_what_it_should(tmp_path: Path) -> None:
    entry = LaunchAgent(COMMAND, tmp_path)
    entry.turn(True)
    file = tmp_path / "org.creators-toolkit.tray.plist"
    agent = plistlib.loads(file.read_bytes())
    assert (agent["ProgramArguments"], agent["RunAtLoad"], agent.get("KeepAlive")) == (COMMAND, True, None)
    file.write_bytes(b"something else")
    assert not entry.is_on()


def test_windows_runs_what_it_should_and_may_turn_it_off() -> None:
    registry = Registry()
    entry = RunKey(["C:\\my tools\\ctk.exe", "--tray"], registry)
    entry.turn(True)
    assert registry.keys[RUN_KEY] == {"Creators Toolkit": '"C:\\my tools\\ctk.exe" --tray'}
    registry.keys[APPROVED_KEY]["Creators Toolkit"] = b"\x03" + bytes(11)
    assert not entry.is_on()
    entry.turn(True)
    assert entry.is_on()


def test_what_the_system_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "xdg").write_text("a file where the folder should be")
    registry = Registry()
    registry.refuses = True
    for entry in (AutostartFile(COMMAND, tmp_path / "xdg"), RunKey(COMMAND, registry)):
        with pytest.raises(CtkError, match="could not be turned on: "):
            entry.turn(True)


def test_the_program_can_be_started_so(tmp_path: Path) -> None:
    done = subprocess.run([*program(), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Creator's Toolkit")


def test_a_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("APPIMAGE", raising=False)
    assert program() == [sys.executable]
    monkeypatch.setenv("APPIMAGE", "/home/me/ctk.AppImage")
    assert program() == ["/home/me/ctk.AppImage"]


def test_a_bundle_for_windows_starts_without_a_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("APPIMAGE", raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ctk.exe"))
    (tmp_path / "Creators Toolkit.exe").touch()
    assert program() == [str(tmp_path / "Creators Toolkit.exe")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux")
def test_the_home_is_named_where_it_is_not_the_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "autostart" / "creators-toolkit.desktop"
    startup(tmp_path / "mine").turn(True)
    assert "/mine" in file.read_text("utf-8")
    startup(paths.usual_home()).turn(True)
    assert "--home" not in file.read_text("utf-8")
    assert '"--tray"' in file.read_text("utf-8")


def _parsed(value: str) -> list[str]:
    """``Exec`` as desktops read it: first as any value, then its quoted arguments."""
    value = value.replace("\\\\", "\\")
    arguments, rest = [], value
    while rest:
        assert rest[0] == '"'
        argument, at = "", 1
        while rest[at] != '"':
            at += rest[at] == "\\"
            argument += rest[at]
            at += 1
        arguments.append(argument.replace("%%", "%"))
        rest = rest[at + 1 :].lstrip()
    return arguments
