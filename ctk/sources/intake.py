"""New and changed files on their way in: chunks to the probe pool, facts to the writer, in order and in bounds."""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

from ctk.catalog import rows, stated_rows
from ctk.catalog.rows import FileRow, Known
from ctk.catalog.stated_rows import StatedRow
from ctk.catalog.store import Connection, Store
from ctk.facts.stated import NO_CLAIMS
from ctk.jobs import Task
from ctk.records import Problem
from ctk.sources.probe import UNREADABLE, Facts, probe_many
from ctk.sources.tally import Tally

CHUNK_FILES = 64
"""Files per pool task: one task a file halves the speed on a warm cache, measured."""

BATCH_FILES = 1000
PENDING_CHUNKS = 1024
PENDING_BATCHES = 4

_UNREAD = (None,) * (FileRow._fields.index("bpm") - FileRow._fields.index("format"))


@dataclass(frozen=True, slots=True)
class _Chunk:
    paths: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    known: list[Known | None] = field(default_factory=list)


class _Seen(NamedTuple):
    """What a file is and says, and what is stated of it."""

    facts: Facts
    stated: StatedRow


class Left(Exception):
    """The drive of a source is not here any more; what was read of it before is in the catalog."""


class Intake:
    """For one source: ``add`` files, then ``finish``. What was written stays, also when cancelled in between.

    ``is_here`` is asked when files cannot be read; where the drive went their rows stay as they were and ``Left`` is
    raised.
    """

    def __init__(
        self,
        store: Store,
        source_id: int,
        root: str,
        pool: ThreadPoolExecutor,
        tally: Tally,
        task: Task,
        is_here: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._source_id = source_id
        self._root = root
        self._pool = pool
        self._tally = tally
        self._task = task
        self._is_here = is_here
        self._folder_ids: dict[bytes, int] = {}
        self._chunk = _Chunk()
        self._probing: deque[tuple[_Chunk, Future[list[_Seen | None]]]] = deque()
        self._batch: list[FileRow] = []
        self._writing: deque[Future[None]] = deque()

    def add(self, folder: str, name: bytes, known: Known | None) -> None:
        chunk = self._chunk
        chunk.paths.append(os.path.join(self._root, folder, os.fsdecode(name)))
        chunk.folders.append(folder)
        chunk.known.append(known)
        if len(chunk.paths) >= CHUNK_FILES:
            self._submit()

    def stand_in(self, folder: str, name: bytes, size_bytes: int, mtime_ns: int) -> None:
        """A file that is only online: it gets a row, and is not opened."""
        place = os.fsencode(folder), name, size_bytes, mtime_ns
        stated = stated_rows.row_of(NO_CLAIMS, {}, folder, os.fsdecode(name), None)._replace(claims=None)
        self._batch.append(FileRow._make((*place, None, None, 1, *_UNREAD, *stated, "cloud", None)))
        if len(self._batch) >= BATCH_FILES:
            self._flush()

    def finish(self) -> None:
        """Wait until everything added is in the catalog."""
        self._submit()
        while self._probing:
            self._collect()
        self._settle()

    def _settle(self) -> None:
        self._flush()
        while self._writing:
            self._writing.popleft().result()

    def _submit(self) -> None:
        if self._chunk.paths:
            self._probing.append((self._chunk, self._pool.submit(self._probe, self._chunk)))
            self._chunk = _Chunk()
        while len(self._probing) > PENDING_CHUNKS or (self._probing and self._probing[0][1].done()):
            self._collect()

    def _probe(self, chunk: _Chunk) -> list[_Seen | None]:
        found = probe_many(chunk.paths, self._task.breathe)
        return [
            None if facts is None else _Seen(facts, _judged(folder, path, facts))
            for folder, path, facts in zip(chunk.folders, chunk.paths, found, strict=False)
        ]

    def _collect(self) -> None:
        chunk, future = self._probing.popleft()
        while not future.done():
            self._task.check()
            try:
                future.exception(timeout=0.2)
            except TimeoutError:
                continue
        self._task.check()
        found = future.result()
        left = any(seen is None or _is_unread(seen.facts) for seen in found) and not self._is_here()
        for path, folder, known, seen in zip(chunk.paths, chunk.folders, chunk.known, found, strict=True):
            self._take(path, folder, known, None if seen and left and _is_unread(seen.facts) else seen)
        if left:
            self._settle()
            raise Left
        if len(self._batch) >= BATCH_FILES:
            self._flush()
        self._task.report(f"Reading {chunk.folders[-1] or self._root}", self._read, self._tally.files)

    @property
    def _read(self) -> int:
        return self._tally.unchanged + self._tally.changed + self._tally.added

    def _take(self, path: str, folder: str, known: Known | None, seen: _Seen | None) -> None:
        tally = self._tally
        if seen is None:  # gone between the walk and the look, or with its drive
            tally.files -= 1
            return
        facts = seen.facts
        if facts.reason:
            tally.problems.append(Problem(path, facts.reason))
        if known is not None and _tells_nothing(facts, known):
            tally.unchanged += 1
            return
        if known is None:
            tally.added += 1
        elif facts.fingerprint is None and not known[5]:
            tally.unchanged += 1  # never readable, and still not
        elif known[5] == rows.IN_PART and known[2:4] == (facts.size_bytes, facts.mtime_ns):
            tally.unchanged += 1  # only more is known of it
        else:
            tally.changed += 1
            if not known[5]:
                tally.first_read.add(known[1])
        tally.count(facts.size_bytes, facts.duration_s)
        self._batch.append(_row(os.fsencode(folder), os.fsencode(os.path.basename(path)), seen))

    def _flush(self) -> None:
        if not self._batch:
            return
        batch, self._batch = self._batch, []

        def put(connection: Connection) -> None:
            rows.put(connection, self._source_id, batch, self._folder_ids)

        self._writing.append(self._store.write(put))
        if len(self._writing) > PENDING_BATCHES:
            self._writing.popleft().result()


def _is_unread(facts: Facts) -> bool:
    """Whether the drive, or the system, did not let the file be read."""
    return facts.fingerprint is None and facts.reason is not None


def _tells_nothing(facts: Facts, known: Known) -> bool:
    """Whether a drive failed that let the file, unchanged, be read before: what was read then still holds."""
    if not known[5] or not _is_unread(facts):
        return False
    return facts.device is None or (facts.reason == UNREADABLE and (facts.size_bytes, facts.mtime_ns) == known[2:4])


def _judged(folder: str, path: str, facts: Facts) -> StatedRow:
    return stated_rows.row_of(facts.claims, facts.metadata, folder, os.path.basename(path), facts.duration_s)


def _row(folder: bytes, name: bytes, seen: _Seen) -> FileRow:
    facts = seen.facts
    return FileRow(
        folder,
        name,
        facts.size_bytes,
        facts.mtime_ns,
        facts.device,
        facts.inode,
        facts.links,
        facts.format,
        facts.codec,
        facts.duration_s,
        facts.sample_rate_hz,
        facts.channels,
        facts.bit_depth,
        rows.metadata_text(facts.metadata),
        facts.fingerprint,
        *seen.stated,
        "bad" if facts.reason else "ok",
        facts.reason,
    )
