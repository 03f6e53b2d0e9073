"""The scan: walk -> compare with the catalog -> probe what is new or changed -> batches -> the one writer.

Everything is committed as it comes, so a scan that is cancelled or killed keeps what it read and the next one goes
on from there. Only sources walked to their end have files marked missing or recognised as moved.
"""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from ctk.catalog import rows, source_rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.paths import has_entries, os_path
from ctk.records import ScanReport
from ctk.sources.compare import Comparison
from ctk.sources.intake import Intake
from ctk.sources.settle import settle, tell_apart
from ctk.sources.tally import Tally
from ctk.sources.walk import Walk


def default_workers() -> int:
    """Few where the kernel can be told to read ahead, more where only threads overlap the waiting."""
    return 2 if hasattr(os, "posix_fadvise") else 8


def scan(
    store: Store, roots: Sequence[Root], all_roots: Sequence[Root], task: Task, *, full: bool, workers: int
) -> ScanReport:
    """Bring the rows of ``roots`` up to date. ``all_roots`` says where other sources are, whose files stay theirs."""
    started, began = time.monotonic(), time.time()
    tally = Tally()
    walk = Walk([root.path for root in all_roots], [str(store.file.parent)], task.check)
    gone: list[int] = []
    walked: list[int] = []
    pool = ThreadPoolExecutor(workers, thread_name_prefix="probe")
    try:
        for root in roots:
            if _is_offline(store, root):
                tally.offline.append(root.path)
            else:
                gone += _scan_one(store, root, walk, pool, tally, task, full)
                walked.append(root.id)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    if walked:
        _close_books(store, walked, gone, began, tally, task)
    return tally.report(time.monotonic() - started)


def _is_offline(store: Store, root: Root) -> bool:
    """Whether the folder is not here, or an empty mount point stands where files were; kept with the source."""
    had_files = bool(rows.folders(store.read(), root.id))
    offline = not has_entries(root.path) if had_files else not os.path.isdir(os_path(root.path))
    state = "offline" if offline else "ok"
    if state != root.state:
        store.write(lambda connection: source_rows.set_state(connection, root.id, state)).result()
    return offline


def _scan_one(
    store: Store, root: Root, walk: Walk, pool: ThreadPoolExecutor, tally: Tally, task: Task, full: bool
) -> list[int]:
    """Returns the ids of present rows whose files are gone."""
    comparison = Comparison(store, root.id, root.path, tally, full=full)
    intake = Intake(store, root.id, root.path, pool, tally, task)
    for listing in walk.source(root.path):
        for name, known in comparison.news(listing):
            intake.add(listing.folder, name, known)
        task.report(f"Looking through {listing.folder or root.path}", tally.unchanged)
    intake.finish()
    if comparison.back:
        store.write(lambda connection: rows.mark_found(connection, comparison.back)).result()
    gone = comparison.gone()
    if comparison.listings:
        store.write(lambda connection: rows.set_listings(connection, root.id, comparison.listings)).result()
    return gone


def _close_books(
    store: Store, source_ids: Sequence[int], gone: Sequence[int], began: float, tally: Tally, task: Task
) -> None:
    arrived, missing = settle(store, source_ids, gone, task)
    for twin in arrived:
        tally.moved += 1
        if twin.added_s >= began:
            tally.added -= 1
        else:
            tally.unchanged -= 1
    tally.missing = len(missing)
    if tally.added or tally.changed:
        tell_apart(store, task)
