"""What the walk lists against what the catalog knows: unchanged, news, and gone."""

import os
from collections.abc import Iterator

from ctk import fingerprint
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
        self._folders = rows.listed(store.read(), source_id)
        self._unseen = {folder: found.id for folder, found in self._folders.items()}
        self._left: dict[str, dict[bytes, Known]] = {}
        self._unread: list[bytes] = []
        self.back: list[int] = []
        """Rows marked missing whose files are there after all, unchanged."""
        self.listings: list[tuple[bytes, bytes, int]] = []
        """Folder, digest of its listing, and number of files, where the catalog holds no digest that agrees."""

    def news(self, listing: Listing) -> Iterator[tuple[bytes, Known | None]]:
        """Names that must be opened, each with what was known of it; the unchanged ones are only counted."""
        key = os.fsencode(listing.folder)
        self._unseen.pop(key, None)
        if listing.problem:
            self._unread.append(key)
            self._complain(listing.folder, listing.problem)
        elif self._is_as_it_was(key, listing):
            return
        known = self._left.pop(listing.folder, None)
        if known is None:
            known = self._known(key)
        yield from self._compare(listing, known)
        if known:
            self._left[listing.folder] = known

    def _compare(self, listing: Listing, known: dict[bytes, Known]) -> Iterator[tuple[bytes, Known | None]]:
        """The news among the files of one folder; what is met is taken out of ``known``."""
        full, recall = self._full, known.pop
        unchanged, total_bytes, total_s = 0, 0, 0.0
        for name, size_bytes, mtime_ns in listing.files:
            seen = recall(name, None)
            if seen is None:
                yield name, None
                continue
            _, id, old_size, old_mtime_ns, duration_s, read, missing, reason = seen
            if full or old_size != size_bytes or old_mtime_ns != mtime_ns or not read:
                yield name, seen
                continue
            unchanged += 1
            total_bytes += size_bytes
            total_s += duration_s or 0.0
            if missing:
                self.back.append(id)
            if reason:
                self._complain(os.path.join(listing.folder, os.fsdecode(name)), reason)
        self._tally.files += len(listing.files)
        self._tally.unchanged += unchanged
        self._tally.count(total_bytes, total_s)

    def gone(self) -> list[int]:
        """Present rows that no listing named, where their folder was read to its end."""
        ids = [
            id
            for folder, left in self._left.items()
            if not self._is_unread(os.fsencode(folder))
            for _, id, *_, missing, _ in left.values()
            if not missing
        ]
        folders = [id for folder, id in self._unseen.items() if not self._is_unread(folder)]
        return ids + rows.present_ids(self._store.read(), folders)

    def _is_as_it_was(self, key: bytes, listing: Listing) -> bool:
        """Whether the folder lists what its rows say; then it is counted without a look at them."""
        listing.files.sort()
        digest = fingerprint.of_listing(listing.files)
        last = self._folders.get(key)
        if self._full or last is None or last.listing != digest:
            self.listings.append((key, digest, len(listing.files)))
            return False
        self._tally.files += last.files
        self._tally.unchanged += last.files
        self._tally.count(last.bytes, last.duration_s)
        return True

    def _known(self, folder: bytes) -> dict[bytes, Known]:
        found = self._folders.get(folder)
        return {} if found is None else rows.in_folder(self._store.read(), found.id)

    def _complain(self, path: str, reason: str) -> None:
        self._tally.problems.append(Problem(os.path.join(self._root, path), reason))

    def _is_unread(self, folder: bytes) -> bool:
        separator = os.fsencode(os.sep)
        return any(not top or folder == top or folder.startswith(top + separator) for top in self._unread)
