"""Which folders hold the same sounds, counted by SQLite: one line for all groups that lie in the same folders."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from ctk.catalog.store import Connection


class FolderRow(NamedTuple):
    """A folder, its path and that of its source, and how many files are there."""

    id: int
    source: str
    path: str
    files: int


def folders(connection: Connection) -> list[FolderRow]:
    """Every folder that directly holds files."""
    found = connection.execute(
        "SELECT f.id, o.path, f.path, count(*) FROM sounds s JOIN folders f ON f.id = s.folder_id"
        " JOIN sources o ON o.id = f.source_id WHERE s.state NOT IN ('missing', 'held') GROUP BY f.id"
    )
    rows = []
    for id, root, folder, files in found:
        rows.append(
            FolderRow(id, os.fsdecode(root), os.fsdecode(os.path.join(root, folder) if folder else root), files)
        )
    return rows


class Spread(NamedTuple):
    """What lies in the same folders: how many groups and the bytes of one copy of each.

    ``copies`` says how many copies of each group are in which folder (by id).
    """

    copies: dict[int, int]
    groups: int
    bytes: int


def spreads(connection: Connection) -> Iterator[Spread]:
    """Exact groups that lie in several folders, by those folders."""
    found = connection.execute(
        "SELECT places, count(*), sum(size_bytes) FROM ("
        " SELECT group_concat(folder_id || ':' || copies) AS places, size_bytes FROM ("
        "  SELECT g.id, g.size_bytes, s.folder_id, count(*) AS copies FROM duplicate_groups g"
        "  JOIN duplicate_files d ON d.group_id = g.id JOIN sounds s ON s.id = d.sound_id"
        "  WHERE g.kind = 'exact' AND g.files > 1 AND g.dismissed = 0 AND s.state = 'ok'"
        "  GROUP BY g.id, s.folder_id ORDER BY g.id, s.folder_id"
        " ) GROUP BY id HAVING count(*) > 1"
        ") GROUP BY places"
    )
    for places, groups, size in found:
        pairs = (place.split(":") for place in places.split(","))
        yield Spread({int(folder): int(copies) for folder, copies in pairs}, groups, size)
