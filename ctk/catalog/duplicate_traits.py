"""What sounds that are alike share, kept beside their rows: the stem of their name, their shape, their decoded sound.

All is made again where a row changed. Two passes over covering indexes find what may be alike, without a look at the
rows themselves.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ctk.catalog.duplicate_rows import last_find
from ctk.catalog.store import Connection
from ctk.records import GroupKind

_AT_ONCE = 500


class Source(NamedTuple):
    """The facts of a row that its traits are made of."""

    id: int
    name: bytes
    codec: str | None
    duration_s: float | None
    sample_rate_hz: int | None
    channels: int | None
    fingerprint: bytes
    size_bytes: int


class Traits(NamedTuple):
    """``stem`` and ``shape`` are equal for sounds that may be alike, ``content`` for those that seem the same."""

    sound_id: int
    stem: int | None
    length_ms: int
    shape: int
    content: int


def changed(connection: Connection, since: int, after: int, limit: int) -> list[Source]:
    """Rows that changed after the revision ``since`` and are there, by id from beyond ``after``."""
    found = connection.execute(
        "SELECT id, name, codec, duration_s, sample_rate_hz, channels, fingerprint, size_bytes FROM sounds"
        f" {'' if since == 0 else 'INDEXED BY sounds_by_revision'} WHERE revision > ? AND id > ? AND state = 'ok'"
        " AND fingerprint IS NOT NULL AND duration_s > 0 ORDER BY id LIMIT ?",
        (since, after, limit),
    )
    return [Source._make(row) for row in found]


def forget(connection: Connection) -> int:
    """Drop the traits of what changed since the last search, and what was heard of files that are others now.

    Returns the revision since when traits are to be made.
    """
    since = last_find(connection, "near")
    if since == 0:
        connection.execute("DELETE FROM duplicate_traits")
        for name in _INDEXES:
            connection.execute(f"DROP INDEX IF EXISTS {name}")
        return since
    ids = "SELECT id FROM sounds WHERE revision > :since UNION ALL SELECT sound_id FROM removed WHERE revision > :since"
    connection.execute(f"DELETE FROM duplicate_traits WHERE sound_id IN ({ids})", {"since": since})
    connection.execute(
        f"DELETE FROM duplicate_decoded WHERE sound_id IN ({ids}) AND NOT EXISTS (SELECT 1 FROM sounds s"
        " WHERE s.id = sound_id AND s.size_bytes = duplicate_decoded.size_bytes"
        " AND s.mtime_ns = duplicate_decoded.mtime_ns)",
        {"since": since},
    )
    return since


def put(connection: Connection, traits: Iterable[Traits]) -> None:
    connection.executemany("INSERT OR REPLACE INTO duplicate_traits VALUES (?, ?, ?, ?, ?)", traits)


_INDEXES = {
    "duplicate_traits_by_stem": "(stem, length_ms, content, sound_id) WHERE stem IS NOT NULL",
    "duplicate_traits_by_shape": "(shape, content, sound_id)",
}
"""Made when the first traits are there: that is many times faster than to keep them up to date from the start."""


def index(connection: Connection) -> None:
    """Make what the two searches go by, where it is not there."""
    for name, columns in _INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON duplicate_traits {columns}")


class Named(NamedTuple):
    """A sound among others of the same stem."""

    stem: int
    length_ms: int
    content: int
    sound_id: int


def of_one_name(connection: Connection) -> Iterator[Named]:
    """Sounds whose stem several contents share, stem by stem, the shortest first."""
    found = connection.execute(
        "SELECT t.stem, t.length_ms, t.content, t.sound_id FROM"
        " (SELECT stem FROM duplicate_traits INDEXED BY duplicate_traits_by_stem WHERE stem IS NOT NULL"
        " GROUP BY stem HAVING count(*) > 1) m"
        " CROSS JOIN duplicate_traits t INDEXED BY duplicate_traits_by_stem ON t.stem = m.stem"
        " ORDER BY t.stem, t.length_ms, t.content, t.sound_id"
    )
    return map(Named._make, found)


class Shaped(NamedTuple):
    """A sound among others of the same shape, and the hashes of what was heard of it."""

    shape: int
    content: int
    sound_id: int
    head: bytes | None
    whole: bytes | None


def of_one_shape(connection: Connection) -> Iterator[Shaped]:
    """Sounds whose shape several contents share, shape by shape and content by content."""
    found = connection.execute(
        "SELECT t.shape, t.content, t.sound_id, d.head, d.whole FROM"
        " (SELECT shape FROM duplicate_traits INDEXED BY duplicate_traits_by_shape"
        " GROUP BY shape HAVING min(content) < max(content)) m"
        " CROSS JOIN duplicate_traits t INDEXED BY duplicate_traits_by_shape ON t.shape = m.shape"
        " LEFT JOIN duplicate_decoded d ON d.sound_id = t.sound_id ORDER BY t.shape, t.content, t.sound_id"
    )
    return map(Shaped._make, found)


class Location(NamedTuple):
    """Where a sound is, and what its file must be to be the one that is meant."""

    id: int
    root: str
    path: str
    size_bytes: int
    mtime_ns: int


def locations(connection: Connection, sound_ids: Sequence[int]) -> Iterator[Location]:
    """Where sounds are, in no order; without those whose file is not in its place any more."""
    for start in range(0, len(sound_ids), _AT_ONCE):
        numbers = ",".join(map(str, sound_ids[start : start + _AT_ONCE]))
        found = connection.execute(
            "SELECT s.id, o.path, f.path, s.name, s.size_bytes, s.mtime_ns FROM sounds s"
            " JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
            f" WHERE s.id IN ({numbers}) AND s.state = 'ok' AND o.state = 'ok'"
        )
        for id, root, folder, name, size, mtime_ns in found:
            yield Location(id, os.fsdecode(root), os.fsdecode(os.path.join(root, folder, name)), size, mtime_ns)


def keep_decoded(connection: Connection, found: Iterable[tuple[Location, bytes | None, bytes | None]]) -> None:
    """Keep hashes of what was heard, of the beginnings of files and of all of them, as far as it was listened to."""
    connection.executemany(
        "INSERT OR REPLACE INTO duplicate_decoded VALUES (?, ?, ?, ?, ?)",
        [(file.id, file.size_bytes, file.mtime_ns, head, whole) for file, head, whole in found],
    )


def alike(connection: Connection) -> dict[tuple[GroupKind, bytes], tuple[int, ...]]:
    """The kept groups that are not exact, by kind and key: the ids of their sounds."""
    found = connection.execute(
        "SELECT g.kind, g.key, group_concat(d.sound_id) FROM duplicate_groups g JOIN duplicate_files d"
        " ON d.group_id = g.id WHERE g.kind <> 'exact' AND g.files > 1 GROUP BY g.id"
    )
    return {(kind, key): tuple(sorted(map(int, ids.split(",")))) for kind, key, ids in found}


def largest(connection: Connection, ids: Sequence[int]) -> int:
    """The size of the largest of some sounds in bytes."""
    numbers = ",".join(map(str, ids))
    return int(connection.execute(f"SELECT max(size_bytes) FROM sounds WHERE id IN ({numbers})").fetchone()[0] or 0)
