"""Who is believed: chunks that agree with the sound's length, then its metadata, then its name. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from ctk.facts import music, names
from ctk.facts.stated import NO_CLAIMS, NOTHING, Claims, Kind, Said, Stated

_BPM_SPAN: Final = (20.0, 400.0)
_AGREES: Final = 0.02
"""How far beats * 60 / tempo may be from the length, as a part of it: a faded tail, or an encoder's padding."""

_LOOPED_BEATS: Final = 0.1
"""How many beats more or less a loop may last; what a project's tempo was written to without a loop is off by more."""

_SURELY_LOOPED: Final = 4
"""So many beats are a loop, whatever the name says; one or two were written to many a single drum."""

_MADE_UP: Final = frozenset((60, 0))
"""Notes that writers put where nobody told them one: middle C, and nothing."""

_BPM: Final = re.compile(r"\s*(\d{2,3}(?:[.,]\d{1,6})?)\s*(?:bpm)?\s*", re.IGNORECASE | re.ASCII)


def judge(claims: Claims, metadata: Mapping[str, str], folder: str, name: str, duration_s: float | None) -> Stated:
    """Everything stated of a sound: ``name`` without its ending, ``folder`` inside its source."""
    named = names.read(folder, name, duration_s)
    if claims is NO_CLAIMS and "bpm" not in metadata and "key" not in metadata:
        return named
    beaten = _bpm(claims, duration_s)
    kind = _kind(claims, beaten, duration_s, named.kind)
    looped = kind is not None and kind.value == "loop"
    bpm = key = None
    if kind is None or looped:
        bpm = beaten or _told_bpm(metadata) or named.bpm
    key = _key(claims, looped=looped) or _told_key(metadata) or named.key
    note = None if looped else _note(claims, single=kind is not None) or named.note
    stated = Stated(bpm, key, kind, note)
    return NOTHING if stated == NOTHING else stated


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
    found = _BPM.fullmatch(text)
    if not found:
        return None
    value = float(found[1].replace(",", "."))
    return Said(round(value, 2), "metadata", text) if _BPM_SPAN[0] <= value <= _BPM_SPAN[1] else None


def _key(claims: Claims, *, looped: bool) -> Said[int] | None:
    """A loop is in the key of its root note, and ACID does not tell the mode."""
    if claims.key is not None:
        return Said(claims.key, claims.by)
    if looped and claims.root is not None and claims.root not in _MADE_UP:
        return Said(claims.root % 12 + music.TONIC, claims.by, music.note_name(claims.root))
    return None


def _told_key(metadata: Mapping[str, str]) -> Said[int] | None:
    text = metadata.get("key", "")
    key = music.key(text)
    return None if key is None else Said(key, "metadata", text)


def _kind(
    claims: Claims, bpm: Said[float] | None, duration_s: float | None, named: Said[Kind] | None
) -> Said[Kind] | None:
    if claims.one_shot:
        return Said("one-shot", claims.by)
    if bpm is None or duration_s is None:
        return named
    if named is not None and named.value == "one-shot" and claims.beats < _SURELY_LOOPED:
        return named
    if abs(duration_s * bpm.value / 60 - claims.beats) > _LOOPED_BEATS:
        return named
    return Said("loop", claims.by, bpm.text)


def _note(claims: Claims, *, single: bool) -> Said[int] | None:
    """Middle C says something only of a sound that somebody mapped; any other note was chosen."""
    if claims.note is not None and 0 < claims.note < music.NAMED and (claims.mapped or claims.note not in _MADE_UP):
        return Said(claims.note, claims.note_by)
    if single and claims.one_shot and claims.root is not None and claims.root not in _MADE_UP:
        return Said(claims.root, claims.by)
    return None
