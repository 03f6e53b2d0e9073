"""Reading candidates whole, a few side by side, and keeping their hashes as they come."""

import os
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from typing import Final

from ctk import cloud, fingerprint
from ctk.catalog import duplicate_rows
from ctk.catalog.duplicate_rows import Candidate, Key
from ctk.catalog.store import Store
from ctk.duplicates.presence import is_intact
from ctk.jobs import Task
from ctk.paths import os_path
from ctk.records import Problem

WORKERS: Final = 2
COMMIT_EVERY_S: Final = 1.0
CHANGED: Final = "This file has changed since the last scan and was left out; scan again."
ONLINE: Final = "This file is only in the cloud by now and was left out; download it, or scan again."
GONE: Final = "This file is no longer there and was left out; scan again."

_CHUNK_FILES: Final = 64
_CHUNK_BYTES: Final = 32 << 20
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)

Names = Sequence[Candidate]
"""The rows of one file."""


class Hashing:
    """``run`` reads files; afterwards ``problems`` and ``failed`` tell which could not be proven."""

    def __init__(self, store: Store, task: Task) -> None:
        self.problems: list[Problem] = []
        self.failed: set[Key] = set()
        self._store = store
        self._task = task
        self._found: list[tuple[Candidate, bytes]] = []
        self._lock = threading.Lock()
        self._read_bytes = 0
        self._total_bytes = 0

    def run(self, files: Sequence[Names]) -> None:
        """Hash ``files``, each once; what was read stays also when this is cancelled."""
        if not files:
            return
        self._total_bytes = sum(names[0].size_bytes for names in files)
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="hash")
        try:
            kept = time.monotonic()
            for _ in pool.map(self._read, _chunks(files)):
                if time.monotonic() - kept > COMMIT_EVERY_S:
                    self._keep()
                    kept = time.monotonic()
        finally:
            pool.shutdown(cancel_futures=True)
            self._keep()

    def _take(self, names: Names, digest: bytes | str) -> None:
        if isinstance(digest, bytes):
            first = names[0]
            same = [name for name in names if (name.size_bytes, name.mtime_ns) == (first.size_bytes, first.mtime_ns)]
            with self._lock:
                self._found += [(name, digest) for name in same]
        else:
            with self._lock:
                self.failed.add(names[0].key)
                self.problems += [Problem(name.path, digest) for name in names]

    def _keep(self) -> None:
        with self._lock:
            found, self._found = self._found, []
        if found:
            self._store.write(lambda connection: duplicate_rows.keep_hashes(connection, found)).result()

    def _read(self, files: Sequence[Names]) -> None:
        for names in files:
            self._take(names, self._digest(names[0]))

    def _digest(self, row: Candidate) -> bytes | str:
        """The hash of a file that was what its row says before and after it was read, else why there is none."""
        counted = 0

        def part_read(size: int) -> None:
            nonlocal counted
            self._task.check()
            self._count(size)
            counted += size

        try:
            if cloud.is_only_online(row.path):
                return ONLINE
            with FileIO(os.open(os_path(row.path), _FLAGS)) as file:
                if not _is_as_said(file.fileno(), row):
                    return CHANGED
                digest = fingerprint.of_content(file, part_read)
                return digest if _is_as_said(file.fileno(), row) else CHANGED
        except (FileNotFoundError, NotADirectoryError):
            return GONE
        except (OSError, ValueError) as exc:
            return f"This file could not be read: {getattr(exc, 'strerror', None) or exc}."
        finally:
            self._count(row.size_bytes - counted)

    def _count(self, amount: int) -> None:
        with self._lock:
            self._read_bytes += amount
            self._task.report("Comparing whole files", min(self._read_bytes, self._total_bytes), self._total_bytes)


def _chunks(files: Sequence[Names]) -> Iterator[list[Names]]:
    """Files in parts of some size, so that a pool's task is worth its overhead."""
    part: list[Names] = []
    size = 0
    for names in files:
        part.append(names)
        size += names[0].size_bytes
        if len(part) >= _CHUNK_FILES or size >= _CHUNK_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _is_as_said(descriptor: int, row: Candidate) -> bool:
    found = os.fstat(descriptor)
    return stat.S_ISREG(found.st_mode) and is_intact(found, row.size_bytes, row.mtime_ns)
