"""A second start of the program: finds the window of the first, hands the folders over, and is done.

It imports next to nothing, so that the window is in front at once.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ctk import paths
from ctk.errors import CtkError
from ctk.remote import door
from ctk.remote.door import Door

STARTING_S = 30.0
"""How long the first may take until it answers."""
POLL_S = 0.05
TRAY = "--tray"


def done(arguments: Sequence[str]) -> bool:
    """Whether a command line that asks for the window was handed to the window that there is.

    One that asks for the tray only is content with a window wherever it is, and leaves it there.
    """
    asked = window_asked(arguments)
    if asked is None:
        return False
    home, folders = asked
    return _found(paths.home(home), folders, stir=TRAY not in arguments)


def window_asked(arguments: Sequence[str]) -> tuple[str | None, list[str]] | None:
    """The home and folders of a command line that asks for no more than the window; ``None`` for any other."""
    home: str | None = None
    folders = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--home":
            home = next(rest, "")
        elif argument.startswith("--home="):
            home = argument.partition("=")[2]
        elif not argument.startswith("-") and os.path.isdir(argument):
            folders.append(argument)
        elif argument != TRAY:
            return None
    return None if home == "" else (home, folders)


def insist(home: Path, folders: Sequence[str]) -> None:
    """Have the window that there is, maybe still starting, come forward. Raises ``CtkError`` where none answers."""
    deadline = time.monotonic() + STARTING_S
    while not _found(home, folders):
        if time.monotonic() > deadline:
            raise CtkError("Creator's Toolkit is running already, but does not answer. Please end it and start again.")
        time.sleep(POLL_S)


def show(there: Door, folders: Sequence[str]) -> bool:
    """Have the window come forward; false where the core has none, or nobody is behind the door."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(there.pid)  # only who was just started may pass this on
    whole = [os.path.abspath(folder) for folder in folders]
    return _result(there, "window.show", {"folders": whole}) is not False


def stands(there: Door) -> bool:
    """Whether the core behind a door has a window, in sight or in the tray."""
    info = _result(there, "core.info", {})
    return isinstance(info, dict) and info.get("window") is True


def _found(home: Path, folders: Sequence[str], *, stir: bool = True) -> bool:
    doors = [there for name in door.FILES if (there := door.read(home, name)) is not None]
    return any(show(there, folders) if stir or folders else stands(there) for there in doors)


def _result(there: Door, method: str, params: dict[str, object]) -> object:
    """The result of a method; false where there is none."""
    try:
        return door.ask(there, method, params).get("result", False)
    except (OSError, ValueError):
        return False
