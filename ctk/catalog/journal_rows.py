"""The journal of batches: receipts, and one entry for every file and folder they touch.

An entry is *planned*, then *done* or *failed*; on the way back *undoing*, then *undone*. One that waits under another
name until its place is free is *parked* (*parked back*). A removed file that left its holding folder is *emptied*.
Entries without a sound are side files, or folders that were made.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ctk import records
from ctk.catalog.store import Connection


class Entry(NamedTuple):
    """What happens to one file; ``action`` is move, rename, remove, or make for the folder ``path``."""

    position: int
    sound_id: int | None
    action: str
    path: str
    target: str
    size_bytes: int = 0
    mtime_ns: int = 0
    twin: str | None = None
    state: str = "planned"
    reason: str | None = None


class Mark(NamedTuple):
    """What became of an entry; ``frees`` counts the bytes that emptying it would free, where known."""

    state: str
    reason: str | None
    frees: int | None
    position: int


class Span(NamedTuple):
    """Entries one after another that all came to ``state``; when they ``free`` something, it is the whole size."""

    state: str
    free: bool
    first: int
    last: int


_ENTRY = "position, sound_id, action, path, target, size_bytes, mtime_ns, twin, state, reason"
_COUNTS = (
    "SELECT count(*), count(*) FILTER (WHERE state IN ('done', 'undoing', 'parked back', 'undone', 'emptied')),"
    " coalesce(sum(frees), 0) FROM steps WHERE receipt_id = ? AND sound_id IS NOT NULL"
)


def begin(connection: Connection, kind: records.PlanKind, title: str, entries: Iterable[Entry]) -> int:
    """Write down what is about to be done; the number of the receipt."""
    cursor = connection.execute(
        "INSERT INTO receipts (kind, title, created_s, state) VALUES (?, ?, ?, 'applying')", (kind, title, time.time())
    )
    receipt_id = int(cursor.lastrowid or 0)
    encode = os.fsencode
    connection.executemany(
        f"INSERT INTO steps (receipt_id, {_ENTRY}) VALUES ({receipt_id}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*entry[:3], encode(entry[3]), encode(entry[4]), *entry[5:7], entry[7] and encode(entry[7]), *entry[8:])
            for entry in entries
        ],
    )
    return receipt_id


def mark(connection: Connection, receipt_id: int, marks: Sequence[Mark]) -> None:
    connection.executemany(
        "UPDATE steps SET state = ?, reason = ?, frees = coalesce(?, frees)"
        f" WHERE receipt_id = {receipt_id} AND position = ?",
        marks,
    )


def mark_spans(connection: Connection, receipt_id: int, spans: Sequence[Span]) -> None:
    connection.executemany(
        "UPDATE steps SET state = ?, reason = NULL, frees = iif(? AND sound_id IS NOT NULL, size_bytes, frees)"
        f" WHERE receipt_id = {receipt_id} AND position BETWEEN ? AND ?",
        spans,
    )


def begin_undo(connection: Connection, receipt_id: int) -> None:
    """Everything that is done is about to be taken back."""
    connection.execute("UPDATE receipts SET state = 'undoing' WHERE id = ?", (receipt_id,))
    connection.execute(
        "UPDATE steps SET state = 'undoing', reason = NULL WHERE receipt_id = ? AND state = 'done'", (receipt_id,)
    )


def begin_empty(connection: Connection, receipt_ids: Iterable[int]) -> None:
    """What these receipts hold is about to go for good."""
    connection.executemany("UPDATE receipts SET state = 'emptying' WHERE id = ?", [(id,) for id in receipt_ids])


def close(connection: Connection, receipt_id: int) -> None:
    """Nothing more happens to a receipt for now: its state and its sums follow from its entries."""
    connection.execute(f"UPDATE receipts SET (steps, done, frees) = ({_COUNTS}) WHERE id = ?", (receipt_id, receipt_id))
    connection.execute(
        "UPDATE receipts SET state = CASE WHEN NOT EXISTS"
        " (SELECT 1 FROM steps WHERE receipt_id = id AND state = 'undone' AND action <> 'make') THEN 'done'"
        " WHEN EXISTS (SELECT 1 FROM steps WHERE receipt_id = id AND state IN ('done', 'emptied') AND action <> 'make')"
        " THEN 'partly undone' ELSE 'undone' END WHERE id = ?",
        (receipt_id,),
    )


def entries(connection: Connection, receipt_id: int) -> list[Entry]:
    """All entries of a receipt in their order."""
    found = connection.execute(f"SELECT {_ENTRY} FROM steps WHERE receipt_id = ? ORDER BY position", (receipt_id,))
    return [_entry(row) for row in found]


def unfinished(connection: Connection) -> list[int]:
    """The receipts that are half done, half undone or half emptied, oldest first."""
    found = connection.execute("SELECT id FROM receipts WHERE state IN ('applying', 'undoing', 'emptying') ORDER BY id")
    return [id for (id,) in found]


def state(connection: Connection, receipt_id: int) -> str | None:
    """How far a receipt is (as ``Receipt`` says, or undoing or emptying); ``None`` when there is no such."""
    found = connection.execute("SELECT state FROM receipts WHERE id = ?", (receipt_id,)).fetchone()
    return found[0] if found else None


def newest_to_undo(connection: Connection) -> int | None:
    """The newest receipt that nobody tried to take back yet and that holds something to take back."""
    found = connection.execute(
        "SELECT id FROM receipts r WHERE state = 'done' AND EXISTS"
        " (SELECT 1 FROM steps WHERE receipt_id = r.id AND state = 'done') ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return found[0] if found else None


def receipts(connection: Connection, limit: int) -> list[records.Receipt]:
    """The newest receipts."""
    found = connection.execute("SELECT id FROM receipts ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
    return [receipt(connection, id) for (id,) in found]


def receipt(connection: Connection, receipt_id: int) -> records.Receipt:
    """What a receipt came to."""
    kind, title, created_s, state, steps, done, frees = connection.execute(
        "SELECT kind, title, created_s, state, steps, done, frees FROM receipts WHERE id = ?", (receipt_id,)
    ).fetchone()
    if state == "applying" or steps is None:
        steps, done, frees = connection.execute(_COUNTS, (receipt_id,)).fetchone()
    problems = connection.execute(
        "SELECT path, reason FROM steps WHERE receipt_id = ? AND reason IS NOT NULL ORDER BY position", (receipt_id,)
    )
    return records.Receipt(
        receipt_id,
        kind,
        title,
        created_s,
        {"undoing": "partly undone", "emptying": "done"}.get(state, state),
        steps,
        done,
        frees,
        [records.Problem(os.fsdecode(path), reason) for path, reason in problems],
    )


_HELD = (
    " FROM receipts CROSS JOIN steps ON id = receipt_id WHERE kind IN ('remove', 'clean')"
    " AND receipts.state <> 'undone' AND action = 'remove' AND steps.state = 'done'"
)


def held(connection: Connection) -> list[records.Held]:
    """Removed sounds that wait in holding folders, those removed last first."""
    found = connection.execute(
        f"SELECT sound_id, path, target, size_bytes, receipt_id, created_s{_HELD} AND sound_id IS NOT NULL"
        " ORDER BY receipt_id DESC, position"
    )
    return [records.Held(id, os.fsdecode(path), os.fsdecode(target), *rest) for id, path, target, *rest in found]


def held_entries(connection: Connection) -> list[tuple[int, Entry]]:
    """Every file in the holding folders, side files too, with the receipt that put it there and that is at rest."""
    columns = ", ".join(f"steps.{column.strip()}" for column in _ENTRY.split(","))
    found = connection.execute(
        f"SELECT receipt_id, {columns}{_HELD}"
        " AND receipts.state IN ('done', 'partly undone') ORDER BY receipt_id, position"
    )
    return [(row[0], _entry(row[1:])) for row in found]


def moved_later(connection: Connection, receipt_id: int) -> set[int]:
    """The sounds that receipts after this one put elsewhere, where they still are."""
    found = connection.execute(
        "SELECT DISTINCT sound_id FROM steps WHERE receipt_id > ? AND state = 'done' AND sound_id IS NOT NULL",
        (receipt_id,),
    )
    return {id for (id,) in found}


def protected(connection: Connection) -> list[str]:
    """The protected folders."""
    return [os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM protected ORDER BY path")]


def protect(connection: Connection, path: str) -> None:
    connection.execute("INSERT OR IGNORE INTO protected VALUES (?)", (os.fsencode(path),))


def unprotect(connection: Connection, path: str) -> None:
    connection.execute("DELETE FROM protected WHERE path = ?", (os.fsencode(path),))


def _entry(row: Sequence[Any]) -> Entry:
    position, sound_id, action, path, target, size_bytes, mtime_ns, twin, *rest = row
    decode = os.fsdecode
    places = decode(path), decode(target)
    return Entry(position, sound_id, action, *places, size_bytes, mtime_ns, twin and decode(twin), *rest)
