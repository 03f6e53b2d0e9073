"""Tempo, key, kind and note from the names of files and folders. Pure.

A wrong fact is worse than none: a number is a tempo only where it says so, or among loop-like words and in agreement
with the length; a letter is a key or a note only where it is written, or stands, as those are.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ctk.facts import pitches, tempos, words
from ctk.facts.length import Length
from ctk.facts.stated import NOTHING, Kind, Said, Stated
from ctk.facts.words import Word, understand

_HIT_LONGEST_S: Final = 2.1
_RINGING_LONGEST_S: Final = 15.0
_HIT_AMONG_LOOPS_LONGEST_S: Final = 0.8
_IN_TEMPO_SHORTEST_S: Final = 1.0

_BEATS: Final = frozenset(("beats", "breaks", "breakbeats", "drum beats", "drum breaks"))
_BEAT_S: Final = (1.3, 30.0)
"""Of such a folder a sound of this length is a loop; longer ones may be whole songs."""

_MOST_KNOWN: Final = 16

_PIECES: Final = re.compile(r"[0-9]+[.,][0-9]+[A-Za-z]*|[^\s_\-.,()\[\]{}+&;~!'\"=@|–—·/\\]+").findall
_UCS: Final = re.compile(r"[A-Z]{3,6}[a-z]{2,4}_[^_]+_[^_]+_[^_]")
"""``CatID_FXName_CreatorID_SourceID``, the Universal Category System: its blocks are free text."""

_IDLE: Final = re.compile(r"(?<![^ _-])(?:[0-9]{4,}|0[0-9]{1,2}|[1-3][0-9])(?![^ _-])")
"""Takes, serial numbers: too long, too small or not written as tempos are, and joined to nothing."""

_TELLING: Final = (
    words.LOOP | words.SHOT | words.SHOTS | words.NUMBER | words.BPM | words.PITCH | words.KEY | words.SIGN
)


_HITS: Final = words.HIT | words.BRIEF


class Around(NamedTuple):
    """What the folders say."""

    marks: int
    kind: Said[Kind] | None
    bpm: Said[float] | None
    beats: bool


def shape(name: str) -> str:
    """The same for names that differ only in numbers that mean nothing: what is read from one holds for all."""
    return _IDLE.sub(_blank, name)


def _blank(number: re.Match[str]) -> str:
    digits = number[0]
    return "0000" if len(digits) > 2 else "00" if digits[0] == "0" else "10"


def read(folder: str, name: str, duration_s: float | None) -> Stated:
    """What the path says: ``name`` without its ending, ``folder`` inside its source, the length where it is known."""
    around, alike = surroundings(folder), shape(name)
    known = _known(around, alike, duration_s is None)
    for low, high, stated in known:
        if duration_s is None or low <= duration_s < high:
            return stated
    length = Length(duration_s)
    stated = read_in(around, alike, length)
    if len(known) < _MOST_KNOWN:
        known.append((length.low, length.high, stated))
    return stated


@lru_cache(maxsize=8192)
def _known(around: Around, shape: str, unmeasured: bool) -> list[tuple[float, float, Stated]]:
    """What names of this shape state, each for the lengths between two. Names come in long series."""
    return []


def read_in(around: Around, name: str, length: Length) -> Stated:
    """What the name says, among what the folders say; ``length`` learns for which others that holds as well."""
    parts = [understand(piece) for piece in _PIECES(name)]
    marks = 0
    for part in parts:
        marks |= part.marks
    if not marks & (_TELLING | _HITS) and around.kind is None and around.bpm is None and not around.beats:
        return NOTHING
    if not marks & (words.LOOP | words.BPM) and _UCS.match(name):
        return Stated(key=pitches.written_key(parts, longhand=True), kind=around.kind)
    spoken = tempos.spoken(parts, name, "name") if marks & words.BPM else None
    kind = _kind(parts, marks, around, length, spoken=spoken is not None)
    if kind is not None and kind.value == "one-shot":
        if not marks & words.PITCH:
            return Stated(kind=kind)
        return Stated(key=pitches.written_key(parts), kind=kind, note=pitches.note(parts, marks))
    return _loop_or_more(parts, marks, around, length, kind, spoken)


def _loop_or_more(
    parts: Sequence[Word],
    marks: int,
    around: Around,
    length: Length,
    kind: Said[Kind] | None,
    spoken: Said[float] | None,
) -> Stated:
    """Of a loop, and of what is neither said to be one nor a single sound."""
    looped = kind is not None
    key = pitches.written_key(parts) if marks & (words.PITCH | words.KEY) else None
    phrased = looped or bool((marks | around.marks) & (words.LOOP | words.PHRASE))
    bpm = spoken
    if marks & (words.NUMBER | words.BPM) == words.NUMBER and (phrased or key or marks & words.SIGNED):
        bpm = tempos.bare(parts, length, looped=looped)
    if bpm is None and around.bpm is not None and (looped or not length.under(_IN_TEMPO_SHORTEST_S)):
        bpm = around.bpm
    if marks & words.PITCH and key is None:
        key, bpm = _wheel(parts, bpm)
    if kind is None and bpm is not None and tempos.whole_bars(bpm.value, length):
        kind = Said("loop", bpm.by, bpm.text)
    if not marks & (words.PITCH | words.SIGN):
        return Stated(bpm, key, kind)
    if phrased or bpm is not None:
        tempo = bpm.text if bpm is not None and bpm.by == "name" else ""
        return Stated(bpm, key or pitches.key_of_loop(parts, marks, tempo), kind)
    return Stated(bpm, key, kind, None if key is not None else pitches.note(parts, marks))


def _wheel(parts: Sequence[Word], bpm: Said[float] | None) -> tuple[Said[int] | None, Said[float] | None]:
    """``8A - 128``: a key of the Camelot wheel, which says nothing without the tempo beside it."""
    for at, part in enumerate(parts):
        if part.wheel < 0:
            continue
        tempo = tempos.beside_wheel(parts, at)
        if bpm is not None or tempo is not None:
            return Said(part.wheel, "name", part.text), bpm or tempo
    return None, bpm


def _kind(parts: Sequence[Word], marks: int, around: Around, length: Length, *, spoken: bool) -> Said[Kind] | None:
    """The name knows better than the folder, and what they say better than what the length suggests."""
    if marks & (words.LOOP | words.SHOT | words.SHOTS) and (told := _told(parts)):
        return Said(told[-1][0], "name", told[-1][1])
    if around.kind is not None and around.kind.value == "one-shot":
        return around.kind
    if spoken or not length.known:
        return around.kind
    return _by_length(parts, marks, around, length)


def _by_length(parts: Sequence[Word], marks: int, around: Around, length: Length) -> Said[Kind] | None:
    """A short drum is one hit, even among loops when it is very short; something longer among beats is a loop."""
    single = bool(marks & _HITS) and not marks & words.PHRASE
    longest = _RINGING_LONGEST_S if marks & words.RINGS else _HIT_LONGEST_S if marks & words.HIT else 0.0
    if around.kind is not None or around.marks & words.PHRASE:
        longest = 0.0
    if single and length.under(max(longest, _HIT_AMONG_LOOPS_LONGEST_S)):
        return Said("one-shot", "name", next(part.text for part in parts if part.marks & _HITS))
    if around.kind is None and around.beats and not length.under(_BEAT_S[0]) and length.under(_BEAT_S[1]):
        return Said("loop", "folder", "beats")
    return around.kind


def _told(parts: Sequence[Word]) -> list[tuple[Kind, str]]:
    found: list[tuple[Kind, str]] = []
    before = 0
    for part in parts:
        if part.marks & words.LOOP:
            found.append(("loop", part.text))
        elif part.marks & words.SHOT or (part.marks & words.SHOTS and before & words.ONE):
            found.append(("one-shot", part.text))
        before = part.marks
    return found


@lru_cache(maxsize=512)
def surroundings(folder: str) -> Around:
    """The last folder knows better than the first; one of loops and one-shots says neither."""
    marks, kind, bpm = 0, None, None
    for level in re.split(r"[/\\]", folder):
        if level.casefold() == "the loop loft":  # a maker, not a kind
            continue
        parts = [understand(piece) for piece in _PIECES(level)]
        for part in parts:
            marks |= part.marks
        told = _told(parts)
        if told:
            kinds = {found for found, _ in told}
            kind = Said(told[-1][0], "folder", told[-1][1]) if len(kinds) == 1 else None
        bpm = tempos.spoken(parts, level, "folder") or bpm
    return Around(marks, kind, bpm, level.casefold() in _BEATS)
