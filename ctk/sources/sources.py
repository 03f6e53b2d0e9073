"""The sources capability: which folders there are, where they are now, and keeping the catalog up to date with them."""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.catalog import backups, journal_rows, rows, source_rows
from ctk.catalog.lock import exclusive
from ctk.catalog.presence import PATIENCE_S, Presence
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.errors import NotFound, SourceError
from ctk.events import Events, PlacesFound, SourcesChanged
from ctk.jobs import Job, Jobs, Task
from ctk.paths import has_entries, os_path
from ctk.records import Place, Problem, ScanReport, Source
from ctk.sources import whereabouts
from ctk.sources.scan import default_workers, scan
from ctk.sources.whereabouts import GLANCE_S, Sight

if TYPE_CHECKING:
    from ctk.sources.watch.watch import Watch

LOOK_EVERY_S = 1.0
LOCK_S = 5.0
"""How long a small change waits for a scan or a batch to end."""


class Sources:
    """See ``ctk.contract.Sources``. ``listed`` counts what is in each source; ``scanned`` runs after each scan."""

    def __init__(
        self,
        store: Store,
        jobs: Jobs,
        events: Events,
        listed: Callable[[], Sequence[Source]],
        scanned: Callable[[], None],
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._events = events
        self._listed = listed
        self._scanned = scanned
        self._looked_s = float("-inf")
        self._switch = threading.RLock()
        self._watch: Watch | None = None

    def list(self) -> Sequence[Source]:
        if time.monotonic() - self._looked_s > LOOK_EVERY_S:
            self.refresh_presence()
        return self._listed()

    def add(self, path: str | Path) -> Source:
        return self._source(self._remember(path).id)

    def remove(self, source_id: int) -> None:
        self._root(source_id)
        with self._alone():
            root = self._root(source_id)
            self._store.write(lambda connection: source_rows.remove(connection, root.id, root.path)).result()
        self._events.emit(SourcesChanged())

    def protect(self, source_id: int, *, on: bool = True) -> None:
        path = self._root(source_id).path
        change = journal_rows.protect if on else journal_rows.unprotect
        self._store.write(lambda connection: change(connection, path)).result()
        self._events.emit(SourcesChanged())

    def locate(self, source_id: int, *, path: str | Path) -> Source:
        folder = _absolute(path)
        _check_folder(folder)
        self._root(source_id)
        with self._alone():
            whereabouts.locate(self._store, self._root(source_id), folder)
        self._events.emit(SourcesChanged())
        return self._source(source_id)

    def scan(
        self,
        folders: Sequence[str | Path] | None = None,
        *,
        full: bool = False,
        workers: int | None = None,
        accept_missing: bool = False,
    ) -> Job[ScanReport]:
        chosen = None if folders is None else {self._remember(folder).id for folder in folders}

        def work(task: Task) -> ScanReport:
            def waiting() -> None:
                task.check()
                task.report("Waiting for another scan to finish")

            with exclusive(self._lock_file, waiting):
                here = self._look(task.check, may_be_empty=accept_missing)
                report = scan(
                    self._store,
                    _within(self._roots(), chosen),
                    here,
                    task,
                    full=full,
                    workers=workers or default_workers(),
                    accept_missing=accept_missing,
                )
                self._scanned()
                if backups.due(self._store.file):
                    backups.make(self._store.file, self._store.read())
            self._events.emit(SourcesChanged())
            return report

        return self._jobs.start("Scanning", work, background=True)

    def discover(self) -> Job[Sequence[Place]]:
        from ctk.sources.discover import discover

        home = str(self._store.file.parent)

        def work(task: Task) -> Sequence[Place]:
            return discover(self._roots(), [home], task, lambda places: self._events.emit(PlacesFound(tuple(places))))

        return self._jobs.start("Looking for audio", work)

    def watch(self, on: bool) -> None:
        from ctk.sources.watch.renewal import renew
        from ctk.sources.watch.watch import Watch

        with self._switch:
            if on and self._watch is None:
                self._watch = Watch(self._store, self._jobs, self._events, partial(renew, self._store, self._events))
                self._watch.start()
            elif not on:
                self.close()

    def unwatched(self) -> dict[str, str]:
        """The folders that are, or would be, looked through now and then because they cannot be watched, and why."""
        from ctk.sources.watch import forecast

        return forecast.unwatched(self._store) if self._watch is None else self._watch.unwatched()

    def close(self) -> None:
        """Watch no longer; twice is fine."""
        with self._switch:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def forget_missing(self, ids: Sequence[int] | None = None) -> int:
        with self._alone():
            with self._store.translated():
                missing = rows.missing(self._store.read(), ids)
                presence = Presence(self._store.read())
            gone = [id for id, root, path in missing if presence.of(root) and not os.path.lexists(os_path(path))]
            return self._store.write(lambda connection: rows.forget(connection, gone)).result()

    def problems(self) -> Sequence[Problem]:
        with self._store.translated():
            return [Problem(path, reason) for path, reason in rows.bad(self._store.read())]

    def refresh_presence(self, patience_s: float = GLANCE_S) -> bool:
        """Look which sources are here, and where; whether any went or came. What does not answer in time stays as it
        was, and while a scan or a batch is at work everything does."""
        try:
            with self._alone(wait_s=0.0):
                roots = self._roots()
                sights = whereabouts.look(self._store, roots, patience_s=patience_s)
                changed = whereabouts.note(self._store, roots, sights)
        except SourceError:
            changed = False
        self._looked_s = time.monotonic()
        if changed:
            self._events.emit(SourcesChanged())
        return changed

    def _look(self, waiting: Callable[[], None], *, may_be_empty: bool) -> Sequence[Root]:
        """The sources that are here, wherever they are now; those that do not answer count as not here."""
        roots = self._roots()
        nowhere = {root.id: Sight(False, root.path) for root in roots}
        sights = nowhere | whereabouts.look(
            self._store, roots, patience_s=PATIENCE_S, waiting=waiting, may_be_empty=may_be_empty
        )
        if whereabouts.note(self._store, roots, sights):
            self._events.emit(SourcesChanged())
        return [root for root in self._roots() if sights[root.id].here]

    @contextmanager
    def _alone(self, wait_s: float | None = None) -> Iterator[None]:
        """Nobody else changes files or rows meanwhile. Raises ``SourceError`` when somebody does for too long."""
        deadline = time.monotonic() + (LOCK_S if wait_s is None else wait_s)

        def waiting() -> None:
            if time.monotonic() >= deadline:
                raise SourceError("A scan, or a change to files, is going on; try again when it has finished.")

        with exclusive(self._lock_file, waiting):
            yield

    @property
    def _lock_file(self) -> Path:
        return self._store.file.with_name("scan.lock")

    def _roots(self) -> Sequence[Root]:
        with self._store.translated():
            return source_rows.roots(self._store.read())

    def _root(self, source_id: int) -> Root:
        root = next((root for root in self._roots() if root.id == source_id), None)
        if root is None:
            raise NotFound("There is no such source.")
        return root

    def _source(self, source_id: int) -> Source:
        return next(source for source in self._listed() if source.id == source_id)

    def _remember(self, folder: str | Path) -> Root:
        """The source for ``folder``: the one that already is this folder under any name, else a new one."""
        self.refresh_presence()
        path = _absolute(folder)
        known = whereabouts.known_as(self._roots(), path)
        if known is not None:
            if known.state == "ok" or not has_entries(path) or Presence(self._store.read()).of(known.path):
                return known
            with self._alone():  # another drive is in its place
                whereabouts.make_room(self._store, known)
        _check_folder(path)
        new_id = self._store.write(lambda connection: source_rows.add(connection, path)).result()
        self._events.emit(SourcesChanged())
        return self._root(new_id)


def _within(roots: Sequence[Root], chosen: Collection[int] | None) -> list[Root]:
    """The sources to scan: those ``chosen``, and those inside them."""
    if chosen is None:
        return [*roots]
    tops = [root.path for root in roots if root.id in chosen]
    return [root for root in roots if any(_covers(top, root.path) for top in tops)]


def _covers(folder: str, path: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))


def _absolute(path: str | Path) -> str:
    return os.path.abspath(os.path.expanduser(os.fspath(path)))


def _check_folder(path: str) -> None:
    if not os.path.isdir(os_path(path)):
        what = "That is a file, not a folder" if os.path.exists(os_path(path)) else "There is no such folder"
        raise SourceError(f"{what}: {path}")
