"""What listening engines heard, as ``derived.db`` keeps it: of each sound a vector, and what was found besides as JSON.

A row holds for the size and time of the file that was listened to, and all rows of an engine for one catalog and one
version of that engine. ``changes`` grows with each transaction, so that whoever keeps vectors in memory, in this
process or another, can ask for those that are newer. Vectors lie in a table of their own: they are large, and what is
asked of all sounds is small.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ctk.catalog.store import Connection

_ENGINES: Final = {"built-in": "built_in", "cnn14": "cnn14"}
"""Each has tables of its own, since their vectors differ much in length."""

_OF: Final = """
CREATE TABLE IF NOT EXISTS heard_of (
    engine TEXT PRIMARY KEY,
    lineage INTEGER NOT NULL,
    version TEXT,
    changes INTEGER NOT NULL
);
"""
_OF_ENGINE: Final = """
CREATE TABLE IF NOT EXISTS heard_{0} (
    sound_id INTEGER PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    change INTEGER NOT NULL,
    heard TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS heard_{0}_by_change ON heard_{0} (change, size_bytes, mtime_ns);
CREATE TABLE IF NOT EXISTS vector_{0} (sound_id INTEGER PRIMARY KEY, vector BLOB NOT NULL);
"""
TABLES: Final = _OF + "".join(_OF_ENGINE.format(table) for table in _ENGINES.values())


class Heard(NamedTuple):
    """What an engine heard in one sound: ``vector`` is half-precision floats."""

    sound_id: int
    size_bytes: int
    mtime_ns: int
    heard: str
    vector: bytes


Opinions = dict[int, tuple[tuple[int, int], str]]
"""What was found besides a vector, and in a file of which size and time, by the id of its sound."""


def adopt(derived: Connection, engine: str, lineage: int, version: str | None) -> None:
    """Forget what was heard in another catalog, or by another version of the engine; ``None`` is whichever there is."""
    kept = derived.execute("SELECT lineage, version FROM heard_of WHERE engine = ?", (engine,)).fetchone()
    if kept is not None and kept[0] == lineage and version in (None, kept[1]):
        return
    for table in ("heard", "vector"):
        derived.execute(f"DELETE FROM {table}_{_ENGINES[engine]}")
    derived.execute(  # a number nobody can know already, also in a file that was begun afresh
        "INSERT INTO heard_of VALUES (?, ?, ?, abs(random() % 1000000000000))"
        " ON CONFLICT (engine) DO UPDATE SET lineage = excluded.lineage, version = excluded.version,"
        " changes = changes + 1",
        (engine, lineage, version),
    )


def put(derived: Connection, engine: str, rows: Sequence[Heard]) -> None:
    """Keep what was heard by an engine that is adopted."""
    table, change = _ENGINES[engine], _next_change(derived, engine)
    derived.executemany(
        f"INSERT OR REPLACE INTO heard_{table} VALUES (?, ?, ?, {change}, ?)", [row[:4] for row in rows]
    )
    derived.executemany(
        f"INSERT OR REPLACE INTO vector_{table} VALUES (?, ?)", [(row.sound_id, row.vector) for row in rows]
    )


def forget(derived: Connection, engine: str, ids: Iterable[int]) -> None:
    """These sounds are gone."""
    _next_change(derived, engine)
    gone = [(id,) for id in ids]
    for table in ("heard", "vector"):
        derived.executemany(f"DELETE FROM {table}_{_ENGINES[engine]} WHERE sound_id = ?", gone)


def changes(derived: Connection, engine: str) -> int:
    """The number of the last change; -1 before the first."""
    found = derived.execute("SELECT changes FROM heard_of WHERE engine = ?", (engine,)).fetchone()
    return -1 if found is None else int(found[0])


def count(derived: Connection, engine: str) -> int:
    """How many sounds were heard."""
    return int(derived.execute(f"SELECT count(*) FROM heard_{_ENGINES[engine]}").fetchone()[0])


def stamps(derived: Connection, engine: str) -> dict[int, tuple[int, int]]:
    """The size and time of every file that was heard, by the id of its sound."""
    found = derived.execute(f"SELECT sound_id, size_bytes, mtime_ns FROM heard_{_ENGINES[engine]}")
    return {id: (size, mtime_ns) for id, size, mtime_ns in found}


def opinions(derived: Connection, engine: str, ids: Sequence[int]) -> Opinions:
    """What was found in those of ``ids`` that were heard."""
    found = derived.execute(
        "SELECT h.sound_id, h.size_bytes, h.mtime_ns, h.heard FROM json_each(?) i"
        f" CROSS JOIN heard_{_ENGINES[engine]} h ON h.sound_id = i.value",
        (_json(ids),),
    )
    return {id: ((size, mtime_ns), heard) for id, size, mtime_ns, heard in found}


def vectors(derived: Connection, engine: str, ids: Sequence[int] | None = None) -> Iterator[tuple[int, bytes]]:
    """Ids and vectors of all sounds, by id, or of ``ids`` as far as they were heard."""
    table = _ENGINES[engine]
    if ids is None:
        yield from derived.execute(f"SELECT sound_id, vector FROM vector_{table} ORDER BY sound_id")
        return
    yield from derived.execute(
        f"SELECT v.sound_id, v.vector FROM json_each(?) i CROSS JOIN vector_{table} v ON v.sound_id = i.value",
        (_json(ids),),
    )


def ids(derived: Connection, engine: str, since: int | None = None) -> list[int]:
    """The sounds that were heard, by id; only those heard after the change number ``since``, if given."""
    found = derived.execute(
        f"SELECT sound_id FROM heard_{_ENGINES[engine]} WHERE change > ? ORDER BY sound_id",
        (-1 if since is None else since,),
    )
    return [id for (id,) in found]


def _next_change(derived: Connection, engine: str) -> int:
    derived.execute("UPDATE heard_of SET changes = changes + 1 WHERE engine = ?", (engine,))
    return changes(derived, engine)


def _json(ids: Iterable[int]) -> str:
    """As SQLite's ``json_each`` takes them."""
    return f"[{','.join(map(str, ids))}]"
