"""The fields of a search text, in one table that searching, help, errors and the README share. Pure.

A field's value is a text to find, or a span of numbers with both ends included. What is written stands for
itself as far as it is written: ``rate:44k`` finds 44,100 Hz, ``size:2M`` what rounds to two million bytes.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, get_args

from ctk.catalog.health import AILMENTS
from ctk.catalog.text import fold, spaced
from ctk.facts import music
from ctk.records import CATEGORIES, SoundState


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low`` to ``high``, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Alike:
    """These sounds, the likest first."""

    ids: tuple[int, ...]


Value = str | Span | Alike


@dataclass(frozen=True, slots=True)
class Field:
    """``read(text, now)`` gives the value; it raises ``ValueError`` for what is none of ``forms``."""

    name: str
    meaning: str
    forms: str
    read: Callable[[str, float], Value]


class _Written(NamedTuple):
    """A number or date as written: its own first and last moment, and what counts as equal to it."""

    first: float
    last: float
    near_low: float
    near_high: float


_OPERATORS = ("<=", ">=", "<", ">", "=")
_NUMBER = re.compile(r"\d+(?:\.(\d+))?|\.(\d+)")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):([0-5]\d(?:\.\d+)?)")
_DATE = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_AGE = re.compile(r"(\d+(?:\.\d+)?)(h|d|w|mo|y)")
_AGE_S = {"h": 3600.0, "d": 86_400.0, "w": 604_800.0, "mo": 2_629_800.0, "y": 31_557_600.0}
_SIZES = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9}
_EQUAL_S = 0.05
_SAME_S = 0.001
"""Lengths come from counts of samples: within this they are the same."""


def span_of(text: str, number: Callable[[str], _Written], dash: str = "-") -> Span:
    """``<2 <=2 >2 >=2 =2 2``, ``1-4 1..4 1- -4``, and ``1..<4`` without the 4; ``dash`` is empty where values contain
    it."""
    for operator in _OPERATORS:
        if text.startswith(operator):
            return _compared(operator, number(text[len(operator) :].strip()))
    for between in ("..", dash):
        if between and between in text:
            first, _, last = (part.strip() for part in text.partition(between))
            if not first and not last:
                raise ValueError(text)
            span = Span(number(first).first if first else -math.inf, _end(last, number) if last else math.inf)
            if span.low > span.high:
                raise ValueError(text)
            return span
    return _compared("=", number(text))


def _end(last: str, number: Callable[[str], _Written]) -> float:
    if last.startswith("<"):
        return _compared("<", number(last[1:].strip())).high
    return number(last).last


def _compared(operator: str, value: _Written) -> Span:
    match operator:
        case "<":
            return Span(-math.inf, math.nextafter(value.first, -math.inf))
        case "<=":
            return Span(-math.inf, value.last)
        case ">":
            return Span(math.nextafter(value.last, math.inf), math.inf)
        case ">=":
            return Span(value.first, math.inf)
    return Span(value.near_low, value.near_high)


def _number(text: str, unit: float = 1.0) -> tuple[float, float]:
    """The value, and half of what its last digit counts."""
    match = _NUMBER.fullmatch(text)
    if not match:
        raise ValueError(text)
    decimals = len(match[1] or match[2] or "")
    return float(text) * unit, unit * 10.0**-decimals / 2


def _seconds(text: str) -> _Written:
    clock = _CLOCK.fullmatch(text)
    if clock:
        seconds, half = _number(clock[3])
        value, equal = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + seconds, half
    else:
        value, half = _number(text)
        equal = min(half, _EQUAL_S)
    return _Written(value - _SAME_S, value + _SAME_S, value - equal, value + equal)


def _hertz(text: str) -> _Written:
    """Below 1000 it is kHz, with or without a k: nobody records at 48 Hz."""
    digits = re.sub(r"(?i)\s*(k?)(?:hz)?$", "", text)
    thousands = "k" in text.lower() or _number(digits)[0] < 1000
    value, half = _number(digits, 1000.0 if thousands else 1.0)
    return _Written(value, value, value - half, value + half)


def _bytes(text: str) -> _Written:
    match = re.fullmatch(r"([\d.]+)\s*([kmg]?)b?", text.lower())
    if not match:
        raise ValueError(text)
    value, half = _number(match[1], _SIZES[match[2]])
    near = half if match[2] else 0.0
    return _Written(value, value, value - near, value + near)


def _count(text: str) -> _Written:
    if not re.fullmatch(r"\d+", text):
        raise ValueError(text)
    value = float(text)
    return _Written(value, value, value, value)


def _stars(text: str) -> _Written:
    value = _count(text)
    if value.last > 5:
        raise ValueError(text)
    return value


def _channels(text: str) -> _Written:
    return _count({"mono": "1", "stereo": "2"}.get(text.lower(), text))


def _day(text: str) -> _Written:
    """A day, month or year in local time, from its first to its last moment."""
    match = _DATE.fullmatch(text)
    if not match or not 1971 <= int(match[1]) <= 9000:
        raise ValueError(text)
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    start = datetime(year, month, day)
    if match[3]:
        end = datetime.fromordinal(start.toordinal() + 1)
    elif match[2]:
        end = datetime(year + month // 12, month % 12 + 1, 1)
    else:
        end = datetime(year + 1, 1, 1)
    first, last = start.timestamp(), math.nextafter(end.timestamp(), -math.inf)
    return _Written(first, last, first, last)


def _added(text: str, now: float) -> Span:
    """``<7d`` is newer than seven days, and so is ``7d``; dates compare as dates do."""
    operator = next((op for op in _OPERATORS if text.startswith(op)), "")
    age = _AGE.fullmatch(text[len(operator) :].strip())
    if not age:
        return span_of(text, _day, dash="")
    moment = now - float(age[1]) * _AGE_S[age[2]]
    return Span(-math.inf, moment) if operator.startswith(">") else Span(moment, math.inf)


def _state(text: str, now: float) -> str:
    """A state or an ailment by its own name."""
    word = fold(text)
    word = _OTHER_WORDS.get(word, word)
    if word not in STATES and word not in AILMENTS:
        raise ValueError(text)
    return word


def _tempo(text: str) -> _Written:
    value, half = _number(re.sub(r"(?i)\s*bpm$", "", text))
    return _Written(value, value, value - half, value + half)


def _key(text: str, now: float) -> str:
    """However a key is written, as ``music.key_name`` writes it."""
    key = music.key(text)
    if key is None:
        raise ValueError(text)
    return music.key_name(key)


def _note(text: str, now: float) -> str:
    """However a note is written, as ``music.note_name`` writes it."""
    note = music.note(text)
    if note is None:
        raise ValueError(text)
    return music.note_name(note)


def _type(text: str, now: float) -> str:
    """A loop, or a one-shot in any spelling."""
    word = re.sub(r"[\s_-]", "", fold(text))
    if word not in _TYPES:
        raise ValueError(text)
    return _TYPES[word]


def _category(text: str, now: float) -> str:
    word = fold(text)
    if word != NONE and word not in CATEGORIES:
        raise ValueError(text)
    return word


def _sound(text: str, now: float) -> str:
    """The id of a sound, whose likes are looked up later."""
    if not re.fullmatch(r"\d{1,18}", text):  # SQLite holds no more
        raise ValueError(text)
    return str(int(text))


def _yes(text: str, now: float) -> str:
    word = fold(text)
    if word not in (YES, NO):
        raise ValueError(text)
    return word


def _words(text: str, now: float) -> str:
    return spaced(text)


def _label(text: str, now: float) -> str:
    return label(text)


def label(name: str) -> str:
    """How names that people give compare: case aside, and without quotes, which cannot be typed within quotes."""
    return fold(" ".join(name.replace('"', "").split()))


def _spans(number: Callable[[str], _Written]) -> Callable[[str, float], Span]:
    return lambda text, now: span_of(text, number)


ANY: Final = "any"
NONE: Final = "none"
"""Instead of a name: sounds that have any at all, or none."""
YES: Final = "yes"
NO: Final = "no"
STATES: Final[tuple[str, ...]] = get_args(SoundState)
_TYPES: Final = {"loop": "loop", "loops": "loop", "oneshot": "one-shot", "oneshots": "one-shot"}
_OTHER_WORDS: Final = {"dc": "offset"}

FIELDS: Final = (
    Field("ext", "a file ending", "ext:wav, ext:wav,flac", lambda text, now: fold(text).lstrip("*.")),
    Field("format", "a format, going by the content", "format:flac, format:wav,aiff", lambda text, now: fold(text)),
    Field("len", "a length in seconds or m:ss", "len:2, len:<2, len:>1:30, len:1-4", _spans(_seconds)),
    Field("rate", "a sample rate in Hz or k", "rate:48000, rate:44.1k, rate:>=88.2k", _spans(_hertz)),
    Field("ch", "a number of channels, mono or stereo", "ch:1, ch:mono, ch:stereo, ch:>2", _spans(_channels)),
    Field("depth", "bits per sample", "depth:24, depth:>16", _spans(_count)),
    Field("size", "a file size in bytes, k, M or G", "size:<500k, size:>5M, size:1M-2M", _spans(_bytes)),
    Field(
        "bpm",
        "a tempo in beats a minute, as it is stated",
        "bpm:120, bpm:118-122, bpm:90..<110, bpm:>140",
        _spans(_tempo),
    ),
    Field("heard", "a tempo by ear, an estimate", "heard:120, heard:118-122, heard:>140", _spans(_tempo)),
    Field("key", "a key; without minor or major also where only C is told", "key:Am, key:F#min, key:8A, key:C", _key),
    Field(
        "cat",
        f"what it is: {', '.join(CATEGORIES)}; or none, where nobody knows",
        "cat:drums, cat:vocal,synth, cat:none",
        _category,
    ),
    Field("like", "the id of a sound: those most like it", "like:4711", _sound),
    Field("type", "loop or one-shot", "type:loop, type:one-shot", _type),
    Field("note", "the note it plays, in any octave or in one", "note:C#, note:C4, note:60", _note),
    Field("in", "words of the folder", 'in:drums, in:"My Pack"', _words),
    Field("source", "words of the path of a source, or all of it", 'source:samples, source:"/media/My Packs"', _label),
    Field("tag", "a tag of yours; any, or none at all", 'tag:dark, tag:"lo fi",warm, tag:none', _label),
    Field("rating", "your stars, 0 to 5", "rating:5, rating:>=3, rating:1-2, rating:0", _spans(_stars)),
    Field("fav", "a favourite or not", "fav:yes, fav:no", _yes),
    Field("collection", "a collection of yours; any, or none at all", 'collection:"New EP", collection:none', _label),
    Field("about", "words of your note; any, or none", 'about:vocals, about:"for the intro", about:any', _words),
    Field(
        "added",
        "a date, or an age in h, d, w, mo or y, since it was first found",
        "added:<7d, added:>2w, added:2026-05, added:2026-05-01..2026-05-20",
        _added,
    ),
    Field(
        "is",
        f"a state: {', '.join(STATES)}; or what ails a sound: {', '.join(AILMENTS)}",
        "is:bad, is:missing,offline, is:silent, is:clipped,dc",
        _state,
    ),
)
"""``-`` before a field excludes; commas between values mean any of them; quotes hold values with spaces."""

FIELDS_HELP: Final = "\n".join(f"  {field.name + ':':8} {field.meaning}: {field.forms}" for field in FIELDS)
"""The table as lines of text."""
