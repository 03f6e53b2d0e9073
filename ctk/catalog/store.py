"""The catalog file: one thread writes, every other thread reads through a read-only connection of its own.

WAL lets readers and other processes go on while something is written. A file that cannot be read as a catalog
is set aside under another name when the store closes, never overwritten; see ``damaged_name``.
"""

import logging
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from ctk.catalog import backups
from ctk.catalog.schema import APPLICATION_ID, MIGRATIONS
from ctk.errors import CatalogDamaged, CatalogError, CatalogTooNew

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_S = 30.0
"""How long to wait for another process that is writing."""

Connection = sqlite3.Connection


class Store:
    """``read()`` for this thread's reader, ``write(change)`` to run ``change(connection)`` in one transaction."""

    def __init__(self, file: Path, *, migrations: tuple[str, ...] = MIGRATIONS) -> None:
        self.file = file
        self._local = threading.local()
        self._lock = threading.Lock()
        self._readers: list[tuple[threading.Thread, Connection]] = []
        self._queue: queue.SimpleQueue[tuple[Callable[[Connection], Any], Future[Any], bool, bool] | None] = (
            queue.SimpleQueue()
        )
        self._closed = False
        self._damaged = False
        self._listeners: list[Callable[[int], None]] = []
        try:
            self._writer = _open_writer(file, migrations)
        except CatalogDamaged as exc:
            aside = set_aside(file)
            raise CatalogDamaged(_damage_words(aside)) from exc
        self._thread: threading.Thread | None = None

    def on_commit(self, listener: Callable[[int], None]) -> None:
        """Call ``listener(revision)`` on the writer's thread after each commit."""
        self._listeners.append(listener)

    def read(self) -> Connection:
        """This thread's read-only connection. Rows come as tuples."""
        if self._closed:
            raise CatalogError("The catalog is closed.")
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(f"{self.file.as_uri()}?mode=ro")
            connection.execute("PRAGMA query_only = ON")
            self._local.connection = connection
            with self._lock:
                self._close_readers(lambda thread: not thread.is_alive())
                self._readers.append((threading.current_thread(), connection))
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """This thread's reader inside one read transaction: all statements see the same moment."""
        connection = self.read()
        with self.translated():
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    def write(self, change: Callable[[Connection], T], *, durable: bool = False, quiet: bool = False) -> "Future[T]":
        """Queue ``change``; it runs alone, whole or not at all. The future holds its result or error.

        What is ``durable`` is on the disk when the future is done, whatever happens to the machine then. What is
        ``quiet`` changes nothing that is searched or shown in lists: it makes no new revision, and nobody is told.
        """
        if self._closed:
            raise CatalogError("The catalog is closed.")
        future: Future[T] = Future()
        self._queue.put((change, future, durable, quiet))
        if self._thread is None:
            self._begin()
        return future

    def close(self) -> None:
        """Finish the queued writes and let go of the file; twice is fine."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()
        with self._lock:
            self._close_readers(lambda thread: thread is threading.current_thread() or not thread.is_alive())
            for (
                _,
                reader,
            ) in self._readers:  # closing one under its running statement would crash: it goes with its thread
                reader.interrupt()
            self._readers.clear()
        self._writer.close()
        if self._damaged and not is_sound(self.file):
            log.error("%s", _damage_words(set_aside(self.file)))

    @contextmanager
    def translated(self) -> Iterator[None]:
        """SQLite's errors as ``CatalogError`` with a sentence."""
        try:
            yield
        except sqlite3.OperationalError as exc:
            raise CatalogError(_trouble_words(self.file, exc)) from exc
        except sqlite3.DatabaseError as exc:
            if not _means_damage(exc):
                raise
            self._damaged = True
            raise CatalogDamaged(
                f"The catalog in {self.file} is damaged; it is set aside when the program ends. {_NEXT_STEPS}"
            ) from exc

    def _close_readers(self, over: Callable[[threading.Thread], bool]) -> None:
        for _, reader in [one for one in self._readers if over(one[0])]:
            reader.close()
        self._readers = [one for one in self._readers if not over(one[0])]

    def _begin(self) -> None:
        """Have the thread that writes, from the first write on: where no thread ever was, Tk loads in two thirds of the
        time."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="catalog-writer", daemon=True)
                self._thread.start()

    def _write_all(self) -> None:
        while (item := self._queue.get()) is not None:
            change, future, durable, quiet = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result, revision = self._transact(change, durable, quiet)
            except BaseException as exc:
                future.set_exception(exc)
                continue
            future.set_result(result)
            if not quiet:
                for listener in self._listeners:
                    listener(revision)

    def _transact(self, change: Callable[[Connection], T], durable: bool, quiet: bool) -> tuple[T, int]:
        with self.translated():
            connection = self._writer
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not quiet:
                    connection.execute("UPDATE clock SET revision = revision + 1")
                result = change(connection)
                revision = revision_of(connection)
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            return result, revision


def revision_of(connection: Connection) -> int:
    """The number of the newest write transaction that ``connection`` sees."""
    return int(connection.execute("SELECT revision FROM clock").fetchone()[0])


def is_sound(file: Path) -> bool:
    """Whether SQLite finds the whole file in order; reads all of it."""
    try:
        connection = _connect(f"{file.as_uri()}?mode=ro")
    except sqlite3.Error:
        return False
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def set_aside(file: Path) -> Path:
    """Give a damaged catalog (and its -wal and -shm) a dated name beside it; returns that name."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = file.with_name(f"{file.stem}.damaged-{stamp}{file.suffix}")
    count = 1
    while aside.exists():
        count += 1
        aside = file.with_name(f"{file.stem}.damaged-{stamp}-{count}{file.suffix}")
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            os.replace(part, aside.with_name(aside.name + ending))
    return aside


def _connect(uri: str) -> Connection:
    return sqlite3.connect(
        uri, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )


def _open_writer(file: Path, migrations: tuple[str, ...]) -> Connection:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(file.as_uri())
    except (OSError, sqlite3.Error) as exc:
        raise CatalogError(_trouble_words(file, exc)) from exc
    try:
        _migrate(connection, file, migrations)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as exc:
        connection.close()
        if _means_damage(exc):
            raise CatalogDamaged(str(exc)) from exc
        raise CatalogError(_trouble_words(file, exc)) from exc
    except CatalogError:
        connection.close()
        raise
    return connection


def _migrate(connection: Connection, file: Path, migrations: tuple[str, ...]) -> None:
    version = _version(connection)
    if version > len(migrations):
        raise CatalogTooNew(
            f"The catalog in {file.parent} was made by a newer Creator's Toolkit; please update this program."
        )
    if version == len(migrations):
        return
    if version:
        backups.make(file, connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in migrations[_version(connection) :]:  # none where another process was quicker
            for statement in _split(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    finally:
        if connection.in_transaction:
            connection.rollback()


def _split(script: str) -> Iterator[str]:
    """The statements of a script; ``executescript`` would commit the transaction it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: Connection) -> int:
    version, application_id, tables = connection.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    if application_id not in (0, APPLICATION_ID) or (version == 0 and tables):
        raise CatalogError("The file catalog.db in this home belongs to another program; choose another home.")
    return int(version)


def _means_damage(exc: sqlite3.Error) -> bool:
    code = getattr(exc, "sqlite_errorcode", 0)  # absent when Python itself refused
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _trouble_words(file: Path, exc: Exception) -> str:
    if isinstance(exc, sqlite3.Error) and "locked" in str(exc):
        return f"Another program keeps the catalog in {file.parent} busy; try again in a moment."
    if isinstance(exc, sqlite3.Error) and "full" in str(exc):
        return f"The disk that holds the catalog in {file.parent} is full; free some space and try again."
    return f"The catalog in {file.parent} cannot be used: {exc}."


_NEXT_STEPS = "Start again to begin a fresh catalog, or put one of the copies from the backups folder in its place."


def _damage_words(aside: Path) -> str:
    return f"The catalog was damaged and has been set aside as {aside}. {_NEXT_STEPS}"
