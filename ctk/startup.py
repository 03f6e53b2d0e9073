"""Starting with the computer, hidden in the tray: on, off, and how it stands, as each system has it.

Windows: https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys. macOS: ``man launchd.plist``.
Linux: https://specifications.freedesktop.org/autostart-spec/.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from ctk import paths
from ctk.errors import CtkError

RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED_KEY = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where Windows' own settings turn such an entry off: its first byte is odd then."""
LABEL = "org.creators-toolkit.tray"
DESKTOP_ENTRY = """\
[Desktop Entry]
Type=Application
Name=Creator's Toolkit
Comment=Where are all my audio files?
TryExec={program}
Exec={command}
Icon={icon}
Terminal=false
X-GNOME-Autostart-enabled=true
"""
OFF = ("hidden=true", "x-gnome-autostart-enabled=false")
"""How desktops turn an entry off themselves."""


class Startup(Protocol):
    """The entry of this program among those that start with the computer."""

    def is_on(self) -> bool: ...

    def turn(self, on: bool) -> None:
        """Raises ``CtkError`` where the system does not let it."""
        ...


def startup(home: Path) -> Startup:
    """The entry as this system has it; it starts the program with this ``home``."""
    command = [*program(), *([] if home == paths.usual_home() else ["--home", str(home)]), "--tray"]
    if sys.platform == "win32":
        import winreg

        return RunKey(command, winreg)
    if sys.platform == "darwin":
        return LaunchAgent(command, Path.home() / "Library" / "LaunchAgents")
    config = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if os.path.isabs(config) else Path.home() / ".config"
    return AutostartFile(command, folder / "autostart")


def program() -> list[str]:
    """What starts this program again."""
    image = os.environ.get("APPIMAGE")
    if getattr(sys, "frozen", False):
        window = Path(sys.executable).with_name(f"{paths.APP_NAME}.exe")  # Windows: that one opens no console
        return [image or str(window if window.exists() else sys.executable)]
    name = "pythonw.exe" if sys.platform == "win32" else ""
    quiet = Path(sys.executable).with_name(name) if name else Path(sys.executable)
    return [str(quiet if quiet.exists() else sys.executable), "-m", "ctk"]


class AutostartFile:
    """A desktop entry in the user's autostart folder."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._file = folder / "creators-toolkit.desktop"

    def is_on(self) -> bool:
        try:
            lines = self._file.read_text("utf-8", "replace").lower().split("\n")
        except OSError:
            return False
        return not any(line.replace(" ", "") in OFF for line in lines)

    def turn(self, on: bool) -> None:
        command = " ".join(map(_quoted, self._command))
        entry = DESKTOP_ENTRY.format(
            program=_escaped(self._command[0]), command=command, icon=paths.assets() / "icon.png"
        )
        _put(self._file, entry.encode("utf-8", "surrogateescape") if on else None)


class LaunchAgent:
    """A property list in the user's folder of agents."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._file = folder / f"{LABEL}.plist"

    def is_on(self) -> bool:
        import plistlib

        try:
            agent = plistlib.loads(self._file.read_bytes())
        except (OSError, ValueError, plistlib.InvalidFileException):
            return False
        return bool(agent.get("RunAtLoad")) and not agent.get("Disabled")

    def turn(self, on: bool) -> None:
        import plistlib

        agent = {
            "Label": LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        _put(self._file, plistlib.dumps(agent) if on else None)


class RunKey:
    """A value in the registry; ``registry`` is the module ``winreg``."""

    NAME = "Creators Toolkit"

    def __init__(self, command: Sequence[str], registry: Any) -> None:
        self._command = command
        self._registry = registry

    def is_on(self) -> bool:
        approved = self._value(APPROVED_KEY)
        return self._value(RUN_KEY) is not None and not (approved and approved[0] & 1)

    def turn(self, on: bool) -> None:
        import subprocess

        registry = self._registry
        try:
            self._forget(APPROVED_KEY)
            if on:
                with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, RUN_KEY, 0, registry.KEY_SET_VALUE) as key:
                    line = subprocess.list2cmdline(self._command)
                    registry.SetValueEx(key, self.NAME, 0, registry.REG_SZ, line)
            else:
                self._forget(RUN_KEY)
        except OSError as exc:
            raise _refused(on, exc) from exc

    def _value(self, place: str) -> Any:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, place) as key:
                return registry.QueryValueEx(key, self.NAME)[0]
        except OSError:
            return None

    def _forget(self, place: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, place, 0, registry.KEY_SET_VALUE) as key:
                registry.DeleteValue(key, self.NAME)
        except FileNotFoundError:
            return


def _put(file: Path, content: bytes | None) -> None:
    """Write ``file`` whole, or take it away."""
    try:
        if content is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(content)
        os.replace(part, file)
    except OSError as exc:
        raise _refused(content is not None, exc) from exc


def _refused(on: bool, exc: OSError) -> CtkError:
    return CtkError(f"Starting with the computer could not be turned {'on' if on else 'off'}: {exc.strerror}.")


def _escaped(value: str) -> str:
    """A plain value of a desktop entry."""
    return value.replace("\\", "\\\\")


def _quoted(argument: str) -> str:
    """An argument as the ``Exec`` of a desktop entry has it: quoted, and escaped once more as any of its values."""
    for char in ("\\", '"', "`", "$"):
        argument = argument.replace(char, "\\" + char)
    return '"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"'
