"""The end of a scan: files that moved keep their row, the rest of what is gone is marked missing.

Where very many files of a source are gone at once, nothing is marked before somebody said so. Also kept for the next
time: the full content hash of look-alikes that neither name nor time could tell apart. What was said of sounds that
went goes back to those that were found again.
"""

import os
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ctk import fingerprint
from ctk.catalog import online_rows, rows, source_rows, waiting_rows
from ctk.catalog.presence import Presence
from ctk.catalog.rows import Twin
from ctk.catalog.store import Store
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Vanished
from ctk.sources.moves import match

HASHED_BYTES = 512 << 20
"""How much of the look-alikes one scan reads; the next that finds something new goes on."""

MANY_FILES = 50
MANY_PERCENT = 20
"""More than both of these of a source gone at once is more likely a mishap than the user's wish."""


class Settled(NamedTuple):
    """The rows that were found at a new place (as they were first written there), the ids that are missing now, the
    sources where so many files are gone that none was marked, how many that are only online moved, and how many rows
    were dropped because their files had moved on before the scan that found them ended."""

    arrived: list[Twin]
    missing: list[int]
    vanished: list[Vanished]
    online: int
    dropped: int


def settle(
    store: Store,
    source_ids: Sequence[int],
    gone: Sequence[int],
    task: Task,
    *,
    began_s: float,
    accept_missing: bool = False,
) -> Settled:
    """Recognise what moved, mark the rest of ``gone`` missing. ``source_ids`` were read to their ends by a scan that
    began at ``began_s``."""
    task.report("Recognising files that moved")
    pairs, arrived, passing = _recognised(store, task, began_s)
    if passing:
        store.write(lambda connection: rows.drop(connection, passing)).result()
    if pairs:
        store.write(lambda connection: rows.move(connection, pairs)).result()
    kept = {old for old, _ in pairs}
    missing = [id for id in gone if id not in kept]
    online = online_rows.moves(store.read(), missing) if missing else []
    if online:
        store.write(lambda connection: online_rows.follow(connection, online)).result()
        kept = {old for old, _ in online}
        missing = [id for id in missing if id not in kept]
    vanished = [] if accept_missing else _vanished(store, missing, began_s)
    if vanished:
        missing = _in_others(store, missing, vanished)
    if missing:
        store.write(lambda connection: rows.mark_missing(connection, missing)).result()
    store.write(lambda connection: rows.settle(connection, source_ids), quiet=True).result()
    return Settled(arrived, missing, vanished, len(online), len(passing))


def _recognised(store: Store, task: Task, began_s: float) -> tuple[list[tuple[int, int]], list[Twin], list[int]]:
    """Pairs of rows (gone, new) of one sound, the new rows of them, and rows that came and went during the scan."""
    pairs: list[tuple[int, int]] = []
    arrived: list[Twin] = []
    passing: list[int] = []
    presence = Presence(store.read())
    for group in rows.unsettled_groups(store.read()):
        task.check()
        lost = {twin.id for twin in group if presence.of(twin.root) and _is_gone(twin.path)}
        passing += [twin.id for twin in group if twin.id in lost and twin.added_s >= began_s]
        found = _moved([twin for twin in group if twin.id not in lost or twin.added_s < began_s], lost)
        pairs += found
        places = {new for _, new in found}
        arrived += [twin for twin in group if twin.id in places]
    return pairs, arrived, passing


def _vanished(store: Store, missing: Sequence[int], began_s: float) -> list[Vanished]:
    """The sources of which very many files are gone at once."""
    if len(missing) <= MANY_FILES:
        return []
    with store.snapshot() as connection:
        paths = {root.id: root.path for root in source_rows.roots(connection)}
        found: list[Vanished] = []
        for source_id, ids in rows.sources_of(connection, missing).items():
            if len(ids) > MANY_FILES:
                files = rows.present(connection, source_id, began_s)
                if len(ids) * 100 > files * MANY_PERCENT:
                    found.append(Vanished(source_id, paths[source_id], len(ids), files))
        return found


def _in_others(store: Store, missing: Sequence[int], vanished: Sequence[Vanished]) -> list[int]:
    asked = {source.source_id for source in vanished}
    with store.snapshot() as connection:
        by_source = rows.sources_of(connection, missing)
    return [id for source_id, ids in by_source.items() if source_id not in asked for id in ids]


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


def give_back(store: Store) -> None:
    """What the user said of sounds that went is theirs again where they were found."""
    if waiting_rows.found(store.read()):
        store.write(waiting_rows.give_back).result()


def _moved(group: Sequence[Twin], lost: Collection[int]) -> list[tuple[int, int]]:
    """The pairs of one group of look-alikes; the files of those in ``lost`` are gone.

    Rows that a scan found and no scan has confirmed, because they broke off, come after those that are known for long.
    """
    gone = [twin for twin in group if twin.id in lost]
    new = [twin for twin in group if not twin.settled and twin not in gone]
    if not gone or not new:
        return []
    hashes: dict[int, bytes | None] = {}

    def full_hash(twin: Twin) -> bytes | None:
        if twin.id not in hashes:
            hashes[twin.id] = twin.full_hash or _content(twin)
        return hashes[twin.id]

    known = [twin for twin in gone if twin.settled]
    staying = len(group) - len(gone) - len(new)
    pairs = match(known, new, staying, full_hash)
    found = {now for _, now in pairs}
    passing = [twin for twin in gone if not twin.settled]
    rest = [twin for twin in new if twin.id not in found]
    return pairs + match(passing, rest, staying + len(known) - len(pairs), full_hash)


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
    """The full hash of a file that still is what the row says, else ``None``; what is only online is not read."""
    if twin.state == "cloud":
        return None
    try:
        digest = fingerprint.of_file(os_path(twin.path), task.check if task else lambda: None)
        found = os.stat(os_path(twin.path))
    except (OSError, ValueError):
        return None
    same = found.st_size == twin.size_bytes and found.st_mtime_ns == twin.mtime_ns
    return digest if same else None
