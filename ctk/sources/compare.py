"""What the walk lists against what the catalog knows: unchanged, news, and gone."""

import os
from collections.abc import Iterator

from ctk.catalog import rows
from ctk.catalog.rows import Known
from ctk.catalog.store import Store
from ctk.records import Problem
from ctk.sources.tally import Tally
from ctk.sources.walk import Listing


class Comparison:
    """Takes the listings of one source; afterwards ``gone()`` and ``back`` tell whose state changes."""

    def __init__(self, store: Store, source_id: int, root: str, tally: Tally, *, full: bool) -> None:
        self._store = store
        self._root = root
        self._tally = tally
        self._full = full
        self._folder_ids = rows.folders(store.read(), source_id)
        self._unseen = dict(self._folder_ids)
        self._left: dict[str, dict[bytes, Known]] = {}
        self._unread: list[bytes] = []
        self.back: list[int] = []
        """Rows marked missing whose files are there after all, unchanged."""

    def news(self, listing: Listing) -> Iterator[tuple[str, Known | None]]:
        """Names that must be opened, each with what was known of it; the unchanged ones are only counted."""
        key = os.fsencode(listing.folder)
        self._unseen.pop(key, None)
        if listing.problem:
            self._unread.append(key)
            self._tally.problems.append(Problem(os.path.join(self._root, listing.folder), listing.problem))
        known = self._left.pop(listing.folder, None)
        if known is None:
            known = self._known(key)
        tally, full, fsencode = self._tally, self._full, os.fsencode
        for name, size_bytes, mtime_ns in listing.files:
            seen = known.pop(fsencode(name), None)
            tally.files += 1
            if seen is None or full or seen.size_bytes != size_bytes or seen.mtime_ns != mtime_ns or not seen.read:
                yield name, seen
            else:
                self._unchanged(os.path.join(self._root, listing.folder, name) if seen.reason else "", seen)
        if known:
            self._left[listing.folder] = known

    def gone(self) -> list[int]:
        """Present rows that no listing named, where their folder was read to its end."""
        ids = [
            known.id
            for folder, left in self._left.items()
            if not self._is_unread(os.fsencode(folder))
            for known in left.values()
            if known.state != "missing"
        ]
        folders = [id for folder, id in self._unseen.items() if not self._is_unread(folder)]
        return ids + rows.present_ids(self._store.read(), folders)

    def _known(self, folder: bytes) -> dict[bytes, Known]:
        folder_id = self._folder_ids.get(folder)
        return {} if folder_id is None else rows.in_folder(self._store.read(), folder_id)

    def _unchanged(self, path: str, seen: Known) -> None:
        self._tally.unchanged += 1
        self._tally.count(seen.size_bytes, seen.duration_s)
        if seen.state == "missing":
            self.back.append(seen.id)
        if seen.reason:
            self._tally.problems.append(Problem(path, seen.reason))

    def _is_unread(self, folder: bytes) -> bool:
        separator = os.fsencode(os.sep)
        return any(not top or folder == top or folder.startswith(top + separator) for top in self._unread)
