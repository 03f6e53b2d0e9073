"""The rows of sources: which folders the user pointed at, and whose files are whose when they overlap.

A file belongs to the deepest source that contains it.
"""

import os
import time
from typing import NamedTuple

from ctk.catalog.store import Connection, revision_of


class Root(NamedTuple):
    """A source: its folder as text, and its state (ok or offline)."""

    id: int
    path: str
    state: str


def roots(connection: Connection) -> list[Root]:
    """All sources in the order they were added."""
    found = connection.execute("SELECT id, path, state FROM sources ORDER BY id")
    return [Root(id, os.fsdecode(path), state) for id, path, state in found]


def add(connection: Connection, path: str) -> int:
    """Make ``path`` a source; rows of an enclosing source that lie in it become its own and keep their ids.

    When another process was quicker, its source is the one.
    """
    there = connection.execute("SELECT id FROM sources WHERE path = ?", (os.fsencode(path),)).fetchone()
    if there:
        return int(there[0])
    enclosing = _enclosing(connection, path)
    cursor = connection.execute("INSERT INTO sources (path, added_s) VALUES (?, ?)", (os.fsencode(path), time.time()))
    new_id = int(cursor.lastrowid or 0)
    if enclosing:
        inside = os.fsencode(os.path.relpath(path, enclosing.path))
        _hand_over(connection, enclosing.id, new_id, inside, b"")
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


def set_state(connection: Connection, source_id: int, state: str) -> None:
    connection.execute("UPDATE sources SET state = ? WHERE id = ?", (state, source_id))


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
        connection.execute("DELETE FROM sounds WHERE folder_id = ?", (folder_id,))
        connection.execute("DELETE FROM folders WHERE id = ?", (folder_id,))
