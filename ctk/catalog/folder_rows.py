"""Folders as whole scans see them: the sums of their rows, which files to know a source by, and folders that moved."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from ctk.catalog import mark_rows, stated_rows
from ctk.catalog.store import Connection, revision_of


class Listed(NamedTuple):
    """A folder as a scan last saw it: the digest of its listing (``None`` when its rows changed since), and sums."""

    id: int
    listing: bytes | None
    files: int
    bytes: int
    duration_s: float


def listed(connection: Connection, source_id: int) -> dict[bytes, Listed]:
    """The folders of a source by their path relative to it."""
    found = connection.execute(
        "SELECT path, id, listing, files, bytes, duration_s FROM folders WHERE source_id = ?", (source_id,)
    )
    return {row[0]: Listed._make(row[1:]) for row in found}


def set_listings(connection: Connection, source_id: int, listings: Iterable[tuple[bytes, bytes, int]]) -> None:
    """Keep ``(folder, digest, files)``, where the rows are those files and nothing is to be said of any of them."""
    connection.executemany(
        "UPDATE folders SET listing = ?, (files, bytes, duration_s) ="
        " (SELECT count(*), total(size_bytes), total(duration_s) FROM sounds WHERE folder_id = folders.id)"
        " WHERE source_id = ? AND path = ? AND ? = (SELECT count(*) FROM sounds WHERE folder_id = folders.id)"
        " AND NOT EXISTS (SELECT 1 FROM sounds WHERE folder_id = folders.id AND (state <> 'ok' OR reason IS NOT NULL"
        " OR claims IS NULL))",
        [(digest, source_id, folder, files) for folder, digest, files in listings],
    )


def has_folders(connection: Connection, source_id: int) -> bool:
    """Whether anything was ever found in a source."""
    return connection.execute("SELECT 1 FROM folders WHERE source_id = ? LIMIT 1", (source_id,)).fetchone() is not None


class Sample(NamedTuple):
    """A file by which a source is known: its path in it, its size, quick fingerprint and number."""

    path: str
    size_bytes: int
    fingerprint: bytes
    inode: int | None


_FOLDERS_AT_MOST = 96


def sample(connection: Connection, source_id: int, count: int = 48) -> list[Sample]:
    """Up to ``count`` files that were there at the last look, from all over the source."""
    every = connection.execute(
        "SELECT id, path FROM folders WHERE source_id = ? ORDER BY path", (source_id,)
    ).fetchall()
    chosen = every[:: max(1, len(every) // _FOLDERS_AT_MOST)][:_FOLDERS_AT_MOST]
    found: list[list[Sample]] = []
    for folder_id, folder in chosen:
        rows = connection.execute(
            "SELECT name, size_bytes, fingerprint, inode FROM sounds WHERE folder_id = ? AND state IN ('ok', 'bad')"
            " AND fingerprint IS NOT NULL ORDER BY name LIMIT ?",
            (folder_id, max(2, -(-count // len(chosen)))),
        )
        found.append([Sample(os.fsdecode(os.path.join(folder, name)), *facts) for name, *facts in rows])
    flat = [file for files in found for file in files]
    return flat[:: max(1, -(-len(flat) // count))]


class Whole(NamedTuple):
    """A folder whose rows are exactly the files that a digest of its listing stands for."""

    id: int
    source_id: int
    path: bytes
    listing: bytes
    files: int
    bytes: int
    duration_s: float


def wholes(connection: Connection) -> list[Whole]:
    """All such folders of sources that are here."""
    found = connection.execute(
        "SELECT f.id, f.source_id, f.path, f.listing, f.files, f.bytes, f.duration_s FROM folders f"
        " JOIN sources o ON o.id = f.source_id WHERE f.listing IS NOT NULL AND f.files > 0 AND o.state = 'ok'"
    )
    return [Whole._make(row) for row in found]


def inodes(connection: Connection, folder_id: int) -> dict[bytes, int | None]:
    """The numbers of the files of a folder, by name."""
    return dict(connection.execute("SELECT name, inode FROM sounds WHERE folder_id = ?", (folder_id,)))


def sounds_in(connection: Connection, folder_ids: Iterable[int]) -> set[int]:
    """The ids of all sounds in some folders."""
    return {
        id
        for folder_id in folder_ids
        for (id,) in connection.execute("SELECT id FROM sounds WHERE folder_id = ?", (folder_id,))
    }


def move(connection: Connection, moves: Iterable[tuple[int, int, bytes]]) -> None:
    """For each ``(folder, source, path)``: the folder with all its rows is there now."""
    revision, todo = revision_of(connection), list(moves)
    leaving = {folder_id for folder_id, *_ in todo}
    free: list[tuple[int, bytes, int, int]] = []
    for folder_id, source_id, path in todo:
        there = _free_place(connection, source_id, path, leaving)
        if there is None:
            free.append((source_id, path, revision, folder_id))
        else:
            connection.execute(
                "UPDATE OR IGNORE sounds SET folder_id = ?, revision = ? WHERE folder_id = ?",
                (there, revision, folder_id),
            )
            mark_rows.pass_on(connection, mark_rows.same_names(connection, folder_id, there))
    aside = [(b"\0%d" % folder_id, folder_id) for *_, folder_id in free]
    connection.executemany("UPDATE folders SET path = ? WHERE id = ?", aside)  # out of each other's way first
    connection.executemany("UPDATE folders SET source_id = ?, path = ?, moved = ? WHERE id = ?", free)
    stated_rows.judge_renamed(connection)


def _free_place(connection: Connection, source_id: int, path: bytes, leaving: set[int]) -> int | None:
    """Make sure that no folder has this place; else the id of the one that keeps it, because it has rows."""
    found = connection.execute("SELECT id FROM folders WHERE source_id = ? AND path = ?", (source_id, path)).fetchone()
    if found is None or found[0] in leaving:
        return None
    if connection.execute("SELECT 1 FROM sounds WHERE folder_id = ? LIMIT 1", found).fetchone():
        return int(found[0])
    connection.execute("DELETE FROM folders WHERE id = ?", found)
    return None
