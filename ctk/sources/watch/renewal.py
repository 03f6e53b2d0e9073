"""Bringing the catalog up to date with changes that were seen, alone among the processes of a home."""

from collections.abc import Mapping

from ctk.catalog import source_rows
from ctk.catalog.lock import exclusive
from ctk.catalog.presence import PATIENCE_S
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.events import Events, FilesVanished, SourcesChanged
from ctk.jobs import Task
from ctk.sources import whereabouts
from ctk.sources.changes import Changes
from ctk.sources.partial import scan_some
from ctk.sources.scan import default_workers, scan

WORKERS = max(1, default_workers() // 2)
"""Fewer than for a scan that somebody waits for."""


def renew(store: Store, events: Events, task: Task, changes: Mapping[int, Changes]) -> None:
    """``changes`` are by the id of their source. Those of a source that is not here are dropped: when its drive comes
    back, it is in doubt."""

    def waiting() -> None:
        task.check()
        task.report("Waiting for other work on the files to finish")

    with exclusive(store.file.with_name("scan.lock"), waiting), store.translated():
        here = _look(store, events, task, set(changes))
        todo = {root: changes[root.id] for root in here if root.id in changes}
        some = {root: change for root, change in todo.items() if not change.whole}
        outcome = scan_some(store, some, here, task, workers=WORKERS)
        vanished = [*outcome.report.vanished]
        whole = [root for root in todo if root not in some or root in outcome.unclear]
        if whole:
            vanished += scan(store, whole, here, task, full=False, workers=WORKERS).vanished
    if whole or outcome.report.offline:
        events.emit(SourcesChanged())
    if vanished:
        events.emit(FilesVanished(tuple(vanished)))


def _look(store: Store, events: Events, task: Task, ids: set[int]) -> list[Root]:
    """The sources that are here, of which those with ``ids`` are looked for."""
    roots = [root for root in source_rows.roots(store.read()) if root.id in ids]
    sights = whereabouts.look(store, roots, patience_s=PATIENCE_S, waiting=task.check)
    if whereabouts.note(store, roots, sights):
        events.emit(SourcesChanged())
    return [
        root
        for root in source_rows.roots(store.read())
        if (sights[root.id].here if root.id in sights else root.id not in ids and root.state == "ok")
    ]
