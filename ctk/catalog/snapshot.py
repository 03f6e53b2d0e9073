"""The search index between runs: arrays in a table of ``derived.db``, which may be thrown away at any time.

A snapshot belongs to one catalog and revision. Whatever is wrong with it, the index is built again.
"""

import json
import logging
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.catalog.derived import Derived
from ctk.catalog.store import Connection

if TYPE_CHECKING:
    from ctk.catalog.arrays import Array

log = logging.getLogger(__name__)

VERSION = 5
"""Of what the arrays mean; another one is not read."""

_PIECE = 1 << 20
_TABLE = "CREATE TABLE IF NOT EXISTS search_index (name TEXT PRIMARY KEY, kind TEXT, sum INTEGER, data BLOB);"


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
    """Replace what was kept; where that cannot be done, it is only logged."""
    with closing(Derived(file, _TABLE)) as derived:
        derived.write(lambda connection: _put_all(connection, snapshot))


def load(file: Path) -> Snapshot | None:
    """What was kept, whole and unharmed, or ``None``."""
    with closing(Derived(file, _TABLE)) as derived:
        try:
            arrays: dict[str, Array] = derived.read(_all, {})
            about = json.loads(arrays.pop("about").tobytes())
            return Snapshot(arrays=arrays, **about) if about.pop("version") == VERSION else None
        except (ValueError, TypeError, KeyError) as exc:
            log.info("No search index is kept in %s: %s", file.name, exc)
            return None


def _all(connection: Connection) -> "dict[str, Array]":
    found = connection.execute("SELECT name, kind, sum, rowid, length(data) FROM search_index").fetchall()
    return {name: _array(connection, *rest) for name, *rest in found}


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
    ask = "SELECT data FROM search_index WHERE name = 'about'"
    with closing(Derived(file, _TABLE)) as derived:
        found = derived.read(lambda connection: connection.execute(ask).fetchone(), None)
    try:
        about = json.loads(found[0]) if found else {}
    except (TypeError, ValueError):
        return -1
    usable = about.get("version") == VERSION and about.get("lineage") == lineage
    return int(about["revision"]) if usable else -1


def _put_all(connection: Connection, snapshot: Snapshot) -> None:
    import numpy as np

    about = {"version": VERSION, "lineage": snapshot.lineage, "revision": snapshot.revision, "texts": snapshot.texts}
    connection.execute("DELETE FROM search_index")
    _put(connection, "about", np.frombuffer(json.dumps(about).encode(), np.uint8))
    for name, array in snapshot.arrays.items():
        _put(connection, name, np.ascontiguousarray(array))


def _put(connection: Connection, name: str, array: "Array") -> None:
    data = array.view("u1").data
    values = name, array.dtype.str, zlib.crc32(data), data
    connection.execute("INSERT INTO search_index VALUES (?, ?, ?, ?)", values)
