"""Who is believed: chunks that agree with the sound's length, then its metadata, then its name. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from ctk.facts import music, names
from ctk.facts.stated import Claims, Kind, Said, Stated

_BPM_SPAN: Final = (20.0, 400.0)
_AGREES: Final = 0.02
"""How far beats * 60 / tempo may be from the length: a faded tail, or the padding of an encoder."""

_MADE_UP: Final = frozenset((60, 0))
"""Root notes that writers put where nobody told them one."""


def judge(claims: Claims, metadata: Mapping[str, str], folder: str, name: str, duration_s: float | None) -> Stated:
    """Everything stated of a sound: ``name`` without its ending, ``folder`` inside its source."""
    named = names.read(folder, name, duration_s)
    kind = _kind(claims, duration_s) or named.kind
    single = kind is not None and kind.value == "one-shot"
    bpm = None if single else _bpm(claims, duration_s) or _told_bpm(metadata) or named.bpm
    key = _key(claims) or _told_key(metadata) or named.key
    note = None if kind is not None and kind.value == "loop" else _note(claims) or named.note
    return Stated(bpm, key, kind, note)


def _bpm(claims: Claims, duration_s: float | None) -> Said[float] | None:
    """ACID's tempo where it fits the length; an Apple Loop says its beats, and the length makes them a tempo."""
    if claims.one_shot or not duration_s or claims.beats <= 0:
        return None
    tempo = claims.tempo if claims.by == "acid" else claims.beats * 60 / duration_s
    if not _BPM_SPAN[0] <= tempo <= _BPM_SPAN[1]:
        return None
    if abs(claims.beats * 60 / tempo - duration_s) > _AGREES * duration_s:
        return None
    return Said(round(tempo, 2), claims.by, f"{claims.beats} beats")


def _told_bpm(metadata: Mapping[str, str]) -> Said[float] | None:
    text = metadata.get("bpm", "")
    found = re.fullmatch(r"\s*(\d{2,3}(?:[.,]\d{1,4})?)\s*(?:bpm)?\s*", text, re.IGNORECASE)
    if not found:
        return None
    value = float(found[1].replace(",", "."))
    return Said(round(value, 2), "metadata", text) if _BPM_SPAN[0] <= value <= _BPM_SPAN[1] else None


def _key(claims: Claims) -> Said[int] | None:
    return None if claims.key is None else Said(claims.key, claims.by)


def _told_key(metadata: Mapping[str, str]) -> Said[int] | None:
    text = metadata.get("key", "")
    key = music.key(text)
    return None if key is None else Said(key, "metadata", text)


def _kind(claims: Claims, duration_s: float | None) -> Said[Kind] | None:
    if claims.one_shot:
        return Said("one-shot", claims.by)
    if _bpm(claims, duration_s) is not None:
        return Said("loop", claims.by, f"{claims.beats} beats")
    return None


def _note(claims: Claims) -> Said[int] | None:
    """Middle C is what writers fill in when nobody told them: only another note says something."""
    if claims.note is None or claims.note in _MADE_UP or not 0 < claims.note < music.NAMED:
        return None
    return Said(claims.note, claims.note_by or claims.by)
