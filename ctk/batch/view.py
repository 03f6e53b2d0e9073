"""The disk as a plan sees it, and what must hold of folders before anything is put into them."""

import os
import shutil
import stat
from collections.abc import Sequence

from ctk.batch.names import folded
from ctk.batch.plan import Seen
from ctk.catalog.protection import Protected
from ctk.paths import os_path

SIDE_ENDINGS = frozenset(
    f".{ending}" for ending in ("asd", "reapeaks", "reapindex", "sfk", "sfl", "pk", "pkf", "gpk", "mrk", "ovw")
)
"""Of files that audio programs keep beside a sound, named like it: peaks, markers, warping (lower case)."""


class DiskView:
    """Remembers what it saw of folders, so it is made anew for each plan. See ``ctk.batch.plan.View``."""

    def __init__(self, protected: Sequence[str]) -> None:
        self._protected = Protected(protected)
        self._names: dict[str, frozenset[str]] = {}
        self._sides: dict[str, dict[str, list[str]]] = {}
        self._folds: dict[str, bool] = {}
        self._volumes: dict[str, int] = {}

    def look(self, path: str) -> Seen | None:
        try:
            found = os.lstat(os_path(path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError):
            return Seen("hidden")
        mode = found.st_mode
        kind = "file" if stat.S_ISREG(mode) else "link" if stat.S_ISLNK(mode) else "other"
        return Seen(kind, found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino, found.st_nlink)  # type: ignore[arg-type]

    def side_files(self, path: str) -> Sequence[str]:
        folder, name = os.path.split(path)
        if folder not in self._sides:
            sides = self._sides[folder] = {}
            for other in self._listing(folder):
                owner, ending = os.path.splitext(other)
                if ending.lower() in SIDE_ENDINGS:
                    sides.setdefault(owner, []).append(ending)
        return self._sides[folder].get(name, ())

    def key(self, path: str) -> str:
        return folded(path) if self._ignores_case(os.path.dirname(path)) else path

    def volume(self, folder: str) -> int:
        if folder not in self._volumes:
            self._volumes[folder] = volume(folder)
        return self._volumes[folder]

    def room(self, folder: str) -> int:
        return shutil.disk_usage(os_path(_nearest(folder))).free

    def is_protected(self, path: str) -> bool:
        return self._protected.covers(path)

    def _listing(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(os_path(folder)))
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def _ignores_case(self, folder: str) -> bool:
        """Tried out on a name in the folder, or in the next one above; where there is none to try, it is assumed."""
        if folder not in self._folds:
            names = self._listing(folder)
            name = next((name for name in names if name.swapcase() != name and name.swapcase() not in names), None)
            parent = os.path.dirname(folder)
            if name is not None:
                self._folds[folder] = os.path.lexists(os_path(os.path.join(folder, name.swapcase())))
            else:
                self._folds[folder] = True if parent == folder else self._ignores_case(parent)
        return self._folds[folder]


def volume(folder: str) -> int:
    """The device of a folder, or of the nearest above it that is there."""
    return os.stat(os_path(_nearest(folder))).st_dev


def _nearest(folder: str) -> str:
    while not os.path.isdir(os_path(folder)):
        parent = os.path.dirname(folder)
        if parent == folder:
            break
        folder = parent
    return folder
