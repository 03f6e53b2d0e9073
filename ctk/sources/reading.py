"""One source while its folders are read: what is listed is compared, probed where it is new, and written."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from ctk.catalog import folder_rows, rows, source_rows
from ctk.catalog.presence import Presence
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.sources.compare import Comparison
from ctk.sources.folder_moves import FolderMoves
from ctk.sources.freshness import Freshness
from ctk.sources.inner import InnerDrives
from ctk.sources.intake import Intake
from ctk.sources.tally import Tally
from ctk.sources.walk import Listing


@dataclass(frozen=True, slots=True)
class Means:
    """What the readings of one scan share."""

    store: Store
    pool: ThreadPoolExecutor
    moves: FolderMoves
    tally: Tally
    task: Task


@contextmanager
def means_for(store: Store, here: Sequence[Root], task: Task, workers: int) -> Iterator[Means]:
    """For a scan that knows the sources ``here``."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="probe")
    try:
        yield Means(store, pool, FolderMoves(store, here), Tally(), task)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class Reading:
    """Made for one source and one scan. What was taken is in the catalog after ``write``, whatever comes then;
    ``take`` and ``write`` raise ``Left`` where its drive goes meanwhile."""

    def __init__(self, means: Means, root: Root, *, full: bool = False, accept_missing: bool = False) -> None:
        self._means = means
        self._root = root
        self._problems = len(means.tally.problems)
        self._unfinished: set[bytes] = set()
        self.times = Freshness(means.store, root.id, root.path)
        self._inner = InnerDrives(means.store, root, forget=accept_missing)
        self.comparison = Comparison(
            means.store, root.id, root.path, means.tally, means.moves, full=full, away=self._inner.away
        )
        self._intake = Intake(means.store, root.id, root.path, means.pool, means.tally, means.task, self._is_here)

    def take(self, listings: Iterable[Listing], but: Collection[tuple[str, bytes]] = ()) -> None:
        """Compare folders with what is known. Files in ``but`` (folder and name) stay as they are."""
        for listing in listings:
            whole = True
            for name, known in self.comparison.news(listing):
                if (listing.folder, name) in but:
                    whole = False
                else:
                    self._intake.add(listing.folder, name, known)
            self.times.note(listing, whole=whole)
            if not whole:
                self._unfinished.add(os.fsencode(listing.folder))
            words = f"Looking through {listing.folder or self._root.path}"
            self._means.task.report(words, self._means.tally.unchanged)

    def write(self) -> None:
        """Wait until everything taken so far is in the catalog."""
        for folder, file in self.comparison.placeholders:
            self._intake.stand_in(folder, *file)
        self.comparison.placeholders.clear()
        self._intake.finish()
        self._means.moves.carry_out()

    def gone(self, below: Collection[bytes] | None = None) -> list[int] | None:
        """The ids of present rows whose files are gone, ``None`` when the drive left meanwhile. Of folders that were
        not taken only those at or ``below`` some are meant, all when ``None``."""
        found = self.comparison.gone(below)
        if (found or self.comparison.unread) and not self._is_here():
            self.note_left()
            return None
        self._keep()
        return found

    def note_left(self) -> None:
        """What could not be read says nothing of the files: their drive is not here."""
        del self._means.tally.problems[self._problems :]
        store = self._means.store
        store.write(lambda connection: source_rows.set_state(connection, self._root.id, "offline")).result()

    def _keep(self) -> None:
        store, back, online = self._means.store, self.comparison.back, self.comparison.online
        if offline := self.comparison.offline():
            store.write(lambda connection: rows.mark_offline(connection, offline)).result()
        self._inner.keep()
        listings = [listing for listing in self.comparison.listings if listing[0] not in self._unfinished]
        if back:
            store.write(lambda connection: rows.mark_found(connection, back)).result()
        if online:
            store.write(lambda connection: rows.mark_online(connection, online)).result()
        if listings:
            store.write(
                lambda connection: folder_rows.set_listings(connection, self._root.id, listings), quiet=True
            ).result()

    def _is_here(self) -> bool:
        return Presence(self._means.store.read()).of(self._root.path)
