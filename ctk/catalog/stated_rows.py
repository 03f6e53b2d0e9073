"""What is stated of sounds, as rows keep it: the values in columns of their own, for searching, and beside them, as
JSON, by whom each is ``said`` and what the chunks of the file ``claims``.

The claims are kept although the judgement is there too: names and folders have their say in it, so that a sound whose
name or folder changes is judged again, and that without a look into its file. Triggers note such sounds (``unjudged``),
whoever renames them; those that do call ``judge_renamed`` in the same transaction.
"""

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ctk.catalog.store import Connection, revision_of
from ctk.facts.judge import judge
from ctk.facts.stated import NO_CLAIMS, Claims, Said, Stated

_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_FIELDS = tuple(Claims.__dataclass_fields__)


class StatedRow(NamedTuple):
    """The columns of one row. ``claims`` is ``None`` where the file was never asked for any."""

    bpm: float | None = None
    musical_key: int | None = None
    kind: str | None = None
    note: int | None = None
    said: str | None = None
    claims: str | None = None


def row_of(claims: Claims, metadata: Mapping[str, str], folder: str, name: str, duration_s: float | None) -> StatedRow:
    """Judge a sound called ``name``, with its ending, in ``folder`` of its source."""
    return _row(judge(claims, metadata, folder, name.rpartition(".")[0] or name, duration_s), _packed(claims))


@lru_cache(maxsize=4096)
def _row(stated: Stated, claims: str) -> StatedRow:
    """The same is stated again and again."""
    bpm, key, kind, note = stated
    said = _said("bpm", bpm) + _said("key", key) + _said("type", kind) + _said("note", note)
    return StatedRow(
        None if bpm is None else bpm.value,
        None if key is None else key.value,
        None if kind is None else kind.value,
        None if note is None else note.value,
        f"{{{said[:-1]}}}" if said else None,
        claims,
    )


def judge_renamed(connection: Connection) -> None:
    """Judge sounds again that are called otherwise, or are somewhere else, than when they were judged. What is stated
    takes the place of a tempo by ear."""
    revision = revision_of(connection)
    found = connection.execute(
        "SELECT s.id, f.path, s.name, s.metadata, s.claims, s.duration_s, s.bpm, s.musical_key, s.kind, s.note, s.said"
        " FROM unjudged u JOIN sounds s ON s.id = u.sound_id JOIN folders f ON f.id = s.folder_id"
    )
    news: list[tuple[Any, ...]] = []
    for id, folder, name, metadata, claims, duration_s, *before in found:
        told = json.loads(metadata) if metadata else {}
        now = row_of(_unpacked(claims), told, os.fsdecode(folder), os.fsdecode(name), duration_s)
        if now[:-1] != tuple(before):
            news.append((*now[:-1], revision, id))
    connection.executemany(
        "UPDATE sounds SET bpm = ?, musical_key = ?, kind = ?, note = ?, said = ?, revision = ? WHERE id = ?", news
    )
    connection.execute(
        "UPDATE sounds SET heard_bpm = NULL, heard_sure = NULL, revision = ? WHERE heard_bpm IS NOT NULL"
        " AND id IN (SELECT sound_id FROM unjudged) AND (bpm IS NOT NULL OR kind = 'one-shot')",
        (revision,),
    )
    connection.execute("DELETE FROM unjudged")


def _said(name: str, fact: Said[Any] | None) -> str:
    return "" if fact is None else f'"{name}":{_json((fact.by, fact.text))},'


def _packed(claims: Claims) -> str:
    if claims is NO_CLAIMS or claims == NO_CLAIMS:
        return ""
    return _json([getattr(claims, field) for field in _FIELDS])


def _unpacked(claims: str | None) -> Claims:
    return Claims(*json.loads(claims)) if claims else NO_CLAIMS
