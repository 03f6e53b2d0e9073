"""Folders that are somewhere else as a whole: recognised by what they list, without a look into their files.

The old place is empty, and every file in the new one has the name, the size, the time and the number that the drive
gave it: nothing but a renamed folder looks so. What only resembles it is left to the contents of its files.
"""

import os
from collections import defaultdict
from collections.abc import Iterable

from ctk.catalog import folder_rows
from ctk.catalog.folder_rows import Whole
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.paths import os_path
from ctk.sources.walk import Listing


class FolderMoves:
    """For one scan. ``here`` are the sources whose drives are here; nothing is said of others."""

    def __init__(self, store: Store, here: Iterable[Root]) -> None:
        self._store = store
        self._roots = {root.id: root.path for root in here}
        self._by_listing: dict[bytes, list[Whole]] | None = None
        self._claimed: list[tuple[int, int, bytes]] = []
        self._carried_out: list[int] = []

    def claim(self, source_id: int, listing: Listing, digest: bytes) -> Whole | None:
        """The folder that a new one, of which a source holds no rows, was before."""
        if not listing.files:
            return None
        if self._by_listing is None:
            self._by_listing = defaultdict(list)
            for whole in folder_rows.wholes(self._store.read()):
                self._by_listing[whole.listing].append(whole)
        candidates = self._by_listing.get(digest, [])
        for whole in candidates:
            if self._is_it(whole, os.path.join(self._roots[source_id], listing.folder)):
                candidates.remove(whole)
                self._claimed.append((whole.id, source_id, os.fsencode(listing.folder)))
                return whole
        return None

    def carry_out(self) -> None:
        """Let the rows follow the folders claimed so far."""
        if claimed := self._claimed:
            self._store.write(lambda connection: folder_rows.move(connection, claimed)).result()
            self._carried_out += [folder_id for folder_id, *_ in claimed]
            self._claimed = []

    def followed(self) -> set[int]:
        """The sounds that went along."""
        return folder_rows.sounds_in(self._store.read(), self._carried_out)

    def _is_it(self, whole: Whole, path: str) -> bool:
        root = self._roots.get(whole.source_id)
        if root is None or not _is_gone(os.path.join(root, os.fsdecode(whole.path))):
            return False
        known = folder_rows.inodes(self._store.read(), whole.id)
        try:
            with os.scandir(os.fsencode(os_path(path))) as entries:
                there = {entry.name: _signed(entry.inode()) for entry in entries if entry.name in known}
        except OSError:
            return False
        return there == known and all(there.values())


def _is_gone(folder: str) -> bool:
    """Whether no such folder is there; when that cannot be told, it is not gone."""
    try:
        os.lstat(os_path(folder))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _signed(number: int) -> int:
    """As SQLite keeps whole numbers."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)
