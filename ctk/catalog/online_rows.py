"""Files that are only online and are in another folder now.

Their content cannot be looked at. But one file that is gone and one placeholder that is new, which agree in name, size
and time and with no other, are the same file; what a service renames or moves keeps all three.
"""

from collections import defaultdict
from collections.abc import Iterable

from ctk.catalog import mark_rows
from ctk.catalog.store import Connection, revision_of

_Key = tuple[bytes, int, int]


def moves(connection: Connection, gone: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs ``(id of the gone row, id of the new row)``."""
    new = _by_key(
        connection.execute(
            "SELECT id, name, size_bytes, mtime_ns FROM sounds INDEXED BY sounds_unsettled"
            " WHERE settled = 0 AND state = 'cloud' AND fingerprint IS NULL AND size_bytes > 0"
        )
    )
    if not new:
        return []
    facts = "SELECT id, name, size_bytes, mtime_ns FROM sounds WHERE id = ?"
    old = _by_key(connection.execute(facts, (id,)).fetchone() for id in gone)
    return [(old[key][0], ids[0]) for key, ids in new.items() if len(ids) == len(old.get(key, ())) == 1]


def follow(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """For each ``(old, new)``: the row ``old`` takes the place of ``new``, which goes, and keeps all it knows."""
    revision = revision_of(connection)
    for old, new in pairs:
        place = connection.execute("SELECT folder_id, name, name_key FROM sounds WHERE id = ?", (new,)).fetchone()
        mark_rows.pass_on(connection, [(new, old)])
        connection.execute("DELETE FROM sounds WHERE id = ?", (new,))
        connection.execute(
            "UPDATE sounds SET folder_id = ?, name = ?, name_key = ?, state = 'cloud', settled = 1, revision = ?"
            " WHERE id = ?",
            (*place, revision, old),
        )


def _by_key(found: Iterable[tuple[int, bytes, int, int]]) -> dict[_Key, list[int]]:
    ids: dict[_Key, list[int]] = defaultdict(list)
    for id, name, size_bytes, mtime_ns in found:
        ids[name, size_bytes, mtime_ns].append(id)
    return ids
