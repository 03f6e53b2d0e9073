"""The sources capability: which folders there are, and bringing the catalog up to date with them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ctk.catalog import backups, rows, source_rows
from ctk.catalog.lock import exclusive
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.errors import NotFound, SourceError
from ctk.events import Events, SourcesChanged
from ctk.jobs import Job, Jobs, Task
from ctk.paths import os_path
from ctk.records import Problem, ScanReport, Source
from ctk.sources.scan import default_workers, scan
from ctk.sources.walk import place


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

    def list(self) -> Sequence[Source]:
        return self._listed()

    def add(self, path: str | Path) -> Source:
        root = self._remember(path)
        return next(source for source in self._listed() if source.id == root.id)

    def remove(self, source_id: int) -> None:
        root = next((root for root in self._roots() if root.id == source_id), None)
        if root is None:
            raise NotFound("There is no such source.")
        self._store.write(lambda connection: source_rows.remove(connection, root.id, root.path)).result()
        self._events.emit(SourcesChanged())

    def scan(
        self, folders: Sequence[str | Path] | None = None, *, full: bool = False, workers: int | None = None
    ) -> Job[ScanReport]:
        chosen = None if folders is None else {self._remember(folder).path for folder in folders}

        def work(task: Task) -> ScanReport:
            def waiting() -> None:
                task.check()
                task.report("Waiting for another scan to finish")

            with exclusive(self._store.file.with_name("scan.lock"), waiting):
                every = self._roots()
                todo = [root for root in every if chosen is None or any(_covers(path, root.path) for path in chosen)]
                report = scan(self._store, todo, every, task, full=full, workers=workers or default_workers())
                self._scanned()
                if backups.due(self._store.file):
                    backups.make(self._store.file, self._store.read())
            self._events.emit(SourcesChanged())
            return report

        return self._jobs.start("Scanning", work)

    def problems(self) -> Sequence[Problem]:
        with self._store.translated():
            return [Problem(path, reason) for path, reason in rows.bad(self._store.read())]

    def _roots(self) -> Sequence[Root]:
        with self._store.translated():
            return source_rows.roots(self._store.read())

    def _remember(self, folder: str | Path) -> Root:
        """The source for ``folder``: the one that already is this folder under any name, else a new one."""
        path = os.path.abspath(os.path.expanduser(os.fspath(folder)))
        where = place(path)
        for root in self._roots():
            if root.path == path or (where is not None and place(root.path) == where):
                return root
        if not os.path.isdir(os_path(path)):
            what = "That is a file, not a folder" if os.path.exists(os_path(path)) else "There is no such folder"
            raise SourceError(f"{what}: {path}")
        new_id = self._store.write(lambda connection: source_rows.add(connection, path)).result()
        self._events.emit(SourcesChanged())
        return next(root for root in self._roots() if root.id == new_id)


def _covers(folder: str, path: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
