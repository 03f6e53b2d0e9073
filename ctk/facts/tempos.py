"""Which number of a name is its tempo. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from ctk.facts import words
from ctk.facts.length import Length
from ctk.facts.stated import Said
from ctk.facts.words import Word

_SPOKEN_SPAN: Final = (40.0, 300.0)
_BARE_SPAN: Final = (50.0, 220.0)
_BESIDE_WHEEL_SPAN: Final = (70.0, 200.0)
_LOOSE_BEATS: Final = 0.06
_BARE_LOOSE_BEATS: Final = 0.03
"""What padding, and a cut to the nearest zero crossing, add to whole beats; a plain number gets less of it."""

_BAR: Final = 4
_RANGE: Final = re.compile(
    r"(?<![0-9.])(?:[5-9][0-9]|[12][0-9]{2})\s?(?:-|–|/|to)\s?[0-9]{2,3}[ _-]?bpm", re.IGNORECASE
)


def spoken(parts: Sequence[Word], text: str, by: str) -> Said[float] | None:
    """``128bpm``, ``92.5 BPM``, ``bpm_140``: a number that says what it is; none where several do."""
    found: dict[float, str] = {}
    for at, part in enumerate(parts):
        if not part.marks & words.BPM:
            continue
        if part.bpm:
            found.setdefault(part.bpm, part.text)
            continue
        for near in (at - 1, at + 1):
            number = parts[near].number if 0 <= near < len(parts) else 0.0
            if _within(number, _SPOKEN_SPAN):
                first, second = sorted((near, at))
                found.setdefault(number, f"{parts[first].text} {parts[second].text}")
    if len(found) != 1 or _RANGE.search(text):
        return None
    ((number, said),) = found.items()
    return Said(number, by, said) if _within(number, _SPOKEN_SPAN) else None


def bare(parts: Sequence[Word], length: Length, *, looped: bool) -> Said[float] | None:
    """A plain number: where it makes whole bars of the length, or stands where tempos stand."""
    numbers = [at for at in range(len(parts)) if _may_be_tempo(parts, at)]
    fitting = [at for at in numbers if length.makes_beats(parts[at].number, of=_BAR, loose=_BARE_LOOSE_BEATS)]
    if not fitting and looped and len(numbers) == 1 and _stands(parts, numbers[0], length):
        fitting = numbers
    if len(fitting) != 1:
        return None
    word = parts[fitting[0]]
    return Said(word.number, "name", word.text)


def beside_wheel(parts: Sequence[Word], at: int) -> Said[float] | None:
    """The tempo beside a key of the Camelot wheel, as disc jockeys write both, first or last."""
    for near in (at - 1, at + 1):
        if not 0 <= near < len(parts) or {at, near} not in ({0, 1}, {len(parts) - 2, len(parts) - 1}):
            continue
        if _within(parts[near].number, _BESIDE_WHEEL_SPAN) and _may_be_tempo(parts, near):
            return Said(parts[near].number, "name", parts[near].text)
    return None


def whole_bars(bpm: float, length: Length) -> bool:
    """Whether the length is so many bars of four, as a loop is that was cut or padded a little."""
    return length.makes_beats(bpm, of=_BAR, loose=_LOOSE_BEATS)


def _may_be_tempo(parts: Sequence[Word], at: int) -> bool:
    if not _within(parts[at].number, _BARE_SPAN):
        return False
    if at and parts[at - 1].marks & words.MACHINE and not parts[at - 1].text[-1].isdigit():
        return False
    if at >= 2 and _digits(parts[at - 1]) and _digits(parts[at - 2]):  # a date
        return False
    return at + 1 == len(parts) or not parts[at + 1].marks & words.UNIT


def _digits(part: Word) -> bool:
    return part.text.isdigit()


def _stands(parts: Sequence[Word], at: int, length: Length) -> bool:
    """A number at the very end, or without a key, may just count; it must at least make whole beats."""
    whole = length.makes_beats(parts[at].number, of=1, loose=_BARE_LOOSE_BEATS)
    beside = [parts[near] for near in (at - 1, at + 1) if 0 <= near < len(parts)]
    if parts[at].key >= 0 or any(part.key >= 0 or _signed(part) for part in beside):
        return True
    if any(part.tonic >= 0 and not part.marks & words.LOWER for part in beside):
        return whole or not length.known or not _letters_count(parts)
    return whole and any(not _digits(part) for part in parts[at + 1 :])


def _signed(part: Word) -> bool:
    return part.tonic >= 0 and bool(part.marks & words.SIGNED)


def _letters_count(parts: Sequence[Word]) -> bool:
    """Whether letters may be variants, as of drum loops; of those with pitch they are keys."""
    return not any(part.marks & words.TONAL for part in parts)


def _within(number: float, span: tuple[float, float]) -> bool:
    return span[0] <= number <= span[1]
