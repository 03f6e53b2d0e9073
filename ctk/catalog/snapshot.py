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
from typing import TYPE_CHECKING

from ctk.catalog.store import Connection

if TYPE_CHECKING:
    from ctk.catalog.arrays import Array

log = logging.getLogger(__name__)

VERSION = 1
"""Of what the arrays mean; another one is not read."""

_BUSY_S = 5.0
_PIECE = 1 << 20
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
    try:
        with _open(file) as connection:
            found = connection.execute("SELECT name, kind, sum, rowid, length(data) FROM search_index").fetchall()
            arrays = {name: _array(connection, *rest) for name, *rest in found}
        about = json.loads(arrays.pop("about").tobytes())
        return Snapshot(arrays=arrays, **about) if about.pop("version") == VERSION else None
    except (sqlite3.Error, ValueError, TypeError, KeyError) as exc:
        log.info("No search index is kept in %s: %s", file.name, exc)
        return None


def _array(connection: Connection, kind: str, sum: int, row: int, size: int) -> "Array":
    """Read piece by piece into its place, because a large value would be in memory three times over."""
    import numpy as np

    content = np.empty(size, np.uint8)
    with connection.blobopen("search_index", "data", row, readonly=True) as blob:
        for start in range(0, size, _PIECE):
            content[start : start + _PIECE] = np.frombuffer(blob.read(_PIECE), np.uint8)
    if zlib.crc32(content.data) != sum:
        raise ValueError("it is not what was kept")
    return content.view(kind)


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
        _put(connection, "about", np.frombuffer(json.dumps(about).encode(), np.uint8))
        for name, array in snapshot.arrays.items():
            _put(connection, name, np.ascontiguousarray(array))
        connection.execute("COMMIT")


def _put(connection: Connection, name: str, array: "Array") -> None:
    data = array.view("u1").data
    values = name, array.dtype.str, zlib.crc32(data), data
    connection.execute("INSERT INTO search_index VALUES (?, ?, ?, ?)", values)


@contextmanager
def _open(file: Path, *, new: bool = False) -> Iterator[Connection]:
    mode = "rwc" if new else "ro"
    connection = sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
