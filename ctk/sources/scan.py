"""The scan: walk -> compare with the catalog -> probe what is new or changed -> batches -> the one writer.

Folders that changed by their own times come first, so that what is new is there at once. Everything is committed as it
comes, so a scan that is cancelled or killed keeps what it read and the next one goes on from there. Only sources walked
to their end have files marked missing or recognised as moved.
"""

import os
import time
from collections.abc import Sequence

from ctk.catalog import source_rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.records import ScanReport
from ctk.sources.intake import Left
from ctk.sources.reading import Means, Reading, means_for
from ctk.sources.settle import give_back, settle, tell_apart
from ctk.sources.walk import Walk


def default_workers() -> int:
    """Few where the kernel can be told to read ahead, more where only threads overlap the waiting."""
    return 2 if hasattr(os, "posix_fadvise") else 8


def scan(
    store: Store,
    roots: Sequence[Root],
    here: Sequence[Root],
    task: Task,
    *,
    full: bool,
    workers: int,
    accept_missing: bool = False,
) -> ScanReport:
    """Bring the rows of ``roots`` up to date, those that are among the sources ``here``, whose files stay theirs."""
    started, began_s = time.monotonic(), time.time()
    gone: list[int] = []
    walked: dict[int, Reading] = {}
    with means_for(store, here, task, workers) as means:
        walk = Walk([root.path for root in here], [str(store.file.parent)], task.check)
        for root in roots:
            reading = Reading(means, root, full=full, accept_missing=accept_missing) if root in here else None
            missed = None if reading is None else _read(reading, walk, root.path, first=not full, task=task)
            if reading is None or missed is None:
                means.tally.offline.append(root.path)
            else:
                gone += missed
                walked[root.id] = reading
    if walked:
        close_books(means, gone, began_s, whole=[*walked], accept_missing=accept_missing)
        give_back(store)
        for reading in walked.values():
            reading.times.keep_all()
    return means.tally.report(time.monotonic() - started)


def _read(reading: Reading, walk: Walk, path: str, *, first: bool, task: Task) -> list[int] | None:
    """The ids of present rows whose files are gone; ``None`` when the drive left meanwhile."""
    try:
        if first and (changed := reading.times.stale(task.check).changed):
            reading.take(walk.ahead(path, changed))
            reading.write()
        reading.take(walk.source(path))
        reading.write()
    except Left:
        reading.note_left()
        return None
    return reading.gone()


def close_books(
    means: Means, gone: Sequence[int], began_s: float, *, whole: Sequence[int], accept_missing: bool = False
) -> None:
    """The end of a scan that began at ``began_s``, and read the sources ``whole`` to their ends."""
    store, tally = means.store, means.tally
    if gone and (followed := means.moves.followed()):
        gone = [id for id in gone if id not in followed]
    arrived, missing, tally.vanished, online, dropped = settle(
        store, whole, gone, means.task, began_s=began_s, accept_missing=accept_missing
    )
    tally.moved += online
    tally.added -= dropped
    tally.files -= dropped
    for twin in arrived:
        tally.moved += 1
        if twin.added_s >= began_s:
            tally.added -= 1
        elif twin.id in tally.first_read:
            tally.changed -= 1
        elif whole:
            tally.unchanged -= 1
    tally.missing = len(missing)
    if not whole:
        return
    if tally.added or tally.changed:
        tell_apart(store, means.task)
    store.write(lambda connection: source_rows.note_scanned(connection, whole, time.time())).result()
