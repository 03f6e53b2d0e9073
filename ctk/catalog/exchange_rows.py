"""Rows as they leave for a file and come back from one: who waits, who is where in which collection, and which sound is
at a path."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ctk.catalog import naming
from ctk.catalog.store import Connection
from ctk.records import Marks


class Waiting(NamedTuple):
    """What was said of a sound that is not here, and its positions in collections as far as they are known."""

    path: str
    size_bytes: int
    fingerprint: bytes | None
    full_hash: bytes | None
    marks: Marks
    positions: Mapping[str, int]


def waiting(connection: Connection) -> Iterator[Waiting]:
    """All words that wait for their sounds, in the order in which they came."""
    found = connection.execute("SELECT path, size_bytes, fingerprint, full_hash, marks FROM waiting ORDER BY id")
    for path, size, fingerprint, full_hash, text in found:
        said = json.loads(text)
        names = tuple(name for name, _ in said["collections"])
        marks = Marks(
            said["rating"], bool(said["favourite"]), tuple(said["tags"]), names, said["note"], said.get("label")
        )
        positions = {name: position for name, position in said["collections"] if position is not None}
        yield Waiting(os.fsdecode(path), size, fingerprint, full_hash, marks, positions)


def positions(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Where those sounds that are in collections are in each, by its name."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for id, name, position in connection.execute(
        "SELECT x.sound_id, c.name, x.position FROM collection_sounds x JOIN collections c ON c.id = x.collection_id"
        f" WHERE x.sound_id IN ({','.join(map(str, ids))})"
    ):
        found[id][name] = position
    return found


def members(connection: Connection, collection: str) -> list[int]:
    """The sounds of a collection in its order; none where there is no such collection. Raises ``UsageError``."""
    found = connection.execute(
        "SELECT x.sound_id FROM collections c JOIN collection_sounds x ON x.collection_id = c.id WHERE c.folded = ?"
        " ORDER BY x.position, x.sound_id",
        (naming.sought(collection, "collection"),),
    )
    return [id for (id,) in found]


def ends(connection: Connection) -> dict[str, int]:
    """The position after the last sound of each collection that holds any, by its folded name."""
    found = connection.execute(
        "SELECT c.folded, max(x.position) + 1 FROM collections c JOIN collection_sounds x ON x.collection_id = c.id"
        " GROUP BY c.id"
    )
    return dict(found)


def paths(connection: Connection) -> Iterator[tuple[int, str]]:
    """Every sound and where it is, those that are gone first, so that who keeps the last one of a path has the one that
    is there."""
    folders = {
        id: os.fsdecode(os.path.join(root, folder, b""))
        for id, root, folder in connection.execute(
            "SELECT f.id, o.path, f.path FROM folders f JOIN sources o ON o.id = f.source_id"
        )
    }
    for id, folder_id, name in connection.execute(
        "SELECT id, folder_id, name FROM sounds WHERE state <> 'held' ORDER BY state <> 'missing'"
    ):
        yield id, folders[folder_id] + os.fsdecode(name)
