"""Holding folders: where removed files wait, on the volume they were on, until they are brought back or emptied."""

import os
import time
from collections.abc import Iterable

from ctk.batch.plan import View
from ctk.batch.same import status
from ctk.batch.trouble import Refused, words
from ctk.errors import CtkError
from ctk.paths import os_path

FOLDER = ".ctk-held"


class Holding:
    """Where the files of one removal go: into a folder with the moment in its name, at the top of each source."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._stamp = time.strftime("%Y-%m-%d_%H-%M-%S")
        self._tops: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def place(self, path: str, root: str) -> str:
        """Where a file of the source ``root`` goes; on a drive that is mounted inside the source it stays there."""
        folder = os.path.dirname(path)
        if folder not in self._tops:
            self._tops[folder] = self._top(folder, root)
        top = self._tops[folder]
        if top not in self._folders:
            self._folders[top] = self._fresh(top)
        return os.path.join(self._folders[top], path[len(os.path.join(top, "")) :])

    def _top(self, folder: str, root: str) -> str:
        volume = self._view.volume(folder)
        if volume == self._view.volume(root):
            return root
        while len(parent := os.path.dirname(folder)) >= len(root) and self._view.volume(parent) == volume:
            folder = parent
        return folder

    def _fresh(self, top: str) -> str:
        folder = os.path.join(top, FOLDER, self._stamp)
        count = 1
        while os.path.lexists(os_path(folder)):
            count += 1
            folder = os.path.join(top, FOLDER, f"{self._stamp}-{count}")
        return folder


def is_inside(path: str) -> bool:
    """Whether a path leads into a holding folder."""
    return FOLDER in path.split(os.sep)


def dispose(path: str, size_bytes: int, *, permanently: bool) -> int:
    """Send a held file to the system's trash, or delete it; the bytes that frees. Raises ``Refused``."""
    try:
        found = status(path)
        if found is None:
            return 0
        if found.st_size != size_bytes or not is_inside(path):
            raise Refused("This file is not what was removed; it is left where it is.")
        if permanently:
            os.unlink(os_path(path))
        else:
            _trash(path)
        return found.st_size if found.st_nlink == 1 else 0
    except OSError as exc:
        raise Refused(words(exc)) from exc


def _trash(path: str) -> None:
    try:
        from send2trash import send2trash
    except ImportError as exc:
        raise CtkError("The system's trash cannot be reached; the package send2trash is missing.") from exc
    try:
        send2trash(path)
    except OSError as exc:
        raise Refused(
            f"The system's trash did not take it ({exc.strerror or exc}); it waits in the holding folder."
        ) from exc
    if os.path.lexists(os_path(path)):
        raise Refused("The system's trash did not take it; it waits in the holding folder.")


def tidy(files: Iterable[str]) -> None:
    """Remove the folders of holding folders that ``files`` have left empty."""
    for folder in sorted({os.path.dirname(file) for file in files}, key=len, reverse=True):
        while is_inside(folder):
            try:
                os.rmdir(os_path(folder))
            except FileNotFoundError:
                pass
            except OSError:
                break
            folder = os.path.dirname(folder)  # noqa: PLW2901  # climbs
