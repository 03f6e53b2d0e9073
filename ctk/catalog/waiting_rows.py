"""What the user said of sounds that are gone: it waits until the same sound is found again.

A trigger puts it down whenever a row goes, whoever deletes it; an import does for sounds that are not here. A sound is
known again by its content: its size, quick fingerprint, and full hash as far as it is known (``reunion``). What was
never opened is known by its path alone.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ctk import fingerprint as fingerprints
from ctk.catalog import mark_rows, reunion, source_rows
from ctk.catalog.reunion import Known
from ctk.catalog.store import Connection
from ctk.records import Marks

_HERE: Final = "state NOT IN ('missing', 'held')"
_BREAKS: Final = re.compile(rb"[/\\]+")


_Entry = tuple[int, bytes, int, bytes | None]
"""Id, name of the file, size, and fingerprint of what waits."""


def count(connection: Connection) -> int:
    """How many entries wait."""
    return int(connection.execute("SELECT count(*) FROM waiting").fetchone()[0])


def put(
    connection: Connection,
    path: str,
    size_bytes: int,
    fingerprint: bytes | None,
    full_hash: bytes | None,
    marks: Marks,
    positions: Mapping[str, int] | None = None,
) -> None:
    """Let ``marks`` wait for the sound that was at ``path``; ``positions`` are its places in collections, by name.
    Raises ``UsageError``."""
    said = mark_rows.checked(marks)
    collections = [(name, (positions or {}).get(name)) for name in said.collections]
    text = json.dumps(
        {
            "rating": said.rating,
            "favourite": int(said.favourite),
            "note": said.note,
            "label": said.label,
            "tags": said.tags,
            "collections": collections,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    entry = os.fsencode(path), size_bytes, fingerprint, full_hash, text
    connection.execute(
        "INSERT INTO waiting (path, size_bytes, fingerprint, full_hash, marks) SELECT ?1, ?2, ?3, ?4, ?5"
        " WHERE NOT EXISTS (SELECT 1 FROM waiting"
        " WHERE path = ?1 AND size_bytes = ?2 AND fingerprint IS ?3 AND full_hash IS ?4 AND marks = ?5)",
        entry,
    )


def give_back(connection: Connection) -> int:
    """Give waiting words to their sounds, as far as these are here; to how many sounds."""
    pairs = found(connection)
    for entry_id, sound_id in pairs:
        row = connection.execute("SELECT marks FROM waiting WHERE id = ?", (entry_id,)).fetchone()
        said = json.loads(row[0])
        names = tuple(name for name, _ in said["collections"])
        positions = {name: position for name, position in said["collections"] if position is not None}
        marks = Marks(
            said["rating"], bool(said["favourite"]), tuple(said["tags"]), names, said["note"], said.get("label")
        )
        mark_rows.add(connection, sound_id, marks, positions)
    connection.executemany("DELETE FROM waiting WHERE id = ?", [(entry_id,) for entry_id, _ in pairs])
    return len({sound_id for _, sound_id in pairs})


def found(connection: Connection) -> list[tuple[int, int]]:
    """The waiting entries whose sounds are here, each with the id of its sound."""
    if connection.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is None:
        return []
    by_place = _by_place(connection)
    keys = connection.execute(
        "SELECT DISTINCT fingerprint, size_bytes FROM waiting w WHERE fingerprint IS NOT NULL AND EXISTS"
        f" (SELECT 1 FROM sounds s WHERE s.fingerprint = w.fingerprint AND s.size_bytes = w.size_bytes AND s.{_HERE})"
    ).fetchall()
    pairs = list(by_place.items())
    for key in keys:
        entries = [entry for entry in _entries(connection, key) if entry.id not in by_place]
        pairs += reunion.pairs(entries, _sounds(connection, key), is_whole=key[1] <= fingerprints.WHOLE_BYTES)
    return pairs


def _by_place(connection: Connection) -> dict[int, int]:
    """Entries whose sounds are at the same path, where the content of the one or the other is not known."""
    is_unread = connection.execute(
        "SELECT 1 FROM sounds WHERE fingerprint IS NULL AND state = 'cloud' LIMIT 1"
    ).fetchone()
    entries = connection.execute(
        "SELECT id, path, size_bytes, fingerprint FROM waiting" + ("" if is_unread else " WHERE fingerprint IS NULL")
    )
    by_folder: defaultdict[bytes, list[_Entry]] = defaultdict(list)
    for id, path, *content in entries:
        folder, name = os.path.split(path)
        by_folder[folder].append((id, name, *content))
    if not by_folder:
        return {}
    tops = [(root.id, os.path.join(os.fsencode(root.path), b"")) for root in source_rows.roots(connection)]
    return {
        entry_id: sound_id
        for folder, some in by_folder.items()
        for source_id, top in tops
        if os.path.join(folder, b"").startswith(top)
        for entry_id, sound_id in _in_folder(connection, source_id, folder[len(top) :], some)
    }


def _in_folder(
    connection: Connection, source_id: int, folder: bytes, entries: Iterable[_Entry]
) -> Iterator[tuple[int, int]]:
    row = connection.execute("SELECT id FROM folders WHERE source_id = ? AND path = ?", (source_id, folder)).fetchone()
    for entry_id, name, size_bytes, fingerprint in entries if row else ():
        sound = connection.execute(
            f"SELECT id, size_bytes, fingerprint FROM sounds WHERE folder_id = ? AND name = ? AND {_HERE}",
            (row[0], name),
        ).fetchone()
        if sound is not None and (fingerprint is None or (sound[2] is None and sound[1] == size_bytes)):
            yield entry_id, sound[0]


def _entries(connection: Connection, key: tuple[bytes, int]) -> list[Known]:
    rows = connection.execute(
        "SELECT id, path, full_hash FROM waiting WHERE fingerprint = ? AND size_bytes = ? ORDER BY id", key
    )
    return [Known(id, _parts(path), full_hash) for id, path, full_hash in rows]


def _sounds(connection: Connection, key: tuple[bytes, int]) -> list[Known]:
    rows = connection.execute(
        "SELECT s.id, o.path, f.path, s.name, s.full_hash FROM sounds s JOIN folders f ON f.id = s.folder_id"
        " JOIN sources o ON o.id = f.source_id"
        f" WHERE s.fingerprint = ? AND s.size_bytes = ? AND s.{_HERE} ORDER BY s.id",
        key,
    )
    return [Known(id, _parts(os.path.join(root, folder, name)), digest) for id, root, folder, name, digest in rows]


def _parts(path: bytes) -> tuple[bytes, ...]:
    """The names in a path, whatever system it is of."""
    return tuple(_BREAKS.split(path))
