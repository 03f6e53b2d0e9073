"""Reading and writing the rows a scan works on. Every function takes a connection; ``Store.write`` gives the one
that may change something.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ctk.catalog import mark_rows, stated_rows, waiting_rows
from ctk.catalog.store import Connection, revision_of
from ctk.catalog.text import natural_key


class FileRow(NamedTuple):
    """One file as a scan found it: ``folder`` relative to its source and ``name`` as the OS's bytes."""

    folder: bytes
    name: bytes
    size_bytes: int
    mtime_ns: int
    device: int | None
    inode: int | None
    links: int
    format: str | None
    codec: str | None
    duration_s: float | None
    sample_rate_hz: int | None
    channels: int | None
    bit_depth: int | None
    metadata: str | None
    fingerprint: bytes | None
    bpm: float | None
    musical_key: int | None
    kind: str | None
    note: int | None
    said: str | None
    claims: str | None
    state: str
    reason: str | None


Known = tuple[bytes, int, int, int, float | None, int, int, str | None]
"""What the catalog remembers of a file, as SQLite gives it: name, id, size_bytes, mtime_ns, duration_s, how much of it
was read (0 if it never could be, ``IN_PART`` or ``WHOLLY``), where it is (0 there, ``MISSING``, ``CLOUD`` or
``OFFLINE``), and the reason why it is bad."""

IN_PART = 1
"""Read by a version that did not ask for everything that is asked for now."""
WHOLLY = 2

MISSING = 1
CLOUD = 2
OFFLINE = 3


def metadata_text(metadata: Mapping[str, str]) -> str | None:
    return json.dumps(metadata, separators=(",", ":")) if metadata else None


def in_folder(connection: Connection, folder_id: int) -> dict[bytes, Known]:
    """What is known in one folder, by name; held rows aside, whose files wait elsewhere."""
    found = connection.execute(
        "SELECT name, id, size_bytes, mtime_ns, duration_s,"
        f" CASE WHEN fingerprint IS NULL THEN 0 WHEN claims IS NULL THEN {IN_PART} ELSE {WHOLLY} END,"
        f" CASE state WHEN 'missing' THEN {MISSING} WHEN 'cloud' THEN {CLOUD} WHEN 'offline' THEN {OFFLINE} ELSE 0 END,"
        " reason"
        " FROM sounds WHERE folder_id = ? AND state <> 'held'",
        (folder_id,),
    )
    return {row[0]: row for row in found}


_FACTS = FileRow._fields[2:]
_COLUMNS = ("folder_id", "name", "name_key", *_FACTS, "added_s", "revision")
_TOGETHER = 200
"""Rows in one statement: SQLite then works without Python's lock while other threads read files."""


def _upsert(count: int) -> str:
    places = ", ".join(["(" + ", ".join("?" * len(_COLUMNS)) + ")"] * count)
    return (
        f"INSERT INTO sounds ({', '.join(_COLUMNS)}) VALUES {places} ON CONFLICT (folder_id, name) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in (*_FACTS, "revision"))
        + ", full_hash = CASE WHEN excluded.mtime_ns = mtime_ns AND excluded.size_bytes = size_bytes"
        " AND excluded.fingerprint = fingerprint THEN full_hash END,"
        " settled = CASE WHEN fingerprint IS NULL THEN 0 ELSE settled END"
    )


def put(connection: Connection, source_id: int, files: Sequence[FileRow], folder_ids: dict[bytes, int]) -> None:
    """Insert or update ``files``; ids and the time they were added stay. ``folder_ids`` learns new folders.

    What is read for the first time may have been somewhere else before, just as what is new.
    """
    revision, now = revision_of(connection), time.time()
    for folder in {file.folder for file in files} - folder_ids.keys():
        folder_ids[folder] = _folder_id(connection, source_id, folder)
    for start in range(0, len(files), _TOGETHER):
        part = files[start : start + _TOGETHER]
        values: list[object] = []
        for file in part:
            values += (folder_ids[file[0]], file[1], natural_key(os.fsdecode(file[1])), *file[2:], now, revision)
        connection.execute(_upsert(len(part)), values)


def _folder_id(connection: Connection, source_id: int, path: bytes) -> int:
    connection.execute("INSERT OR IGNORE INTO folders (source_id, path) VALUES (?, ?)", (source_id, path))
    found = connection.execute("SELECT id FROM folders WHERE source_id = ? AND path = ?", (source_id, path))
    return int(found.fetchone()[0])


def mark_missing(connection: Connection, ids: Iterable[int]) -> None:
    """Their files are gone from where they were; everything known of them stays."""
    _set_state(connection, ids, "'missing'")


def mark_online(connection: Connection, ids: Iterable[int]) -> None:
    """Their files are only online now; what was read of them before stays."""
    _set_state(connection, ids, "'cloud'")


def mark_offline(connection: Connection, ids: Iterable[int]) -> None:
    """They are on a drive inside their source that is not here."""
    _set_state(connection, ids, "'offline'")


def mark_found(connection: Connection, ids: Iterable[int]) -> None:
    """Files that are back, unchanged, or that were only online."""
    _set_state(connection, ids, "CASE WHEN reason IS NULL THEN 'ok' ELSE 'bad' END")


def _set_state(connection: Connection, ids: Iterable[int], state: str) -> None:
    revision = revision_of(connection)
    connection.executemany(
        f"UPDATE sounds SET state = {state}, revision = ? WHERE id = ?", [(revision, id) for id in ids]
    )


def present_ids(connection: Connection, folder_ids: Iterable[int]) -> list[int]:
    """The sounds in ``folder_ids`` whose files were there at the last look."""
    return [
        id
        for folder_id in folder_ids
        for (id,) in connection.execute(
            "SELECT id FROM sounds WHERE folder_id = ? AND state NOT IN ('missing', 'held')", (folder_id,)
        )
    ]


def missing(connection: Connection, ids: Sequence[int] | None = None) -> list[tuple[int, str, str]]:
    """Id, source and path of sounds whose files are gone, all or those of ``ids``, in sources that are here."""
    found = connection.execute(
        "SELECT s.id, o.path, f.path, s.name FROM sounds s JOIN folders f ON f.id = s.folder_id"
        " JOIN sources o ON o.id = f.source_id WHERE s.state = 'missing' AND o.state = 'ok'"
    )
    wanted = None if ids is None else set(ids)
    return [
        (id, os.fsdecode(root), os.fsdecode(os.path.join(root, folder, name)))
        for id, root, folder, name in found
        if wanted is None or id in wanted
    ]


def forget(connection: Connection, ids: Iterable[int]) -> int:
    """Drop rows that are still missing; how many. What was said of them goes to copies that are left."""
    count = connection.executemany(
        "DELETE FROM sounds WHERE id = ? AND state = 'missing'", [(id,) for id in ids]
    ).rowcount
    waiting_rows.give_back(connection)
    return count


def drop(connection: Connection, ids: Iterable[int]) -> None:
    """Forget rows of which nothing is known yet."""
    connection.executemany("DELETE FROM sounds WHERE id = ?", [(id,) for id in ids])


def sources_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """``ids`` of sounds by the source they are in."""
    folders = dict(connection.execute("SELECT id, source_id FROM folders"))
    found: dict[int, list[int]] = {}
    for id in ids:
        row = connection.execute("SELECT folder_id FROM sounds WHERE id = ?", (id,)).fetchone()
        if row:
            found.setdefault(folders[row[0]], []).append(id)
    return found


def present(connection: Connection, source_id: int, before_s: float) -> int:
    """How many files of a source that were known before that moment were there at the last look."""
    found = connection.execute(
        "SELECT count(*) FROM folders f JOIN sounds s ON s.folder_id = f.id"
        " WHERE f.source_id = ? AND s.state NOT IN ('missing', 'held') AND s.added_s < ?",
        (source_id, before_s),
    )
    return int(found.fetchone()[0])


class Twin(NamedTuple):
    """A row that shares size and quick fingerprint with others, and what may tell it apart from them."""

    id: int
    root: str
    path: str
    name: bytes
    size_bytes: int
    mtime_ns: int
    full_hash: bytes | None
    state: str
    settled: int
    added_s: float


_TWIN = (
    "SELECT s.id, o.path, f.path, s.name, s.size_bytes, s.mtime_ns, s.full_hash, s.state, s.settled, s.added_s"
    " FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
)


def _twin(row: tuple[int, bytes, bytes, bytes, int, int, bytes | None, str, int, float]) -> Twin:
    return Twin(row[0], os.fsdecode(row[1]), os.fsdecode(os.path.join(row[1], row[2], row[3])), *row[3:])


def unsettled_groups(connection: Connection) -> list[list[Twin]]:
    """Rows that share size and fingerprint, in groups that hold at least one row found since the last whole scan.

    Held rows and those of offline sources take no part: nothing can be said about where their files are.
    """
    keys = connection.execute(
        "SELECT DISTINCT n.fingerprint, n.size_bytes FROM sounds n INDEXED BY sounds_unsettled"
        " WHERE n.settled = 0 AND n.size_bytes > 0"
        " AND EXISTS (SELECT 1 FROM sounds k WHERE k.fingerprint = n.fingerprint"
        " AND k.size_bytes = n.size_bytes AND k.id <> n.id)"
    ).fetchall()
    condition = " WHERE s.fingerprint = ? AND s.size_bytes = ? AND s.state <> 'held' AND o.state = 'ok' ORDER BY s.id"
    return [[_twin(row) for row in connection.execute(_TWIN + condition, key)] for key in keys]


def unproven_twins(connection: Connection, over_bytes: int) -> list[Twin]:
    """Present rows over ``over_bytes`` that share size and fingerprint with another and lack the full hash."""
    found = connection.execute(
        _TWIN + " WHERE s.size_bytes > ? AND s.full_hash IS NULL AND s.state = 'ok' AND o.state = 'ok'"
        " AND EXISTS (SELECT 1 FROM sounds k WHERE k.fingerprint = s.fingerprint"
        " AND k.size_bytes = s.size_bytes AND k.id <> s.id) ORDER BY s.size_bytes, s.id",
        (over_bytes,),
    )
    return [_twin(row) for row in found]


def set_full_hash(connection: Connection, hashes: Iterable[tuple[Twin, bytes]]) -> None:
    """Keep full hashes, for rows that are still what was hashed."""
    connection.executemany(
        "UPDATE sounds SET full_hash = ? WHERE id = ? AND size_bytes = ? AND mtime_ns = ?",
        [(digest, twin.id, twin.size_bytes, twin.mtime_ns) for twin, digest in hashes],
    )


_MOVED = ("folder_id", "name", "name_key", *_FACTS)


def move(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """For each ``(old, new)``: the row ``old`` takes the place and facts of ``new``, which goes."""
    revision = revision_of(connection)
    for old, new in pairs:
        facts = connection.execute(
            f"SELECT {', '.join(_MOVED)}, full_hash FROM sounds"
            " WHERE id = ? AND EXISTS (SELECT 1 FROM sounds WHERE id = ?)",
            (new, old),
        ).fetchone()
        if facts is None:
            continue
        mark_rows.pass_on(connection, [(new, old)])
        connection.execute("DELETE FROM sounds WHERE id = ?", (new,))
        connection.execute(
            f"UPDATE sounds SET {', '.join(f'{column} = ?' for column in _MOVED)},"
            " full_hash = CASE WHEN mtime_ns = ? THEN coalesce(?, full_hash) ELSE ? END, settled = 1, revision = ?"
            " WHERE id = ?",
            (*facts[:-1], facts[_MOVED.index("mtime_ns")], facts[-1], facts[-1], revision, old),
        )
    stated_rows.judge_renamed(connection)


def settle(connection: Connection, source_ids: Iterable[int]) -> None:
    """A scan of these sources has run to its end: what it found is no longer new."""
    connection.executemany(
        "UPDATE sounds INDEXED BY sounds_unsettled SET settled = 1"
        " WHERE settled = 0 AND folder_id IN (SELECT id FROM folders WHERE source_id = ?)",
        [(id,) for id in source_ids],
    )


def settle_old(connection: Connection, before_s: float) -> None:
    """What was found before that moment is no longer new."""
    connection.execute(
        "UPDATE sounds INDEXED BY sounds_unsettled SET settled = 1 WHERE settled = 0 AND added_s < ?", (before_s,)
    )


def bad(connection: Connection) -> list[tuple[str, str]]:
    """Path and reason of every file that cannot be read."""
    found = connection.execute(
        "SELECT o.path, f.path, s.name, s.reason FROM sounds s JOIN folders f ON f.id = s.folder_id"
        " JOIN sources o ON o.id = f.source_id WHERE s.state = 'bad' ORDER BY o.id, f.path, s.name_key"
    )
    return [(os.fsdecode(os.path.join(root, folder, name)), reason) for root, folder, name, reason in found]
