"""What sounds are like, as ``derived.db`` keeps it: a vector of half-precision floats a sound, of each engine.

A row holds for the size and time of the file that was listened to, and all rows of an engine for one catalog and one
version of that engine. ``heard`` is what the engine found besides, as JSON.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ctk.catalog.store import Connection, revision_of

ENGINES: Final = {"built-in": "vectors_built_in", "cnn14": "vectors_cnn14"}
"""Each has a table of its own, since their vectors differ much in length."""

_OF: Final = "CREATE TABLE IF NOT EXISTS vectors_of (engine TEXT PRIMARY KEY, lineage INTEGER, version TEXT);"
TABLES: Final = _OF + "".join(
    f"CREATE TABLE IF NOT EXISTS {table} (sound_id INTEGER PRIMARY KEY, size_bytes INTEGER NOT NULL,"
    " mtime_ns INTEGER NOT NULL, heard TEXT, vector BLOB NOT NULL);"
    for table in ENGINES.values()
)

_AT_ONCE: Final = 500
_FROM: Final = " FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
_HERE: Final = "s.state IN ('ok', 'bad') AND o.state = 'ok'"
_JUDGED: Final = ("category", "confidence", "engine", "because")


class Place(NamedTuple):
    """A sound of the catalog: where its file is, what it must be to be the one that is meant, and its length."""

    id: int
    root: str
    path: str
    size_bytes: int
    mtime_ns: int
    duration_s: float | None

    @property
    def stamp(self) -> tuple[int, int]:
        return self.size_bytes, self.mtime_ns


class Heard(NamedTuple):
    """What an engine heard in one sound."""

    sound_id: int
    size_bytes: int
    mtime_ns: int
    heard: str | None
    vector: bytes


class Named(NamedTuple):
    """A sound as it is called, the user's label of it, and what was judged before; see ``_JUDGED``."""

    id: int
    folder: str
    name: str
    label: str | None
    stamp: tuple[int, int]
    judged: tuple[str | None, float | None, str | None, str | None]


def adopt(derived: Connection, engine: str, lineage: int, version: str) -> None:
    """Forget what another version of the engine heard, or what was heard in another catalog."""
    kept = derived.execute("SELECT lineage, version FROM vectors_of WHERE engine = ?", (engine,)).fetchone()
    if kept != (lineage, version):
        derived.execute(f"DELETE FROM {ENGINES[engine]}")
        derived.execute("INSERT OR REPLACE INTO vectors_of VALUES (?, ?, ?)", (engine, lineage, version))


def version_kept(derived: Connection, engine: str, lineage: int) -> str | None:
    """The version of what is kept of this catalog, ``None`` where nothing is."""
    kept = derived.execute(
        "SELECT version FROM vectors_of WHERE engine = ? AND lineage = ?", (engine, lineage)
    ).fetchone()
    return None if kept is None else str(kept[0])


def put(derived: Connection, engine: str, rows: Iterable[Heard]) -> None:
    derived.executemany(f"INSERT OR REPLACE INTO {ENGINES[engine]} VALUES (?, ?, ?, ?, ?)", rows)


def stamps(derived: Connection, engine: str) -> dict[int, tuple[int, int]]:
    """The size and time of every sound that was heard, by id."""
    found = derived.execute(f"SELECT sound_id, size_bytes, mtime_ns FROM {ENGINES[engine]}")
    return {id: (size, mtime_ns) for id, size, mtime_ns in found}


def opinions(
    derived: Connection, engine: str, ids: Sequence[int] | None = None
) -> dict[int, tuple[tuple[int, int], str]]:
    """What was found besides a vector, and of a file of which size and time, by the id of its sound."""
    select = f"SELECT s.sound_id, s.size_bytes, s.mtime_ns, s.heard FROM {ENGINES[engine]} s WHERE s.heard IS NOT NULL"
    return {
        id: ((size, mtime_ns), heard)
        for which in _parts(ids, "s.sound_id")
        for id, size, mtime_ns, heard in derived.execute(select + which)
    }


def heard(derived: Connection, engine: str, ids: Sequence[int] | None = None) -> Iterator[Heard]:
    """What is kept, by id, of all sounds or of ``ids``."""
    select = f"SELECT sound_id, size_bytes, mtime_ns, heard, vector FROM {ENGINES[engine]}"
    if ids is None:
        yield from map(Heard._make, derived.execute(f"{select} ORDER BY sound_id"))
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        numbers = ",".join(map(str, wanted[start : start + _AT_ONCE]))
        yield from map(Heard._make, derived.execute(f"{select} WHERE sound_id IN ({numbers}) ORDER BY sound_id"))


def forget(derived: Connection, engine: str, ids: Iterable[int]) -> None:
    """These sounds are gone."""
    derived.executemany(f"DELETE FROM {ENGINES[engine]} WHERE sound_id = ?", [(id,) for id in ids])


def places(catalog: Connection, ids: Sequence[int] | None = None) -> list[Place]:
    """The sounds that can be listened to, by id: all of them, or those of ``ids``."""
    select = f"SELECT s.id, o.path, f.path, s.name, s.size_bytes, s.mtime_ns, s.duration_s{_FROM} WHERE {_HERE}"
    return [
        Place(id, os.fsdecode(root), os.fsdecode(os.path.join(root, folder, name)), size, mtime_ns, duration_s)
        for which in _parts(ids)
        for id, root, folder, name, size, mtime_ns, duration_s in catalog.execute(f"{select}{which} ORDER BY s.id")
    ]


def named(catalog: Connection, ids: Sequence[int] | None = None) -> Iterator[Named]:
    """Every sound, or those of ``ids``, as they are called."""
    judged = ", ".join(f"s.{column}" for column in _JUDGED)
    select = f"SELECT s.id, f.path, s.name, s.label, s.size_bytes, s.mtime_ns, {judged}{_FROM} WHERE s.state <> 'held'"
    decode = os.fsdecode
    for which in _parts(ids):
        for id, folder, name, label, size, mtime_ns, *before in catalog.execute(select + which):
            yield Named(id, decode(folder), decode(name), label, (size, mtime_ns), tuple(before))


def judge(
    catalog: Connection, verdicts: Iterable[tuple[int, tuple[str | None, float | None, str | None, str | None]]]
) -> None:
    """Write down what sounds are now taken for."""
    revision = revision_of(catalog)
    catalog.executemany(
        f"UPDATE sounds SET {', '.join(f'{column} = ?' for column in _JUDGED)}, revision = {revision} WHERE id = ?",
        [(*verdict, id) for id, verdict in verdicts],
    )


def label(catalog: Connection, ids: Sequence[int], category: str | None) -> dict[int, str | None]:
    """Note the user's word; the label before of each that changed."""
    before: dict[int, str | None] = {}
    for which in _parts(ids):
        before.update(catalog.execute(f"SELECT s.id, s.label FROM sounds s WHERE s.label IS NOT ?{which}", (category,)))
    revision = revision_of(catalog)
    catalog.executemany(
        f"UPDATE sounds SET label = ?, revision = {revision} WHERE id = ?", [(category, id) for id in before]
    )
    return before


def count_by_engine(catalog: Connection) -> dict[str, int]:
    """How many sounds each engine has judged."""
    return dict(catalog.execute("SELECT engine, count(*) FROM sounds WHERE engine IS NOT NULL GROUP BY engine"))


def _parts(ids: Sequence[int] | None, column: str = "s.id") -> Iterator[str]:
    """Conditions to be added to others, for some of ``ids`` at a time."""
    if ids is None:
        yield ""
        return
    for start in range(0, len(ids), _AT_ONCE):
        yield f" AND {column} IN ({','.join(map(str, ids[start : start + _AT_ONCE]))})"
