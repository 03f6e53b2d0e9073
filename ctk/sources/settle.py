"""The end of a scan: files that moved keep their row, the rest of what is gone is marked missing.

Also kept for the next time: the full content hash of look-alikes that neither name nor time could tell apart.
"""

import functools
import os
from collections.abc import Callable, Iterable, Sequence

from ctk import fingerprint
from ctk.catalog import rows
from ctk.catalog.rows import Twin
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.paths import has_entries, os_path
from ctk.sources.moves import match

HASHED_BYTES = 512 << 20
"""How much of the look-alikes one scan reads; the next that finds something new goes on."""


def settle(store: Store, source_ids: Sequence[int], gone: Iterable[int], task: Task) -> tuple[list[Twin], list[int]]:
    """Recognise what moved, mark the rest of ``gone`` missing.

    Returns the rows that were found at a new place (as they were first written there), and the ids now missing.
    """
    task.report("Recognising files that moved")
    pairs: list[tuple[int, int]] = []
    arrived: list[Twin] = []
    is_here = functools.cache(has_entries)
    for group in rows.unsettled_groups(store.read()):
        task.check()
        found = _moved(group, is_here)
        pairs += found
        places = {new for _, new in found}
        arrived += [twin for twin in group if twin.id in places]
    kept = {old for old, _ in pairs}
    missing = [id for id in gone if id not in kept]
    store.write(lambda connection: rows.move(connection, pairs)).result()
    store.write(lambda connection: rows.mark_missing(connection, missing)).result()
    store.write(lambda connection: rows.settle(connection, source_ids)).result()
    return arrived, missing


def tell_apart(store: Store, task: Task) -> None:
    """Hash look-alikes whole, smallest first, as far as one scan may read."""
    left = HASHED_BYTES
    hashes: list[tuple[Twin, bytes]] = []
    for twin in rows.unproven_twins(store.read(), fingerprint.WHOLE_BYTES):
        left -= twin.size_bytes
        if left < 0:
            break
        task.report("Telling look-alikes apart")
        if digest := _content(twin, task):
            hashes.append((twin, digest))
    if hashes:
        store.write(lambda connection: rows.set_full_hash(connection, hashes)).result()


def _moved(group: Sequence[Twin], is_here: Callable[[str], bool]) -> list[tuple[int, int]]:
    """The pairs of one group of look-alikes; the disk says who is gone, for sources that are here."""
    gone = [twin for twin in group if is_here(twin.root) and _is_gone(twin.path)]
    new = [twin for twin in group if not twin.settled and twin not in gone]
    if not gone or not new:
        return []
    hashes: dict[int, bytes | None] = {}

    def full_hash(twin: Twin) -> bytes | None:
        if twin.id not in hashes:
            hashes[twin.id] = twin.full_hash or _content(twin)
        return hashes[twin.id]

    return match(gone, new, len(group) - len(gone) - len(new), full_hash)


def _is_gone(path: str) -> bool:
    """Whether nothing is there; when that cannot be told, it is not gone."""
    try:
        os.lstat(os_path(path))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _content(twin: Twin, task: Task | None = None) -> bytes | None:
    """The full hash of a file that still is what the row says, else ``None``."""
    try:
        digest = fingerprint.of_file(os_path(twin.path), task.check if task else lambda: None)
        found = os.stat(os_path(twin.path))
    except (OSError, ValueError):
        return None
    same = found.st_size == twin.size_bytes and found.st_mtime_ns == twin.mtime_ns
    return digest if same else None
