"""What the walk lists against what the catalog knows: unchanged, news, and gone."""

import os
from collections.abc import Collection, Iterator, Set

from ctk import fingerprint
from ctk.catalog import folder_rows, rows
from ctk.catalog.folder_rows import Listed, Whole
from ctk.catalog.rows import Known
from ctk.catalog.store import Store
from ctk.records import Problem
from ctk.sources.folder_moves import FolderMoves
from ctk.sources.tally import Tally
from ctk.sources.walk import Listing


class Comparison:
    """Takes the listings of one source; afterwards ``gone()`` and ``back`` tell whose state changes."""

    def __init__(
        self,
        store: Store,
        source_id: int,
        root: str,
        tally: Tally,
        moves: FolderMoves,
        *,
        full: bool,
        away: Collection[bytes] = (),
    ) -> None:
        """What is at or below the folders ``away`` is on drives that are not here."""
        self._store = store
        self._source_id = source_id
        self._root = root
        self._tally = tally
        self._moves = moves
        self._full = full
        self._away = away
        self._folders = folder_rows.listed(store.read(), source_id)
        self._unseen = {folder: found.id for folder, found in self._folders.items()}
        self._left: dict[str, dict[bytes, Known]] = {}
        self._unread: list[bytes] = []
        self.back: list[int] = []
        """Rows marked missing or online only whose files are there after all, unchanged."""
        self.online: list[int] = []
        """Rows whose files are only online now."""
        self.placeholders: list[tuple[str, tuple[bytes, int, int]]] = []
        """Folder and file of what is only online and in no row."""
        self.listings: list[tuple[bytes, bytes, int]] = []
        """Folder, digest of its listing, and number of files, where the catalog holds no digest that agrees."""

    @property
    def folders(self) -> Set[bytes]:
        """The folders that rows are in."""
        return self._folders.keys()

    @property
    def unread(self) -> bool:
        """Whether any folder could not be read to its end."""
        return bool(self._unread)

    def news(self, listing: Listing) -> Iterator[tuple[bytes, Known | None]]:
        """Names that must be opened, each with what was known of it; the unchanged ones are only counted."""
        key = os.fsencode(listing.folder)
        self._unseen.pop(key, None)
        if listing.problem:
            self._unread.append(key)
            self._complain(listing.folder, listing.problem)
        elif self._is_counted(key, listing):
            return
        known = self._left.pop(listing.folder, None)
        if known is None:
            known = self._known(key)
        yield from self._compare(listing, known)
        for file in listing.online:
            self._meet_online(listing.folder, file, known.pop(file[0], None))
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
            _, id, old_size, old_mtime_ns, duration_s, read, away, reason = seen
            if full or old_size != size_bytes or old_mtime_ns != mtime_ns or read != rows.WHOLLY:
                yield name, seen
                continue
            unchanged += 1
            total_bytes += size_bytes
            total_s += duration_s or 0.0
            if away:
                self.back.append(id)
            if reason:
                self._complain(os.path.join(listing.folder, os.fsdecode(name)), reason)
        self._tally.files += len(listing.files)
        self._tally.unchanged += unchanged
        self._tally.count(total_bytes, total_s)

    def _meet_online(self, folder: str, file: tuple[bytes, int, int], seen: Known | None) -> None:
        self._tally.cloud += 1
        if seen is None or (not seen[5] and seen[2:4] != file[1:]):
            self.placeholders.append((folder, file))
        elif seen[6] != rows.CLOUD:
            self.online.append(seen[1])

    def gone(self, below: Collection[bytes] | None = None) -> list[int]:
        """Present rows that no listing named, where their folder was read to its end. Of folders that were not listed
        only those at or ``below`` some count, all when ``None``."""
        ids = [
            id
            for folder, left in self._left.items()
            if not self._is_unread(os.fsencode(folder)) and not is_below(os.fsencode(folder), self._away)
            for _, id, *_, away, _ in left.values()
            if away != rows.MISSING
        ]
        folders = [
            id
            for folder, id in self._unseen.items()
            if not self._is_unread(folder)
            and not is_below(folder, self._away)
            and (below is None or is_below(folder, below))
        ]
        return ids + rows.present_ids(self._store.read(), folders)

    def offline(self) -> list[int]:
        """Rows whose files are on drives inside the source that are not here, where that is news."""
        if not self._away:
            return []
        news = (0, rows.CLOUD)
        left = [folder for folder in self._left if is_below(os.fsencode(folder), self._away)]
        ids = [id for folder in left for _, id, *_, away, _ in self._left[folder].values() if away in news]
        unseen = [folder for folder in self._unseen if is_below(folder, self._away)]
        return ids + [id for folder in unseen for _, id, *_, away, _ in self._known(folder).values() if away in news]

    def _is_counted(self, key: bytes, listing: Listing) -> bool:
        """Whether the folder lists what rows say, its own or those of one that is here now; then it is counted without
        a look at them."""
        last = self._folders.get(key)
        if last is None and not listing.files and not listing.online:
            return True
        listing.files.sort()
        digest = fingerprint.of_listing(listing.files)
        if not self._full and not listing.online:
            if last is not None and last.listing == digest:
                self._tally.unchanged += last.files
                self._count(last)
                return True
            if last is None and (whole := self._moves.claim(self._source_id, listing, digest)):
                self._unseen.pop(whole.path if whole.source_id == self._source_id else key, None)
                self._tally.moved += whole.files
                self._count(whole)
                return True
        self.listings.append((key, digest, len(listing.files)))
        return False

    def _count(self, folder: Listed | Whole) -> None:
        self._tally.files += folder.files
        self._tally.count(folder.bytes, folder.duration_s)

    def _known(self, folder: bytes) -> dict[bytes, Known]:
        found = self._folders.get(folder)
        return {} if found is None else rows.in_folder(self._store.read(), found.id)

    def _complain(self, path: str, reason: str) -> None:
        self._tally.problems.append(Problem(os.path.join(self._root, path), reason))

    def _is_unread(self, folder: bytes) -> bool:
        separator = os.fsencode(os.sep)
        return any(not top or folder == top or folder.startswith(top + separator) for top in self._unread)


def is_below(folder: bytes, tops: Collection[bytes]) -> bool:
    """Whether ``folder`` is one of ``tops``, or in one."""
    while folder not in tops:
        if not folder:
            return False
        folder = os.path.dirname(folder)
    return True
