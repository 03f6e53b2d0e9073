"""Protected folders, recognised under whatever name or link a path reaches them."""

import os
from collections.abc import Iterator, Sequence

from ctk.catalog.store import Connection
from ctk.paths import os_path

Place = tuple[int, int]


class Protected:
    """Answers for one piece of work; what it found out about folders is remembered."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._names = {os.path.normcase(folder) for folder in folders}
        self._places = {found for folder in folders if (found := _place(folder))}
        self._covered: dict[str, bool] = {}

    @classmethod
    def of(cls, connection: Connection) -> "Protected":
        """The folders that the catalog knows to be protected."""
        return cls([os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM protected")])

    def covers(self, path: str) -> bool:
        """Whether the file ``path`` lies in a protected folder."""
        return bool(self._names) and self.holds(os.path.dirname(path))

    def holds(self, folder: str) -> bool:
        """Whether ``folder`` is protected or lies in one that is."""
        if not self._names:
            return False
        if folder not in self._covered:
            real = os.path.realpath(folder)
            above = {*_above(folder), *_above(real)}
            self._covered[folder] = any(os.path.normcase(top) in self._names for top in above) or any(
                _place(top) in self._places for top in above
            )
        return self._covered[folder]


def _above(folder: str) -> Iterator[str]:
    """A folder and every one it lies in."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def _place(folder: str) -> Place | None:
    try:
        found = os.stat(os_path(folder))
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None
