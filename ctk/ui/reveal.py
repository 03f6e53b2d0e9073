"""Showing a file in the system's own file manager."""

import logging
import os
import sys
from pathlib import Path

from ctk.errors import CtkError, NotFound

log = logging.getLogger(__name__)

ASK_S = 3.0
_SHOW_ITEMS = (
    "gdbus call --session --timeout 2 --dest org.freedesktop.FileManager1 --object-path /org/freedesktop/FileManager1"
    " --method org.freedesktop.FileManager1.ShowItems"
)


def reveal(path: str) -> None:
    """Open the folder of ``path`` and point at it there. Takes a moment, so not for the window's thread.

    Raises ``NotFound`` when neither file nor folder is there, ``CtkError`` where there is no file manager.
    """
    folder = os.path.dirname(path)
    if not os.path.lexists(path) and not os.path.isdir(folder):
        raise NotFound("This file and its folder are no longer there.")
    if not any(_run(command) for command in commands(path, sys.platform)):
        raise CtkError(f"No file manager could be opened; the file is in {folder}.")


def commands(path: str, platform: str) -> list[str | list[str]]:
    """What shows ``path`` on this system, the best first; a whole text where the system wants its own quotes."""
    if platform == "win32":
        return [f'explorer /select,"{path}"']  # which answers 1 when all is well
    if platform == "darwin":
        return [["open", "-R", path]]
    uri = Path(path).as_uri()
    return [[*_SHOW_ITEMS.split(), f"['{_quoted(uri)}']", ""], ["xdg-open", os.path.dirname(path)]]


def _quoted(uri: str) -> str:
    """For the text form of a GVariant."""
    return uri.replace("\\", "\\\\").replace("'", "\\'")


def _run(command: str | list[str]) -> bool:
    import subprocess

    try:
        code = subprocess.run(command, capture_output=True, timeout=ASK_S, check=False).returncode
    except subprocess.TimeoutExpired:
        return True  # a file manager that stays in front
    except OSError as exc:
        log.debug("%s could not be run: %s", command, exc)
        return False
    return code == 0 or sys.platform == "win32"
