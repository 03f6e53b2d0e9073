"""A scan of some folders: those that something happened in, and no others.

It takes the same way as a scan of everything and leaves the same behind, but what it finds stays unsettled: a file
that is copied now and deleted at its old place in a minute has moved.
"""

import os
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ctk.catalog import rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import ScanReport
from ctk.sources.changes import Changes
from ctk.sources.intake import Left
from ctk.sources.reading import Reading, means_for
from ctk.sources.scan import close_books
from ctk.sources.settle import give_back
from ctk.sources.walk import Listing, Walk

OPEN_S: Final = 3600.0
"""So long after a file was found it may be the one that is deleted elsewhere."""


class Outcome(NamedTuple):
    """What a scan of some folders came to; in the sources ``unclear`` only a scan of everything tells what is there."""

    report: ScanReport
    unclear: list[Root]


class _Unclear(Exception):
    """There are links, whose targets may be reached in other ways too."""


def scan_some(
    store: Store, changes: Mapping[Root, Changes], here: Collection[Root], task: Task, *, workers: int
) -> Outcome:
    """Bring the rows of the changed folders up to date, in those of the sources that are ``here``."""
    started, began_s = time.monotonic(), time.time()
    gone: list[int] = []
    unclear: list[Root] = []
    parts: list[_Part] = []
    with means_for(store, list(here), task, workers) as means:
        for root in [root for root in changes if root in here]:
            walk = Walk([other.path for other in here], [str(store.file.parent)], task.check)
            part = _Part(root, Reading(means, root), walk, task)
            try:
                missed = part.over(changes[root])
            except _Unclear:
                unclear.append(root)
                continue
            if missed is None:
                means.tally.offline.append(root.path)
            else:
                gone += missed
                parts.append(part)
    if parts:
        close_books(means, gone, began_s, whole=())
        give_back(store)
        for part in parts:
            part.keep_times(all_gone=not means.tally.vanished)
        before_s = began_s - OPEN_S
        store.write(lambda connection: rows.settle_old(connection, before_s), quiet=True).result()
    return Outcome(means.tally.report(time.monotonic() - started), unclear)


class _Part:
    """The changed folders of one source."""

    def __init__(self, root: Root, reading: Reading, walk: Walk, task: Task) -> None:
        self._root = root.path
        self._reading = reading
        self._walk = walk
        self._task = task
        self._inside = _by_parent(reading.comparison.folders | reading.times.folders)
        self._gone: set[str] = set()
        self._trees: set[str] = set()

    def over(self, changes: Changes) -> list[int] | None:
        """The ids of present rows whose files are gone; ``None`` when the drive left meanwhile."""
        folders = set(changes.folders)
        if changes.doubtful:
            stale = self._reading.times.stale(self._task.check)
            folders.update(stale.changed)
            self._gone.update(stale.gone)
        trees = {folder for folder in changes.trees if self._is_there(folder)}
        folders = {folder for folder in folders if self._is_there(folder)}
        but = {(folder, os.fsencode(name)) for folder, name in changes.writing}
        try:
            self._reading.take(self._listed(self._walk.ahead(self._root, sorted(folders)), trees), but)
            self._reading.take(self._below(trees), but)
            self._reading.write()
        except Left:
            self._reading.note_left()
            return None
        return self._reading.gone(below={os.fsencode(folder) for folder in self._gone | self._trees})

    def keep_times(self, *, all_gone: bool) -> None:
        self._reading.times.keep(self._gone if all_gone else ())

    def _is_there(self, folder: str) -> bool:
        """Whether to look into ``folder``; one that is not there any more is noted as gone."""
        path = self._root
        for part in ("", *folder.split(os.sep)):
            path = os.path.join(path, part) if part else path
            try:
                status = os.lstat(os_path(path))
            except (FileNotFoundError, NotADirectoryError):
                self._gone.add(folder)
                return False
            except OSError:
                return True  # listing it says why
            if part and stat.S_ISLNK(status.st_mode):
                raise _Unclear
        if not os.path.isdir(os_path(path)):
            self._gone.add(folder)
            return False
        return True

    def _listed(self, listings: Iterable[Listing], trees: set[str]) -> Iterator[Listing]:
        """Changed folders; those inside that are new go to ``trees``, those that are not there any more are gone."""
        for listing in listings:
            _refuse_links(listing)
            if not listing.problem:
                there, known = set(listing.inside), self._inside.get(listing.folder, set())
                self._gone.update(known - there)
                if self._reading.times.known:
                    trees.update(there - known)
            yield listing

    def _below(self, trees: Iterable[str]) -> Iterator[Listing]:
        for tree in sorted(trees):
            self._trees.add(tree)
            for listing in self._walk.below(self._root, tree):
                _refuse_links(listing)
                yield listing


def _refuse_links(listing: Listing) -> None:
    if listing.links or listing.file_links:
        raise _Unclear


def _by_parent(folders: Iterable[bytes]) -> dict[str, set[str]]:
    """The folders in each folder, as far as they are known."""
    inside: dict[str, set[str]] = {}
    for path in folders:
        folder = os.fsdecode(path)
        while folder and folder not in (there := inside.setdefault(os.path.dirname(folder), set())):
            there.add(folder)
            folder = os.path.dirname(folder)
    return inside
