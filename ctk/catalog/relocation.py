"""Rows follow their files, and sources their drives: the same at another place, with all that is known of it."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ctk.catalog import mark_rows, source_rows, stated_rows, waiting_rows
from ctk.catalog.source_rows import Root
from ctk.catalog.store import Connection, revision_of
from ctk.catalog.text import natural_key


class Arrival(NamedTuple):
    """A sound whose file is at ``path`` now; ``copy`` is (mtime_ns, device, inode) of a file that had to be copied."""

    sound_id: int
    path: str
    held: bool = False
    renamed: bool = False
    copy: tuple[int, int, int] | None = None


_AT_ONCE = 1000


def places(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The path and state of sounds by id; those that are gone are left out."""
    decode = os.fsdecode
    folders = {
        id: decode(os.path.join(root, folder, b""))
        for id, root, folder in connection.execute(
            "SELECT f.id, o.path, f.path FROM folders f JOIN sources o ON o.id = f.source_id"
        )
    }
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        numbers = ",".join(map(str, ids[start : start + _AT_ONCE]))
        for id, folder_id, name, state in connection.execute(
            f"SELECT id, folder_id, name, state FROM sounds WHERE id IN ({numbers})"
        ):
            found[id] = folders[folder_id] + decode(name), state
    return found


def root_of(roots: Iterable[Root], path: str) -> Root | None:
    """The deepest source that a file at ``path`` belongs to."""
    wanted = os.path.normcase(path)
    around = [root for root in roots if wanted.startswith(os.path.join(os.path.normcase(root.path), ""))]
    return max(around, key=lambda root: len(root.path), default=None)


def follow(connection: Connection, arrivals: Iterable[Arrival]) -> None:
    """Put sounds where their files are now. One that is outside every source is forgotten."""
    revision, roots = revision_of(connection), source_rows.roots(connection)
    together: defaultdict[tuple[str, bool], list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        together[arrival.path.rpartition(os.sep)[0], arrival.held].append(arrival)
    for (_, held), group in together.items():
        folder_id = _folder_id(connection, roots, group[0].path)
        if folder_id is None:
            connection.executemany("DELETE FROM sounds WHERE id = ?", [(arrival.sound_id,) for arrival in group])
            continue
        plain = [arrival.sound_id for arrival in group if not arrival.renamed and arrival.copy is None]
        left = group
        if _put_all(connection, plain, folder_id, revision, held=held):
            left = [arrival for arrival in group if arrival.renamed or arrival.copy is not None]
        for arrival in left:
            _put(connection, arrival, folder_id, revision)
    stated_rows.judge_renamed(connection)


def follow_drives(connection: Connection, moves: Mapping[int, str]) -> None:
    """Sources, by id, are in other folders now, all of their files with them: what names these files names them
    there. No other source may have such a folder."""
    places = [(root.path, moves[root.id]) for root in source_rows.roots(connection) if root.id in moves]
    _rename_protected(connection, places)
    _rename_steps(connection, places)
    aside = [(b"\0%d" % id, id) for id in moves]
    connection.executemany("UPDATE sources SET path = ? WHERE id = ?", aside)  # two may change places
    there = [(os.fsencode(path), id) for id, path in moves.items()]
    connection.executemany("UPDATE sources SET path = ? WHERE id = ?", there)
    for id in moves:
        source_rows.share_out(connection, id)


def _rename_protected(connection: Connection, places: Sequence[tuple[str, str]]) -> None:
    found = connection.execute("SELECT path FROM protected").fetchall()
    renamed = [(_elsewhere(path, places), path) for (path,) in found]
    for now, path in renamed:
        if now != path:
            connection.execute("DELETE FROM protected WHERE path = ?", (path,))
    for now, path in renamed:
        if now != path:
            connection.execute("INSERT OR IGNORE INTO protected VALUES (?)", (now,))


def _rename_steps(connection: Connection, places: Sequence[tuple[str, str]]) -> None:
    """The journal names files where they are, so that they are found when they are to come back."""
    renamed: list[tuple[bytes, bytes, bytes | None, int, int]] = []
    steps = connection.execute("SELECT path, target, twin, receipt_id, position FROM steps")
    for *names, receipt_id, position in steps.fetchall() if places else ():
        now = [name and _elsewhere(name, places) for name in names]
        if now != names:
            renamed.append((*now, receipt_id, position))
    connection.executemany(
        "UPDATE steps SET path = ?, target = ?, twin = ? WHERE receipt_id = ? AND position = ?", renamed
    )


def _elsewhere(name: bytes, places: Sequence[tuple[str, str]]) -> bytes:
    """What ``name`` is called after the folders it may be in, the deepest first, came to be other ones."""
    path = os.fsdecode(name)
    for old, new in sorted(places, key=lambda pair: -len(pair[0])):
        if path == old:
            return os.fsencode(new)
        if path.startswith(os.path.join(old, "")):
            return os.fsencode(os.path.join(new, path[len(os.path.join(old, "")) :]))
    return name


def forget(connection: Connection, ids: Iterable[int]) -> None:
    """Their files are gone for good. What was said of them goes to copies that are left."""
    held = [(id,) for id in ids]
    if held:
        connection.executemany("DELETE FROM sounds WHERE id = ? AND state = 'held'", held)
        waiting_rows.give_back(connection)


def _put_all(connection: Connection, ids: Sequence[int], folder_id: int, revision: int, *, held: bool) -> bool:
    """Sounds that keep their names, into one folder at once; false when another row is in the way of any."""
    numbers = ",".join(map(str, ids))
    try:
        connection.execute(
            f"UPDATE sounds SET folder_id = ?, state = {_state(held)}, revision = ? WHERE id IN ({numbers})",
            (folder_id, revision),
        )
    except sqlite3.IntegrityError:
        return False
    return True


def _put(connection: Connection, arrival: Arrival, folder_id: int, revision: int) -> None:
    id, path, held, _, copy = arrival
    name = os.path.basename(path)
    values = (folder_id, os.fsencode(name), natural_key(name), revision, id)
    update = (
        f"UPDATE sounds SET folder_id = ?, name = ?, name_key = ?, state = {_state(held)}, revision = ? WHERE id = ?"
    )
    try:
        connection.execute(update, values)
    except sqlite3.IntegrityError:
        _make_room(connection, id, folder_id, values[1], revision)
        connection.execute(update, values)
    if copy:
        connection.execute("UPDATE sounds SET mtime_ns = ?, device = ?, inode = ? WHERE id = ?", (*copy, id))


def _state(held: bool) -> str:
    return "'held'" if held else "CASE WHEN reason IS NULL THEN 'ok' ELSE 'bad' END"


def _make_room(connection: Connection, id: int, folder_id: int, name: bytes, revision: int) -> None:
    """Another row stands where ``id`` goes. When a scan met the same file there it is that file's row twice, and goes;
    else its file is gone from there, and the two change places, so that what is known of it is kept."""
    other, same = connection.execute(
        "SELECT o.id, o.size_bytes = s.size_bytes AND o.mtime_ns = s.mtime_ns AND o.fingerprint IS s.fingerprint"
        " AND o.id > s.id FROM sounds o, sounds s WHERE o.folder_id = ? AND o.name = ? AND s.id = ?",
        (folder_id, name, id),
    ).fetchone()
    if same:
        mark_rows.pass_on(connection, [(other, id)])
        connection.execute("DELETE FROM sounds WHERE id = ?", (other,))
        return
    old_folder, old_name, old_key = connection.execute(
        "SELECT folder_id, name, name_key FROM sounds WHERE id = ?", (id,)
    ).fetchone()
    parked = b"\0" + str(id).encode()
    connection.execute("UPDATE sounds SET name = ? WHERE id = ?", (parked, id))
    connection.execute(
        "UPDATE sounds SET folder_id = ?, name = ?, name_key = ?, state = 'missing', revision = ? WHERE id = ?",
        (old_folder, old_name, old_key, revision, other),
    )


def _folder_id(connection: Connection, roots: Sequence[Root], path: str) -> int | None:
    root = root_of(roots, path)
    if root is None:
        return None
    folder = os.path.dirname(path)[len(os.path.join(root.path, "")) :]
    key = (root.id, os.fsencode(folder))
    connection.execute("INSERT OR IGNORE INTO folders (source_id, path) VALUES (?, ?)", key)
    return int(connection.execute("SELECT id FROM folders WHERE source_id = ? AND path = ?", key).fetchone()[0])
