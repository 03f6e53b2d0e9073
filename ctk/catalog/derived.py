"""``derived.db``: what can be made again from the catalog and the files, and is never worth an error.

A file that is damaged is begun afresh. Whatever else goes wrong, a full disk or another program that keeps it busy,
is logged, and then nothing is kept or found. WAL lets readers go on while something is written.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ctk.catalog.store import Connection

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_S = 5.0
"""How long to wait for another process that is writing."""

_LEFT_OVER_BYTES = 16 << 20
"""To what size the log beside the file is cut when it was written into the file."""

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Derived:
    """One part of the file: ``tables`` is the script that makes its tables. Any thread may use it.

    Connections are opened when first needed, and again when the file was begun afresh by somebody else.
    """

    def __init__(self, file: Path, tables: str) -> None:
        self.file = file
        self._tables = tables
        self._reader = _Handle()
        self._writer = _Handle()
        self._closed = False

    def read(self, ask: Callable[[Connection], T], otherwise: T) -> T:
        """What ``ask(connection)`` finds, or ``otherwise`` where nothing is kept."""
        with self._reader.lock:
            try:
                if self._closed or _identity(self.file) is None:
                    return otherwise
                return ask(self._reader.open(self.file, self._open_reader))
            except (sqlite3.Error, OSError) as exc:
                log.log(logging.WARNING if _is_damage(exc) else logging.INFO, "%s: %s", self.file.name, exc)
                return otherwise

    def write(self, change: Callable[[Connection], T]) -> T | None:
        """Run ``change(connection)`` in one transaction, whole or not at all; ``None`` where that cannot be done."""
        with self._writer.lock:
            try:
                try:
                    return self._change(change)
                except sqlite3.DatabaseError as exc:
                    if not _is_damage(exc):
                        raise
                    log.warning("The file %s cannot be used and is begun afresh: %s", self.file.name, exc)
                    self._begin_afresh()
                    return self._change(change)
            except (sqlite3.Error, OSError) as exc:
                log.warning("Something could not be kept in %s: %s", self.file.name, exc)
                return None

    def close(self) -> None:
        """Let go of the file, for good; twice is fine."""
        with self._writer.lock, self._reader.lock:
            self._closed = True
            self._reader.close()
            self._writer.close()

    def _change(self, change: Callable[[Connection], T]) -> T | None:
        if self._closed:
            return None
        connection = self._writer.open(self.file, self._open_writer)
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = change(connection)
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.rollback()
            raise
        return result

    def _open_reader(self) -> Connection:
        connection = _connect(self.file, "rw")
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _open_writer(self) -> Connection:
        connection = _connect(self.file, "rwc")
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA journal_size_limit = {_LEFT_OVER_BYTES}")
            connection.executescript(self._tables)
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin_afresh(self) -> None:
        with self._reader.lock:
            self._reader.close()
            self._writer.close()
            for ending in ("-wal", "-shm", ""):
                self.file.with_name(self.file.name + ending).unlink(missing_ok=True)


class _Handle:
    """A connection that is opened when it is needed, and the file that it was opened to."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._connection: Connection | None = None
        self._of: tuple[int, int] | None = None

    def open(self, file: Path, connect: Callable[[], Connection]) -> Connection:
        """The connection to what ``file`` is now."""
        if self._connection is None or self._of != _identity(file):
            self.close()
            self._connection = connect()
            self._of = _identity(file)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file it is; ``None`` when there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _connect(file: Path, mode: str) -> Connection:
    return sqlite3.connect(
        f"{file.as_uri()}?mode={mode}", uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )


def _is_damage(exc: Exception) -> bool:
    return getattr(exc, "sqlite_errorcode", 0) & 0xFF in _DAMAGE  # absent when Python itself refused
