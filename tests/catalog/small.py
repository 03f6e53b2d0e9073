"""Small catalogs made row by row, in memory or through a store, and the plain way to search them.

``hits`` goes through every row and knows nothing of how the index works.
"""

import math
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ctk.catalog.fields import Alike, Span, Value, label
from ctk.catalog.health import to_words
from ctk.catalog.query import Condition, Query
from ctk.catalog.schema import MIGRATIONS
from ctk.catalog.store import Connection, revision_of
from ctk.catalog.text import fold, natural_key, spaced
from ctk.facts import music

Facts = dict[str, Any]


def in_memory() -> Connection:
    """An empty catalog without a file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript("".join(MIGRATIONS))
    return connection


@contextmanager
def writing(connection: Connection) -> Iterator[Connection]:
    """One write transaction, as the store makes them."""
    connection.execute("BEGIN")
    connection.execute("UPDATE clock SET revision = revision + 1")
    yield connection
    connection.execute("COMMIT")


def add_source(connection: Connection, path: str, state: str = "ok") -> int:
    """The id of the source ``path``, which may be there already."""
    connection.execute(
        "INSERT OR IGNORE INTO sources (path, state, added_s) VALUES (?, ?, 1)", (os.fsencode(path), state)
    )
    return int(connection.execute("SELECT id FROM sources WHERE path = ?", (os.fsencode(path),)).fetchone()[0])


def add_folder(connection: Connection, source: str, folder: str) -> int:
    """The id of ``folder`` in ``source``, which may be there already."""
    place = add_source(connection, source), os.fsencode(folder)
    connection.execute("INSERT OR IGNORE INTO folders (source_id, path) VALUES (?, ?)", place)
    found = connection.execute("SELECT id FROM folders WHERE source_id = ? AND path = ?", place)
    return int(found.fetchone()[0])


def add(connection: Connection, source: str, folder: str, name: str, **facts: object) -> int | None:
    """Add a sound; its id, or ``None`` where that name is taken."""
    row: Facts = {
        "folder_id": add_folder(connection, source, folder),
        "name": os.fsencode(name),
        "name_key": natural_key(name),
        "size_bytes": 1000,
        "mtime_ns": 1,
        "state": "ok",
        "added_s": 1.0,
        "claims": "",
        "revision": revision_of(connection),
        **facts,
    }
    sql = f"INSERT OR IGNORE INTO sounds ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    cursor = connection.execute(sql, tuple(row.values()))
    return cursor.lastrowid if cursor.rowcount > 0 else None


def give(connection: Connection, labels: str, id: int, name: str) -> None:
    """Give a sound a tag or put it in a collection, as ``labels`` says; nothing happens where it has it."""
    connection.execute(f"INSERT OR IGNORE INTO {labels}s (name, folded) VALUES (?, ?)", (name, fold(name)))
    (number,) = connection.execute(f"SELECT id FROM {labels}s WHERE folded = ?", (fold(name),)).fetchone()
    if labels == "tag":
        connection.execute("INSERT OR IGNORE INTO sound_tags VALUES (?, ?)", (id, number))
    else:
        connection.execute("INSERT OR IGNORE INTO collection_sounds VALUES (?, ?, 0)", (number, id))
    change(connection, id)


def take(connection: Connection, labels: str, id: int) -> None:
    """Take all tags from a sound, or take it out of all collections."""
    table = {"tag": "sound_tags", "collection": "collection_sounds"}[labels]
    connection.execute(f"DELETE FROM {table} WHERE sound_id = ?", (id,))
    change(connection, id)


def change(connection: Connection, id: int, **facts: object) -> None:
    """Overwrite facts of a sound; nothing happens where the new place is taken."""
    facts["revision"] = revision_of(connection)
    if isinstance(name := facts.get("name"), str):
        facts.update(name=os.fsencode(name), name_key=natural_key(name))
    assignments = ", ".join(f"{column} = ?" for column in facts)
    connection.execute(f"UPDATE OR IGNORE sounds SET {assignments} WHERE id = ?", (*facts.values(), id))


_ROWS = """
SELECT s.id, s.name, s.name_key, f.path AS folder, o.path AS root, o.state AS source_state, s.state, s.format, s.codec,
    s.duration_s, s.sample_rate_hz, s.channels, s.bit_depth, s.size_bytes, s.added_s, s.health,
    s.bpm, s.musical_key AS key, s.kind AS type, s.note, s.heard_bpm, s.rating, s.favourite, s.remark,
    coalesce(s.label, s.category) AS category,
    coalesce(s.bpm, s.heard_bpm) AS tempo, nullif(s.rating, 0) AS stars
FROM sounds s JOIN folders f ON f.id = s.folder_id JOIN sources o ON o.id = f.source_id ORDER BY s.id
"""

_COLUMNS = {
    "len": "duration_s",
    "rate": "sample_rate_hz",
    "ch": "channels",
    "depth": "bit_depth",
    "size": "size_bytes",
    "added": "added_s",
    "bpm": "bpm",
    "heard": "heard_bpm",
    "rating": "rating",
}
_SORTED = {"bpm": "tempo", "rating": "stars"}
_LABELS = {
    "tag": "SELECT x.sound_id, t.name FROM sound_tags x JOIN tags t ON t.id = x.tag_id",
    "collection": "SELECT x.sound_id, c.name FROM collection_sounds x JOIN collections c ON c.id = x.collection_id",
}


def rows(connection: Connection) -> list[Facts]:
    """Every sound with what is known of it, in the order of ids."""
    cursor = connection.execute(_ROWS)
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, values, strict=True)) for values in cursor]
    roots = {label(os.fsdecode(path)) for (path,) in connection.execute("SELECT path FROM sources")}
    labelled = {kind: _names_by_id(connection, sql) for kind, sql in _LABELS.items()}
    for row in found:
        row.update({kind: names.get(row["id"], []) for kind, names in labelled.items()})
        for part in ("name", "folder", "root"):
            row[part] = os.fsdecode(row[part])
        row["roots"] = roots
        if row["source_state"] == "offline" and row["state"] in ("ok", "cloud"):
            row["state"] = "offline"
        row["top"] = os.path.basename(row["root"]) or row["root"]
    return found


def _names_by_id(connection: Connection, sql: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for id, name in connection.execute(sql):
        found.setdefault(id, []).append(name)
    return found


def hits(connection: Connection, query: Query, sort: str = "name", desc: bool = False) -> list[int]:
    """The ids of what ``query`` means, in order."""
    found = [row for row in rows(connection) if _is_hit(row, query)]
    known = [row for row in found if _key(row, sort) is not None]
    unknown = [row["id"] for row in found if _key(row, sort) is None]
    known.sort(key=lambda row: _key(row, sort), reverse=desc)
    return [row["id"] for row in known] + unknown


def _key(row: Facts, sort: str) -> Any:
    match sort:
        case "name" | "likeness":
            return row["name_key"]
        case "path":
            whole = os.path.join(row["root"], row["folder"]).split(os.sep)
            return [natural_key(part) for part in whole], row["name_key"]
        case "key":
            return None if row["key"] is None else (row["key"] % 12, row["key"] // 12)
        case "format" | "codec" | "state" | "type" | "category":
            return None if row[sort] is None else row[sort].lower()
    return row[_SORTED.get(sort, sort)]


def _is_hit(row: Facts, query: Query) -> bool:
    if row["state"] == "held" and not any(asked.field == "is" and "held" in asked.values for asked in query.conditions):
        return False
    text = spaced(f" {row['top']}/{row['folder']}/{row['name']} ")
    return all((word.text in text) != word.exclude for word in query.words) and all(
        _meets(row, condition) != condition.exclude for condition in query.conditions
    )


def _meets(row: Facts, condition: Condition) -> bool:
    return any(_has(row, condition.field, value) for value in condition.values)


def _has(row: Facts, field: str, value: Value) -> bool:
    if isinstance(value, Alike):
        return row["id"] in value.ids
    if field == "cat":
        return bool(row["category"] == (None if value == "none" else value))
    if isinstance(value, Span):
        number = row[_COLUMNS[field]]
        return number is not None and not math.isnan(number) and value.low <= number <= value.high
    if field == "source" and value.strip() and value in row["roots"]:
        return bool(value == label(row["root"]))
    if field in ("tag", "collection", "about") and value in ("any", "none"):
        return bool(row["remark" if field == "about" else field]) == (value == "any")
    return (spaced(value) if field == "source" else value) in _texts(row, field)


def _texts(row: Facts, field: str) -> "tuple[str, ...] | str | set[str]":
    """What a value of ``field`` may be to be of this sound: one of some, or a piece of a text."""
    match field:
        case "ext":
            return (fold(row["name"].rpartition(".")[2]),) if "." in row["name"] else ()
        case "format" | "type":
            return () if row[field] is None else (row[field].lower(),)
        case "key":
            return _key_names(row["key"])
        case "note":
            return _note_names(row["note"])
        case "is":
            return (row["state"], *to_words(row["health"]))
    return _marks(row, field) if field in ("tag", "collection", "about", "fav") else _place(row, field)


def _place(row: Facts, field: str) -> str:
    return spaced(f" {row['root']} " if field == "source" else f" {row['top']}/{row['folder']}/")


def _marks(row: Facts, field: str) -> "tuple[str, ...] | str | set[str]":
    """What the user said of it."""
    if field == "about":
        return spaced(f" {row['remark']} ") if row["remark"] else ""
    return ("yes" if row["favourite"] else "no",) if field == "fav" else {label(name) for name in row[field]}


def _key_names(key: int | None) -> set[str]:
    """What a key may be called; a major one also without its mode."""
    if key is None:
        return set()
    return {music.key_name(key), music.key_name(key + music.TONIC)} if key < music.MINOR else {music.key_name(key)}


def _note_names(note: int | None) -> set[str]:
    """What a note may be called; one of a certain octave also without it."""
    if note is None:
        return set()
    names = {music.note_name(note)}
    return names | {music.note_name(music.NAMED + note % 12)} if note < music.NAMED else names
