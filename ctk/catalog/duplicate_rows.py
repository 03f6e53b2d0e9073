"""Groups of duplicates as SQLite keeps them: what to prove, what was proven, and what of it still holds.

Every function takes a connection; ``Store.write`` gives the one that may change something. An exact group is made of
rows in state ok that share size and fingerprint, and beyond 128 KB the full hash too; several names of one file count
once.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from ctk.catalog import lookup
from ctk.catalog.protection import Protected
from ctk.catalog.store import Connection
from ctk.fingerprint import WHOLE_BYTES
from ctk.records import GroupKind

Key = tuple[bytes, int]
"""Fingerprint and size: what sounds must share to be looked at together."""

_MANY = 100_000
"""So many changed rows are looked up one by one as fast as all of them are read in order."""

_AT_ONCE = 500


class Candidate(NamedTuple):
    """A row that shares size and fingerprint with others."""

    id: int
    root: str
    path: str
    fingerprint: bytes
    size_bytes: int
    mtime_ns: int
    full_hash: bytes | None
    device: int | None
    inode: int | None
    links: int | None

    @property
    def key(self) -> Key:
        return self.fingerprint, self.size_bytes

    @property
    def file(self) -> object:
        """Equal for names of one file."""
        return (self.device, self.inode) if self.device is not None and self.inode else self.id


def last_find(connection: Connection, kind: Literal["exact", "near"]) -> int:
    """The revision that the last whole search has seen."""
    return int(connection.execute("SELECT revision FROM duplicate_finds WHERE kind = ?", (kind,)).fetchone()[0])


def set_last_find(connection: Connection, kind: Literal["exact", "near"], revision: int) -> None:
    connection.execute("UPDATE duplicate_finds SET revision = ? WHERE kind = ?", (revision, kind))


def keys(connection: Connection, since: int) -> list[Key]:
    """What several rows share, where one of them changed after ``since`` or its proof is not finished."""
    if lookup.changed_since(connection, since, _MANY) >= _MANY:
        found = connection.execute(
            "SELECT fingerprint, size_bytes FROM sounds INDEXED BY sounds_by_fingerprint"
            " WHERE fingerprint IS NOT NULL GROUP BY fingerprint, size_bytes HAVING count(*) > 1"
        )
        return [key for key in found if key[1] > 0]
    found = connection.execute(
        "SELECT n.fingerprint, n.size_bytes FROM sounds n INDEXED BY sounds_by_revision"
        " WHERE n.revision > ? AND n.size_bytes > 0 AND EXISTS (SELECT 1 FROM sounds k"
        " WHERE k.fingerprint = n.fingerprint AND k.size_bytes = n.size_bytes AND k.id <> n.id)"
        " UNION SELECT fingerprint, size_bytes FROM duplicate_unproven",
        (since,),
    )
    return found.fetchall()


def candidates(connection: Connection, key: Key) -> list[Candidate]:
    """The rows that share a key, those of offline sources too."""
    found = connection.execute(
        "SELECT s.id, o.path, f.path, s.name, s.fingerprint, s.size_bytes, s.mtime_ns, s.full_hash, s.device,"
        " s.inode, s.links FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
        " WHERE s.fingerprint = ? AND s.size_bytes = ? AND s.state = 'ok' ORDER BY s.id",
        key,
    )
    return [
        Candidate(row[0], os.fsdecode(row[1]), os.fsdecode(os.path.join(row[1], row[2], row[3])), *row[4:])
        for row in found
    ]


def set_links(connection: Connection, links: Iterable[tuple[int, int]]) -> None:
    """Keep how many names the files of some rows have: ``(links, id)``."""
    connection.executemany("UPDATE sounds SET links = ? WHERE id = ?", links)


def keep_hashes(connection: Connection, hashes: Iterable[tuple[Candidate, bytes]]) -> None:
    """Keep full hashes, for rows that are still what was hashed."""
    connection.executemany(
        "UPDATE sounds SET full_hash = ? WHERE id = ? AND size_bytes = ? AND mtime_ns = ?",
        [(digest, row.id, row.size_bytes, row.mtime_ns) for row, digest in hashes],
    )


def set_unproven(connection: Connection, keys: Iterable[Key]) -> None:
    """Keep ``keys``, and no others, as those whose proof is not finished."""
    connection.execute("DELETE FROM duplicate_unproven")
    connection.executemany("INSERT OR IGNORE INTO duplicate_unproven VALUES (?, ?)", keys)


class _Member(NamedTuple):
    id: int
    full_hash: bytes | None
    device: int | None
    inode: int | None
    links: int | None
    here: int
    root: bytes
    folder: bytes

    @property
    def file(self) -> object:
        return (self.device, self.inode) if self.device is not None and self.inode else self.id


def rebuild(connection: Connection, keys: Iterable[Key]) -> None:
    """Make the exact groups of ``keys`` what their rows say now. Nothing is read but the catalog."""
    _rebuild(connection, keys)
    recount(connection)


def _rebuild(connection: Connection, keys: Iterable[Key]) -> None:
    protected = Protected.of(connection)
    for key in keys:
        found = connection.execute(
            "SELECT s.id, s.full_hash, s.device, s.inode, s.links, o.state = 'ok', o.path, f.path"
            " FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
            " WHERE s.fingerprint = ? AND s.size_bytes = ? AND s.state = 'ok' ORDER BY s.id",
            key,
        )
        contents: dict[bytes, dict[object, _Member]] = defaultdict(dict)
        for member in map(_Member._make, found):
            content = key[0] if key[1] <= WHOLE_BYTES else member.full_hash
            if content is not None:
                contents[content].setdefault(member.file, member)
        groups = {content: list(files.values()) for content, files in contents.items() if len(files) > 1}
        _put_exact(connection, key, groups, protected)


def _put_exact(connection: Connection, key: Key, groups: dict[bytes, list[_Member]], protected: Protected) -> None:
    fingerprint, size = key
    wanted = {size.to_bytes(8, "big") + content: members for content, members in groups.items()}
    old = connection.execute(
        "SELECT key FROM duplicate_groups WHERE kind = 'exact' AND origin = ? AND size_bytes = ? AND files > 0", key
    ).fetchall()
    for content, members in wanted.items():
        spare = size * _spares(members, protected)
        put(connection, "exact", content, fingerprint, size, spare, [member.id for member in members])
    for (content,) in old:
        if content not in wanted:
            put(connection, "exact", content, fingerprint, size, 0, [])


def _spares(members: Sequence[_Member], protected: Protected) -> int:
    """How many of the files can go: what is here, has one name and is not protected, as long as one copy here stays."""
    here = [member for member in members if member.here]
    fixed = sum(
        (member.links or 1) > 1 or protected.holds(os.fsdecode(os.path.join(member.root, member.folder)).rstrip(os.sep))
        for member in here
    )
    return len(here) - (fixed or min(len(here), 1))


def put(
    connection: Connection, kind: GroupKind, key: bytes, origin: bytes, size: int, wasted: int, ids: Sequence[int]
) -> None:
    """Make the group of this content hold exactly ``ids``; its id and whether it was dismissed stay."""
    (group_id,) = connection.execute(
        "INSERT INTO duplicate_groups (kind, key, origin, size_bytes, files, wasted_bytes) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, key) DO UPDATE SET origin = excluded.origin, size_bytes = excluded.size_bytes,"
        " files = excluded.files, wasted_bytes = excluded.wasted_bytes RETURNING id",
        (kind, key, origin, size, len(ids), wasted),
    ).fetchone()
    connection.execute("DELETE FROM duplicate_files WHERE group_id = ?", (group_id,))
    connection.executemany("INSERT INTO duplicate_files VALUES (?, ?)", [(group_id, id) for id in ids])


def is_stale(connection: Connection) -> bool:
    """Whether sounds of some groups changed since those were made."""
    return connection.execute("SELECT 1 FROM duplicate_stale LIMIT 1").fetchone() is not None


def settle(connection: Connection) -> None:
    """Make groups whose sounds changed hold what is still known to be the same; no file is read."""
    if not is_stale(connection):
        return
    stale = connection.execute(
        "SELECT kind, origin, size_bytes, key FROM duplicate_groups WHERE id IN (SELECT group_id FROM duplicate_stale)"
    ).fetchall()
    _rebuild(connection, dict.fromkeys((origin, size) for kind, origin, size, _ in stale if kind == "exact"))
    for kind, origin, size, key in stale:
        if kind != "exact":
            put(connection, kind, key, origin, size, 0, [])
    connection.execute("DELETE FROM duplicate_stale")
    recount(connection)


class GroupRow(NamedTuple):
    """A group as it is kept."""

    id: int
    kind: GroupKind
    size_bytes: int
    wasted_bytes: int
    dismissed: int


class FileRow(NamedTuple):
    """A sound of a group, with all that can tell it from the others."""

    group_id: int
    id: int
    path: str
    source: str
    here: bool
    protected: bool
    links: int
    format: str | None
    codec: str | None
    duration_s: float | None
    sample_rate_hz: int | None
    channels: int | None
    bit_depth: int | None
    size_bytes: int
    mtime_ns: int
    metadata: str | None


_SHOWN = " FROM duplicate_groups WHERE dismissed = 0 AND files > 1"
_EXACT = " AND kind = 'exact'"


def recount(connection: Connection) -> None:
    """Keep how many groups are shown and what they waste; to be called whenever groups were put."""
    for kinds, only in (("exact", _EXACT), ("all", "")):
        connection.execute(
            "UPDATE duplicate_totals SET (groups, wasted_bytes) ="
            f" (SELECT count(*), coalesce(sum(wasted_bytes), 0){_SHOWN}{only}) WHERE kinds = ?",
            (kinds,),
        )


def totals(connection: Connection, *, exact_only: bool = False) -> tuple[int, int]:
    """How many groups are shown, and the bytes that they waste."""
    count, wasted = connection.execute(
        "SELECT groups, wasted_bytes FROM duplicate_totals WHERE kinds = ?", ("exact" if exact_only else "all",)
    ).fetchone()
    return int(count), int(wasted)


def listed(connection: Connection, offset: int, limit: int, *, exact_only: bool = False) -> list[GroupRow]:
    """Groups, the most wasteful first; a ``limit`` of -1 is none."""
    only = _EXACT if exact_only else ""
    found = connection.execute(
        f"SELECT id, kind, size_bytes, wasted_bytes, dismissed{_SHOWN}{only}"
        " ORDER BY wasted_bytes DESC, id LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [GroupRow._make(row) for row in found]


def some(connection: Connection, group_ids: Iterable[int]) -> list[GroupRow]:
    """The groups ``group_ids`` in that order, dismissed and empty ones too; those that never were are left out."""
    found = (
        connection.execute(
            "SELECT id, kind, size_bytes, wasted_bytes, dismissed FROM duplicate_groups WHERE id = ?", (group_id,)
        ).fetchone()
        for group_id in group_ids
    )
    return [GroupRow._make(row) for row in found if row]


def files(connection: Connection, group_ids: Sequence[int]) -> Iterator[FileRow]:
    """The sounds of groups, group by group in no order."""
    protected = Protected.of(connection)
    for start in range(0, len(group_ids), _AT_ONCE):
        numbers = ",".join(map(str, group_ids[start : start + _AT_ONCE]))
        found = connection.execute(
            "SELECT d.group_id, s.id, o.path, f.path, s.name, o.state = 'ok', coalesce(s.links, 1), s.format, s.codec,"
            " s.duration_s, s.sample_rate_hz, s.channels, s.bit_depth, s.size_bytes, s.mtime_ns, s.metadata"
            " FROM duplicate_files d JOIN sounds s ON s.id = d.sound_id JOIN folders f ON f.id = s.folder_id"
            f" JOIN sources o ON o.id = f.source_id WHERE d.group_id IN ({numbers}) AND s.state = 'ok'"
        )
        for group_id, id, root, folder, name, here, *facts in found:
            path = os.fsdecode(os.path.join(root, folder, name))
            yield FileRow(group_id, id, path, os.fsdecode(root), bool(here), protected.covers(path), *facts)


def set_dismissed(connection: Connection, group_id: int, *, on: bool) -> bool:
    """Leave a group out, or show it again; whether there is such a group."""
    cursor = connection.execute("UPDATE duplicate_groups SET dismissed = ? WHERE id = ?", (int(on), group_id))
    recount(connection)
    return cursor.rowcount > 0


def keep_rules(connection: Connection) -> list[str]:
    found = connection.execute("SELECT rule FROM keep_rules ORDER BY position")
    return [os.fsdecode(rule) for (rule,) in found]


def set_keep_rules(connection: Connection, rules: Iterable[str]) -> None:
    connection.execute("DELETE FROM keep_rules")
    connection.executemany(
        "INSERT INTO keep_rules VALUES (?, ?)", [(n, os.fsencode(rule)) for n, rule in enumerate(rules)]
    )
