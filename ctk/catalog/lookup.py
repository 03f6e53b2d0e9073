"""Rows of the catalog as the records that cross the contract."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Sequence
from typing import Any

from ctk import records
from ctk.catalog import label_rows, said_rows
from ctk.catalog.store import Connection
from ctk.catalog.verdict_rows import VERDICT
from ctk.facts import music
from ctk.records import Page, Row

_AT_ONCE = 128
"""Always the same number, so that SQLite prepares one statement, once; as many as the window asks for."""

_STATE = "CASE WHEN o.state = 'offline' AND s.state IN ('ok', 'cloud') THEN 'offline' ELSE s.state END"
_ROW = (
    "SELECT s.id, o.path, f.path, s.name, s.format, s.codec, s.duration_s, s.sample_rate_hz, s.channels, s.bit_depth,"
    f" s.size_bytes, {_STATE}, s.bpm, s.musical_key, s.kind, s.note, s.heard_bpm, s.rating, s.favourite,"
    f" {', '.join(VERDICT[:3])}"
)
_FROM = " FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id"
_ROWS = f"{_ROW}{_FROM} WHERE s.id IN ({', '.join('?' * _AT_ONCE)})"
_SOUND = (
    f"{_ROW}, {VERDICT[3]}, s.heard_sure, s.remark, s.said, o.id, s.mtime_ns, s.added_s, s.reason, s.metadata,"
    f" s.fingerprint, s.full_hash, s.device, s.inode{_FROM}"
    " WHERE s.id"
)
_KEYS: dict[int | None, str | None] = {None: None, **{key: music.key_name(key) for key in range(music.TONIC + 12)}}
_NOTES: dict[int | None, str | None] = {None: None, **{note: music.note_name(note) for note in range(music.NAMED + 12)}}
_SURE = ((0.8, "quite sure"), (0.5, "fairly sure"), (0.0, "not very sure"))
"""From how sure on, as the catalog keeps it, which words say it."""


def rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """The sounds ``ids`` in that order; those that are gone are left out."""
    found: dict[int, Row] = {}
    tags = label_rows.tags_of(connection, ids)
    decoded = os.fsdecode
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        numbers = (*some, *(0,) * (_AT_ONCE - len(some)))
        for (
            id,
            root,
            folder,
            name,
            *facts,
            key,
            kind,
            note,
            heard,
            stars,
            fav,
            category,
            sure,
            engine,
        ) in connection.execute(_ROWS, numbers):
            text = decoded(name)
            stated = _KEYS[key], kind, _NOTES[note], heard
            marks = stars, fav != 0, tags.get(id, ()), category, sure, engine
            found[id] = Row(*(id, _folder(root, folder) + text, text, *facts, *stated, *marks))
    return [found[id] for id in ids if id in found]


def by_name(connection: Connection, offset: int, limit: int, *, desc: bool) -> Page:
    """A page of all sounds but the held ones in the order of their names, and how many there are."""
    named = connection.execute(
        f"SELECT id FROM sounds INDEXED BY sounds_by_name WHERE state <> 'held'"
        f" ORDER BY name_key {'DESC' if desc else 'ASC'}, id LIMIT ? OFFSET ?",
        (limit, offset),
    )
    held = int(connection.execute("SELECT count(*) FROM sounds WHERE state = 'held'").fetchone()[0])
    return Page(count(connection) - held, rows(connection, [id for (id,) in named]))


def sound(connection: Connection, id: int) -> records.Sound | None:
    """Everything about one sound."""
    found = connection.execute(f"{_SOUND} = ?", (id,)).fetchone()
    if found is None:
        return None
    tags, collections = label_rows.tags_of(connection, [id]), label_rows.collections_of(connection, [id])
    return _sound(found, tags.get(id, ()), collections.get(id, ()))


def sounds(connection: Connection, ids: Sequence[int]) -> list[records.Sound]:
    """The sounds ``ids`` in that order with everything known of them; those that are gone are left out."""
    found: dict[int, records.Sound] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        tags, collections = label_rows.tags_of(connection, some), label_rows.collections_of(connection, some)
        for values in connection.execute(f"{_SOUND} IN ({','.join(map(str, some))})"):
            id = values[0]
            found[id] = _sound(values, tags.get(id, ()), collections.get(id, ()))
    return [found[id] for id in ids if id in found]


def count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sounds").fetchone()[0])


def changed_since(connection: Connection, revision: int, enough: int) -> int:
    """How many sounds changed, came or went after ``revision``; counting stops at ``enough``."""
    found = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM sounds WHERE revision > ? LIMIT ?)", (revision, enough)
    ).fetchone()[0]
    gone = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM removed WHERE revision > ? LIMIT ?)", (revision, enough)
    ).fetchone()[0]
    return int(found + gone)


@functools.lru_cache(10_000)
def _folder(root: bytes, folder: bytes) -> str:
    """The whole path of a folder, with a separator at its end."""
    return os.fsdecode(os.path.join(root, folder, b""))


def _sound(values: Sequence[Any], tags: Sequence[str], collections: Sequence[str]) -> records.Sound:
    """A result of ``_SOUND``."""
    id, root, folder, name, *facts, bpm, key, kind, note, heard, stars, fav = values[:19]
    category, confidence, engine, because, sure, remark, said, source, mtime_ns, added_s = values[19:29]
    reason, metadata, fingerprint, full_hash, device, inode = values[29:]
    text = os.fsdecode(name)
    stated = dict(zip(said_rows.NAMES, (bpm, _KEYS[key], kind, _NOTES[note]), strict=True))
    known = [records.Fact(fact, stated[fact], *by) for fact, by in said_rows.said_of(said).items()]
    if heard is not None:
        known.append(records.Fact("heard_bpm", heard, "ear", heard_words(heard, sure or 0.0)))
    if category is not None:
        known.append(_judged(category, engine, because or ""))
    judged = category, confidence, engine
    return records.Sound(
        *(id, _folder(root, folder) + text, text, *facts, *stated.values(), heard, stars, fav != 0, tags, *judged),
        source_id=source,
        mtime_ns=mtime_ns,
        added_s=added_s,
        reason=reason,
        metadata=json.loads(metadata) if metadata else {},
        fingerprint=fingerprint.hex() if fingerprint is not None else None,
        full_hash=full_hash.hex() if full_hash is not None else None,
        file_id=f"{device:x}:{inode:x}" if device is not None and inode is not None else None,
        facts=tuple(known),
        remark=remark or "",
        collections=collections,
    )


def _judged(category: str, engine: str, because: str) -> records.Fact:
    """What it is, and whose word that is; of a name also whether it is the file's or a folder's."""
    if engine == "name":
        engine, _, because = because.partition(": ")
    return records.Fact("category", category, engine, because)


def heard_words(bpm: float, sure: float) -> str:
    """How sure a tempo by ear is, and how else it could be counted: ``fairly sure; could be 62 or 248``."""
    words = next(words for least, words in _SURE if sure >= least)
    return f"{words}; could be {round(bpm / 2, 1):g} or {round(bpm * 2, 1):g}"
