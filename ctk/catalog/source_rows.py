"""The rows of sources: which folders the user pointed at, on which drives, and whose files are whose.

A file belongs to the deepest source that contains it.
"""

import os
import time
from collections.abc import Iterable
from typing import NamedTuple

from ctk.catalog import mark_rows, stated_rows
from ctk.catalog.store import Connection, revision_of


class Root(NamedTuple):
    """A source: its folder as text, and its state (ok or offline). ``place`` is its path from the top of the drive
    ``volume`` on, which people call ``label``; all three are ``None`` before anybody looked."""

    id: int
    path: str
    state: str
    volume: str | None = None
    label: str | None = None
    place: str | None = None
    seen_s: float | None = None


def roots(connection: Connection) -> list[Root]:
    """All sources in the order they were added."""
    found = connection.execute(
        "SELECT id, path, state, volume, volume_label, volume_path, seen_s FROM sources ORDER BY id"
    )
    decode = os.fsdecode
    return [
        Root(id, decode(path), state, volume, label, None if place is None else decode(place), seen_s)
        for id, path, state, volume, label, place, seen_s in found
    ]


def add(connection: Connection, path: str) -> int:
    """Make ``path`` a source; rows of an enclosing source that lie in it become its own and keep their ids.

    When another process was quicker, its source is the one.
    """
    there = connection.execute("SELECT id FROM sources WHERE path = ?", (os.fsencode(path),)).fetchone()
    if there:
        return int(there[0])
    cursor = connection.execute("INSERT INTO sources (path, added_s) VALUES (?, ?)", (os.fsencode(path), time.time()))
    new_id = int(cursor.lastrowid or 0)
    _take_from_around(connection, new_id, path)
    return new_id


def remove(connection: Connection, source_id: int, path: str) -> None:
    """Forget a source; rows that an enclosing source also covers become that one's, the others go."""
    enclosing = _enclosing(connection, path)
    if enclosing:
        inside = os.fsencode(os.path.relpath(path, enclosing.path))
        _hand_over(connection, source_id, enclosing.id, b"", inside)
    connection.execute(
        "DELETE FROM sounds WHERE folder_id IN (SELECT id FROM folders WHERE source_id = ?)", (source_id,)
    )
    connection.execute("DELETE FROM folders WHERE source_id = ?", (source_id,))
    connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))


def merge(connection: Connection, giver: int, taker: int) -> None:
    """Two sources turned out to be one folder: where both have a row for a file, that of ``taker`` stays."""
    _hand_over(connection, giver, taker, b"", b"")
    connection.execute("DELETE FROM sources WHERE id = ?", (giver,))


def share_out(connection: Connection, source_id: int) -> None:
    """Give each file to the deepest source around it, after ``source_id`` came to be somewhere else."""
    every = roots(connection)
    path = next(root.path for root in every if root.id == source_id)
    _take_from_around(connection, source_id, path)
    for inner in every:
        enclosing = _enclosing(connection, inner.path) if _is_inside(inner.path, path) else None
        if enclosing and enclosing.id == source_id:
            _take_from_around(connection, inner.id, inner.path)


def set_state(connection: Connection, source_id: int, state: str) -> None:
    connection.execute("UPDATE sources SET state = ? WHERE id = ?", (state, source_id))


def note_volume(connection: Connection, root: Root) -> None:
    """Keep on which drive a source is, where on it, and when it was seen there."""
    place = None if root.place is None else os.fsencode(root.place)
    connection.execute(
        "UPDATE sources SET volume = ?, volume_label = ?, volume_path = ?, seen_s = ? WHERE id = ?",
        (root.volume, root.label, place, root.seen_s, root.id),
    )


def note_scanned(connection: Connection, source_ids: Iterable[int], scanned_s: float) -> None:
    """These sources were read to their ends."""
    connection.executemany(
        "UPDATE sources SET scanned_s = ?1, seen_s = ?1 WHERE id = ?2", [(scanned_s, id) for id in source_ids]
    )


def scanned(connection: Connection) -> dict[int, float | None]:
    """When each source was last read to its end."""
    return dict(connection.execute("SELECT id, scanned_s FROM sources"))


def inner_drives(connection: Connection, source_id: int) -> set[tuple[bytes, str]]:
    """Where other drives were seen inside a source, and which."""
    return set(connection.execute("SELECT path, volume FROM inner_drives WHERE source_id = ?", (source_id,)))


def set_inner_drives(connection: Connection, source_id: int, drives: Iterable[tuple[bytes, str]]) -> None:
    connection.execute("DELETE FROM inner_drives WHERE source_id = ?", (source_id,))
    connection.executemany("INSERT INTO inner_drives VALUES (?, ?, ?)", [(source_id, *drive) for drive in drives])


def _take_from_around(connection: Connection, source_id: int, path: str) -> None:
    enclosing = _enclosing(connection, path)
    if enclosing:
        inside = os.fsencode(os.path.relpath(path, enclosing.path))
        _hand_over(connection, enclosing.id, source_id, inside, b"")


def _enclosing(connection: Connection, path: str) -> Root | None:
    """The deepest source that ``path`` lies in."""
    around = [root for root in roots(connection) if root.path != path and _is_inside(path, root.path)]
    return max(around, key=lambda root: len(root.path), default=None)


def _is_inside(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))


def _hand_over(connection: Connection, giver: int, taker: int, old_top: bytes, new_top: bytes) -> None:
    """Give the folders under ``old_top`` of one source to another, where they lie under ``new_top``."""
    revision = revision_of(connection)
    separator = os.fsencode(os.sep)
    found = connection.execute("SELECT id, path FROM folders WHERE source_id = ?", (giver,)).fetchall()
    for folder_id, path in found:
        if old_top and path != old_top and not path.startswith(old_top + separator):
            continue
        rest = path[len(old_top) :].strip(separator)
        place = separator.join(part for part in (new_top, rest) if part)
        connection.execute("INSERT OR IGNORE INTO folders (source_id, path) VALUES (?, ?)", (taker, place))
        new_id = connection.execute(
            "SELECT id FROM folders WHERE source_id = ? AND path = ?", (taker, place)
        ).fetchone()[0]
        connection.execute(
            "UPDATE OR IGNORE sounds SET folder_id = ?, revision = ? WHERE folder_id = ?", (new_id, revision, folder_id)
        )
        mark_rows.pass_on(connection, mark_rows.same_names(connection, folder_id, new_id))
        connection.execute("DELETE FROM sounds WHERE folder_id = ?", (folder_id,))
        connection.execute("DELETE FROM folders WHERE id = ?", (folder_id,))
    stated_rows.judge_renamed(connection)
