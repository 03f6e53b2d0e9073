"""Starting other programs: the one that the system opens a sound with, or one that the user chose.

Always as a list of arguments, never as a line for a shell; nothing here is for the window's thread.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from ctk.errors import CtkError

log = logging.getLogger(__name__)

ASK_S = 3.0
_ENDINGS = (".exe", ".app", ".appimage", ".sh")


def open_default(paths: Sequence[str]) -> None:
    """Open ``paths`` with the system's own choice. Raises ``CtkError`` when there is none."""
    for path in paths:
        if sys.platform == "win32":
            try:
                os.startfile(path)
            except OSError as exc:
                raise CtkError(_nothing_opens(path)) from exc
        elif not run(["open" if sys.platform == "darwin" else "xdg-open", path]):
            raise CtkError(_nothing_opens(path))


def open_with(program: str, paths: Sequence[str]) -> None:
    """Open ``paths`` with ``program``, which goes on by itself. Raises ``CtkError`` when it cannot be started."""
    command = command_for(program, paths, sys.platform)
    if not (run(command) if command[0] == "open" else _start(command)):
        raise CtkError(f"{title(program)} could not be started; choose another program.")


def command_for(program: str, paths: Sequence[str], platform: str) -> list[str]:
    """What starts ``program`` on this system. Raises ``CtkError`` for what is none."""
    if platform == "darwin" and program.rstrip("/").endswith(".app"):
        return ["open", "-a", program, *paths]
    if platform == "win32" and not program.lower().endswith(".exe"):  # a script would take names for commands
        raise CtkError(f"{title(program)} is not a program; choose one whose name ends in .exe.")
    return [program, *paths]


def title(program: str) -> str:
    """What people call a program: ``/usr/bin/audacity`` and ``org.audacityteam.Audacity`` are both Audacity."""
    name = os.path.basename(program.replace("\\", "/").rstrip("/"))
    for ending in _ENDINGS:
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
    if name.count(".") >= 2 and " " not in name:
        name = name.rpartition(".")[2]
    return name[:1].upper() + name[1:]


def run(command: str | list[str]) -> bool:
    """Run a helper of the system that ends soon; whether it did what it was asked."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=ASK_S, check=False, env=_environment())
    except subprocess.TimeoutExpired:
        return True  # one that stays in front
    except OSError as exc:
        log.debug("%s could not be run: %s", command, exc)
        return False
    return done.returncode == 0


def _start(command: list[str]) -> bool:
    """Start a program that outlives this one."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
    except OSError as exc:
        log.info("%s could not be started: %s", command[0], exc)
        return False
    return True


def _environment() -> Mapping[str, str] | None:
    """A bundle has libraries of its own, which are not for other programs."""
    if not getattr(sys, "frozen", False) or "LD_LIBRARY_PATH_ORIG" not in os.environ:
        return None
    return os.environ | {"LD_LIBRARY_PATH": os.environ["LD_LIBRARY_PATH_ORIG"]}


def _nothing_opens(path: str) -> str:
    if os.path.isdir(path):
        return f"No file manager could be opened; the folder is {path}."
    kind = os.path.splitext(path)[1].lstrip(".").upper()
    return f"This system has no program set up for {kind or 'such'} files; choose an audio editor instead."
