"""Keys and notes as numbers, and as musicians write them. Pure.

A key is 0 to 11 for major from C on, 12 to 23 for minor, and 24 to 35 where only the tonic is told. A note is a MIDI
number (60 is middle C, written C4 here), or 128 to 139 where only its name is told.
"""

import re
from typing import Final

MINOR: Final = 12
TONIC: Final = 24
NAMED: Final = 128

_NAMES: Final = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_STEPS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SIGNS: Final = {"": 0, "#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}
MODES: Final = {
    "": TONIC,
    "m": MINOR,
    "min": MINOR,
    "minor": MINOR,
    "moll": MINOR,
    "maj": 0,
    "major": 0,
    "dur": 0,
}
"""What is added to a tonic."""

_PITCH: Final = r"([A-Ga-g])[ _-]?(#|♯|♭|b|sharp|flat)?"
_KEY: Final = re.compile(_PITCH + r"[ _-]*((?i:m|min|minor|moll|maj|major|dur))?")
_NOTE: Final = re.compile(r"([A-Ga-g])(#|♯|♭|b)?(-?\d{1,2})?")
_WHEEL: Final = re.compile(r"0?(\d|1[0-2])([AaBb])")
_WHEEL_MAJOR: Final = (11, 6, 1, 8, 3, 10, 5, 0, 7, 2, 9, 4)
"""The major keys around the Camelot wheel, from 1B on; 1A is the minor a minor third below."""


def pitch(letter: str, sign: str | None) -> int:
    """0 to 11 from C on."""
    return (_STEPS[letter.upper()] + _SIGNS[(sign or "").lower()]) % 12


def key(text: str) -> int | None:
    """``Am``, ``F#min``, ``Bb major``, ``C``, ``8A``; ``None`` for what is no key."""
    text = text.strip()
    if wheel := _WHEEL.fullmatch(text):
        major = _WHEEL_MAJOR[int(wheel[1]) - 1] if wheel[1] != "0" else None
        if major is None:
            return None
        return major if wheel[2] in "Bb" else (major + 9) % 12 + MINOR
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    return pitch(found[1], found[2]) + MODES[(found[3] or "").lower()]


def key_name(key: int) -> str:
    """``Am`` for a minor, ``C maj`` for a major key, ``C`` where the mode is not told."""
    tonic = _NAMES[key % 12]
    if key >= TONIC:
        return tonic
    return f"{tonic}m" if key >= MINOR else f"{tonic} maj"


def tonic(key: int) -> int:
    """The pitch that a key is named after, 0 to 11."""
    return key % 12


def note(text: str) -> int | None:
    """``C4``, ``F#``, ``60``; ``None`` for what is no note."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text) if int(text) < NAMED else None
    found = _NOTE.fullmatch(text)
    if found is None:
        return None
    step = pitch(found[1], found[2])
    if found[3] is None:
        return NAMED + step
    # The sign may lead out of the octave that is written: Cb4 is a semitone below C4.
    written = 12 * (int(found[3]) + 1) + _STEPS[found[1].upper()] + _SIGNS[(found[2] or "").lower()]
    return written if 0 <= written < NAMED else None


def note_name(note: int) -> str:
    """``C4`` for 60, ``F#`` where the octave is not told."""
    name = _NAMES[note % 12] if note < NAMED else _NAMES[note - NAMED]
    return f"{name}{note // 12 - 1}" if note < NAMED else name
