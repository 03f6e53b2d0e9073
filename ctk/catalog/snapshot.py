"""The search index between runs: arrays in a table of ``derived.db``, which may be thrown away at any time.

A snapshot belongs to one catalog and revision. Whatever is wrong with it, the index is built again.
"""

import json
import logging
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctk.catalog.store import Connection

if TYPE_CHECKING:
    from ctk.catalog.arrays import Array

log = logging.getLogger(__name__)

VERSION = 1
"""Of what the arrays mean; another one is not read."""

_BUSY_S = 5.0
_TABLE = "CREATE TABLE IF NOT EXISTS search_index (name TEXT PRIMARY KEY, kind TEXT, sum INTEGER, data BLOB)"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``arrays`` and ``texts`` as the index gave them, at ``revision`` of the catalog with ``lineage``."""

    lineage: int
    revision: int
    arrays: "dict[str, Array]" = field(default_factory=dict)
    texts: Mapping[str, list[str | None]] = field(default_factory=dict)


def lineage_of(catalog: Connection) -> int:
    return int(catalog.execute("SELECT lineage FROM clock").fetchone()[0])


def save(file: Path, snapshot: Snapshot) -> None:
    """Replace what was kept. A file that cannot be used is begun afresh; other trouble is only logged."""
    try:
        try:
            _write(file, snapshot)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as exc:
            log.warning("The file %s cannot be used and is begun afresh: %s", file.name, exc)
            file.unlink(missing_ok=True)
            _write(file, snapshot)
    except (sqlite3.Error, OSError) as exc:
        log.warning("The search index could not be kept: %s", exc)


def load(file: Path) -> Snapshot | None:
    """What was kept, whole and unharmed, or ``None``."""
    import numpy as np

    arrays: dict[str, Array] = {}
    about: dict[str, Any] = {}
    try:
        with _open(file) as connection:
            for name, kind, sum, data in connection.execute("SELECT name, kind, sum, data FROM search_index"):
                if zlib.crc32(data) != sum:
                    raise ValueError(f"{name} is not what was kept")
                if kind:
                    arrays[name] = np.frombuffer(data, kind)
                else:
                    about = json.loads(data)
        return Snapshot(arrays=arrays, **about) if about.pop("version") == VERSION else None
    except (sqlite3.Error, ValueError, TypeError, KeyError) as exc:
        log.info("No search index is kept in %s: %s", file.name, exc)
        return None


def revision_kept(file: Path, lineage: int) -> int:
    """The revision of the snapshot, -1 when there is none of this catalog. Cheap."""
    try:
        with _open(file) as connection:
            about = json.loads(connection.execute("SELECT data FROM search_index WHERE name = 'about'").fetchone()[0])
    except (sqlite3.Error, TypeError, ValueError):
        return -1
    usable = about.get("version") == VERSION and about.get("lineage") == lineage
    return int(about["revision"]) if usable else -1


def _write(file: Path, snapshot: Snapshot) -> None:
    import numpy as np

    about = {"version": VERSION, "lineage": snapshot.lineage, "revision": snapshot.revision, "texts": snapshot.texts}
    with _open(file, new=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        connection.execute("DELETE FROM search_index")
        _put(connection, "about", None, json.dumps(about).encode())
        for name, array in snapshot.arrays.items():
            _put(connection, name, array.dtype.str, np.ascontiguousarray(array).view(np.uint8).data)
        connection.execute("COMMIT")


def _put(connection: Connection, name: str, kind: str | None, data: Any) -> None:
    connection.execute("INSERT INTO search_index VALUES (?, ?, ?, ?)", (name, kind, zlib.crc32(data), data))


@contextmanager
def _open(file: Path, *, new: bool = False) -> Iterator[Connection]:
    mode = "rwc" if new else "ro"
    connection = sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
