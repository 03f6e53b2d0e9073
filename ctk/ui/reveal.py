"""Showing a file in the system's own file manager."""

import os
import sys

from ctk.errors import CtkError, NotFound
from ctk.ui import programs, uris

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
    shown = any(programs.run(command) for command in commands(path, sys.platform))
    if not shown and sys.platform != "win32":  # where it answers 1 when all is well
        raise CtkError(f"No file manager could be opened; the file is in {folder}.")


def commands(path: str, platform: str) -> list[str | list[str]]:
    """What shows ``path`` on this system, the best first; a whole text where the system wants its own quotes."""
    if platform == "win32":
        return [f'explorer /select,"{path}"']
    if platform == "darwin":
        return [["open", "-R", path]]
    return [[*_SHOW_ITEMS.split(), f"['{_quoted(uris.uri(path))}']", ""], ["xdg-open", os.path.dirname(path)]]


def _quoted(uri: str) -> str:
    """For the text form of a GVariant."""
    return uri.replace("\\", "\\\\").replace("'", "\\'")
