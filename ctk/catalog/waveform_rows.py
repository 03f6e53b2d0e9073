"""What listening to sounds gave, as ``derived.db`` keeps it, and the sounds of the catalog that it was given by.

A row holds for the size and time of the file that was listened to, and all rows for one catalog and one way of
listening. The large parts, which may be dropped to save space, lie in a table of their own, so that the small ones are
found side by side.
"""

import os
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ctk.catalog.store import Connection, revision_of

TABLES: Final = """
CREATE TABLE IF NOT EXISTS waveforms_of (lineage INTEGER NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS waveforms (
    sound_id INTEGER PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    health INTEGER NOT NULL,
    numbers TEXT NOT NULL,
    made_s REAL NOT NULL,
    bytes INTEGER NOT NULL,
    thumbnail BLOB
);
CREATE INDEX IF NOT EXISTS waveforms_by_age ON waveforms (made_s, bytes) WHERE bytes > 0;
CREATE INDEX IF NOT EXISTS waveforms_unwell ON waveforms (sound_id) WHERE health <> 0;
CREATE TABLE IF NOT EXISTS waveform_outlines (
    sound_id INTEGER PRIMARY KEY,
    made_s REAL NOT NULL,
    bytes INTEGER NOT NULL,
    outline BLOB NOT NULL,
    seek BLOB
);
CREATE INDEX IF NOT EXISTS waveform_outlines_by_age ON waveform_outlines (made_s, bytes);
"""

_AT_ONCE: Final = 500
_HERE: Final = "s.state IN ('ok', 'bad') AND o.state = 'ok'"
"""True of sounds that can be listened to: what is only online must not be opened, and the rest is not there."""
_THERE: Final = "s.state NOT IN ('missing', 'held')"
_FROM: Final = " FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"


class HeardTempo(NamedTuple):
    """A tempo by ear, and how sure of it one can be; nothing where none is kept."""

    bpm: float | None
    sure: float | None


NOT_HEARD: Final = HeardTempo(None, None)


class Place(NamedTuple):
    """A sound of the catalog: its file, what it must be to be the one that is meant, and whether it can be read.

    ``bpm`` and ``kind`` are what is stated of it, ``heard`` is its tempo as the catalog has it."""

    id: int
    root: str
    path: str
    size_bytes: int
    mtime_ns: int
    health: int
    here: bool
    bpm: float | None
    kind: str | None
    duration_s: float | None
    heard: HeardTempo

    @property
    def stamp(self) -> tuple[int, int]:
        return self.size_bytes, self.mtime_ns


class Kept(NamedTuple):
    """What is kept of one sound, without its pictures."""

    stamp: tuple[int, int]
    health: int
    numbers: str


class Retold(NamedTuple):
    """What is known of one sound now, its pictures aside, which stay as they are."""

    sound_id: int
    size_bytes: int
    mtime_ns: int
    numbers: str


class Made(NamedTuple):
    """What listening to one sound gave: ``thumbnail``, ``outline`` and ``seek`` are ``None`` where there is none."""

    sound_id: int
    size_bytes: int
    mtime_ns: int
    health: int
    numbers: str
    made_s: float
    thumbnail: bytes | None
    outline: bytes | None
    seek: bytes | None


def places(catalog: Connection, ids: Sequence[int]) -> list[Place]:
    """The sounds ``ids`` in that order; those that are gone are left out."""
    found: dict[int, Place] = {}
    for some in _parts(ids):
        found.update((place.id, place) for place in _places(catalog, f"s.id IN ({some})"))
    return [found[id] for id in ids if id in found]


def places_after(catalog: Connection, id: int, limit: int) -> list[Place]:
    """The ``limit`` sounds that follow ``id``, in whatever state."""
    return _places(catalog, f"s.id > {id} ORDER BY s.id LIMIT {limit}")


def _places(catalog: Connection, which: str) -> list[Place]:
    found = catalog.execute(
        f"SELECT s.id, o.path, f.path, s.name, s.size_bytes, s.mtime_ns, s.health, {_HERE},"
        f" s.bpm, s.kind, s.duration_s, s.heard_bpm, s.heard_sure{_FROM} WHERE {which}"
    )
    return [
        Place(
            *(id, os.fsdecode(root), os.fsdecode(os.path.join(root, folder, name)), size, mtime_ns, health, bool(here)),
            *(*stated, HeardTempo(heard_bpm, heard_sure)),
        )
        for id, root, folder, name, size, mtime_ns, health, here, *stated, heard_bpm, heard_sure in found
    ]


def stamps(catalog: Connection, ids: Sequence[int], *, there_only: bool = False) -> dict[int, tuple[int, int]]:
    """Size and time of those of ``ids`` that are in the catalog; only of what is not missing or held, if asked."""
    which = f" AND {_THERE}" if there_only else ""
    return {
        id: (size, mtime_ns)
        for some in _parts(ids)
        for id, size, mtime_ns in catalog.execute(
            f"SELECT id, size_bytes, mtime_ns FROM sounds s WHERE id IN ({some}){which}"
        )
    }


def count_here(catalog: Connection) -> int:
    """How many sounds can be listened to."""
    return _total(catalog, f"SELECT count(*){_FROM} WHERE {_HERE}")


def count_there(catalog: Connection) -> int:
    """How many sounds are not missing or held."""
    return _total(catalog, f"SELECT count(*) FROM sounds s WHERE {_THERE}")


def set_health(catalog: Connection, found: Iterable[tuple[int, int, int, int]]) -> None:
    """Keep what ails sounds as ``(health, id, size_bytes, mtime_ns)``, of rows that are still what was listened to."""
    revision = revision_of(catalog)
    catalog.executemany(
        f"UPDATE sounds SET health = ?, revision = {revision} WHERE id = ? AND size_bytes = ? AND mtime_ns = ?", found
    )


def set_tempo(catalog: Connection, found: Iterable[tuple[float | None, float | None, int, int, int]]) -> None:
    """Keep tempos by ear as ``(bpm, sure, id, size_bytes, mtime_ns)``, of rows that are still what was listened to."""
    revision = revision_of(catalog)
    catalog.executemany(
        f"UPDATE sounds SET heard_bpm = ?, heard_sure = ?, revision = {revision}"
        " WHERE id = ? AND size_bytes = ? AND mtime_ns = ?",
        found,
    )


def adopt(derived: Connection, lineage: int, version: int) -> None:
    """Forget everything that belongs to another catalog, or was made in another way."""
    if derived.execute("SELECT lineage, version FROM waveforms_of").fetchall() == [(lineage, version)]:
        return
    for table in ("waveforms_of", "waveforms", "waveform_outlines"):
        derived.execute(f"DELETE FROM {table}")
    derived.execute("INSERT INTO waveforms_of VALUES (?, ?)", (lineage, version))


def is_of(derived: Connection, lineage: int, version: int) -> bool:
    """Whether what is kept belongs to this catalog and this way of listening."""
    return bool(derived.execute("SELECT lineage, version FROM waveforms_of").fetchone() == (lineage, version))


def kept(derived: Connection, ids: Sequence[int]) -> dict[int, Kept]:
    """What is kept of the sounds ``ids``."""
    return {
        id: Kept((size, mtime_ns), health, numbers)
        for some in _parts(ids)
        for id, size, mtime_ns, health, numbers in derived.execute(
            f"SELECT sound_id, size_bytes, mtime_ns, health, numbers FROM waveforms WHERE sound_id IN ({some})"
        )
    }


def kept_after(derived: Connection, id: int, limit: int) -> dict[int, tuple[int, int]]:
    """Size and time that the first ``limit`` rows after ``id`` hold for."""
    found = derived.execute(
        "SELECT sound_id, size_bytes, mtime_ns FROM waveforms WHERE sound_id > ? ORDER BY sound_id LIMIT ?", (id, limit)
    )
    return {sound_id: (size, mtime_ns) for sound_id, size, mtime_ns in found}


def unwell(derived: Connection) -> list[int]:
    """The sounds that something is wrong with."""
    return [id for (id,) in derived.execute("SELECT sound_id FROM waveforms WHERE health <> 0 ORDER BY sound_id")]


Picture = tuple[int, tuple[int, int], bytes]
"""A sound, the stamp that its picture holds for, and the picture."""


def thumbnails(derived: Connection, ids: Sequence[int]) -> list[Picture]:
    """The small pictures of those of ``ids`` that have one."""
    return _pictures(
        derived, "SELECT sound_id, size_bytes, mtime_ns, thumbnail FROM waveforms WHERE thumbnail NOT NULL", ids
    )


def outlines(derived: Connection, ids: Sequence[int]) -> list[Picture]:
    """The whole outlines of those of ``ids`` that have one."""
    return _pictures(
        derived,
        "SELECT sound_id, size_bytes, mtime_ns, outline FROM waveforms JOIN waveform_outlines USING (sound_id)"
        " WHERE TRUE",
        ids,
    )


def _pictures(derived: Connection, ask: str, ids: Sequence[int]) -> list[Picture]:
    return [
        (id, (size, mtime_ns), picture)
        for some in _parts(ids)
        for id, size, mtime_ns, picture in derived.execute(f"{ask} AND sound_id IN ({some})")
    ]


def seek_index(derived: Connection, id: int) -> bytes | None:
    """The packed seek index of a sound."""
    found = derived.execute("SELECT seek FROM waveform_outlines WHERE sound_id = ?", (id,)).fetchone()
    return found[0] if found else None


def put(derived: Connection, made: Iterable[Made]) -> None:
    """Keep what was made, in place of what there was."""
    for one in made:
        values = *one[:6], len(one.thumbnail or b""), one.thumbnail
        derived.execute("INSERT OR REPLACE INTO waveforms VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        derived.execute("DELETE FROM waveform_outlines WHERE sound_id = ?", (one.sound_id,))
        if one.outline is not None:
            large = one.sound_id, one.made_s, len(one.outline) + len(one.seek or b""), one.outline, one.seek
            derived.execute("INSERT INTO waveform_outlines VALUES (?, ?, ?, ?, ?)", large)


def retell(derived: Connection, retold: Iterable[Retold]) -> None:
    """Keep what is known now of sounds whose rows still hold for the same files."""
    derived.executemany(
        "UPDATE waveforms SET numbers = ? WHERE sound_id = ? AND size_bytes = ? AND mtime_ns = ?",
        [(one.numbers, *one[:3]) for one in retold],
    )


def forget(derived: Connection, ids: Sequence[int]) -> None:
    """Drop everything kept of sounds."""
    for some in _parts(ids):
        derived.execute(f"DELETE FROM waveforms WHERE sound_id IN ({some})")
        derived.execute(f"DELETE FROM waveform_outlines WHERE sound_id IN ({some})")


def limit(derived: Connection, most_bytes: int) -> None:
    """Bring all pictures together below ``most_bytes``: the oldest outlines go first, then the oldest thumbnails."""
    small = _total(derived, "SELECT total(bytes) FROM waveforms WHERE bytes > 0")
    large = _total(derived, "SELECT total(bytes) FROM waveform_outlines")
    if small + large <= most_bytes:
        return
    oldest = derived.execute("SELECT sound_id, bytes FROM waveform_outlines ORDER BY made_s, bytes")
    ids = _to_drop(oldest, large - max(0, most_bytes - small))
    for some in _parts(ids):
        derived.execute(f"DELETE FROM waveform_outlines WHERE sound_id IN ({some})")
    oldest = derived.execute("SELECT sound_id, bytes FROM waveforms WHERE bytes > 0 ORDER BY made_s, bytes")
    for some in _parts(_to_drop(oldest, small - most_bytes)):
        derived.execute(f"UPDATE waveforms SET thumbnail = NULL, bytes = 0 WHERE sound_id IN ({some})")


def _total(connection: Connection, ask: str) -> int:
    return int(connection.execute(ask).fetchone()[0])


def _to_drop(oldest: Iterable[tuple[int, int]], too_much: int) -> list[int]:
    """The first sounds that together have ``too_much`` bytes."""
    ids: list[int] = []
    for id, size in oldest:
        if too_much <= 0:
            break
        ids.append(id)
        too_much -= size
    return ids


def _parts(ids: Sequence[int]) -> Iterable[str]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ",".join(map(str, ids[start : start + _AT_ONCE]))
