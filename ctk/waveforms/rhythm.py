"""Which sounds are listened to for their tempo, and when what was heard is believed. Pure."""

from typing import Final

from ctk.catalog.waveform_rows import NOT_HEARD, HeardTempo, Place
from ctk.waveforms.health import Numbers
from ctk.waveforms.tempo import LONGEST_S, SHORTEST_S

_LOOP_FROM_S: Final = 1.5
"""Shorter sounds are loops only where that is stated."""

LOOP_SURE: Final = 0.8
"""Of loops rendered from General MIDI that are as sure, 98 in 100 are right, or at half or twice the tempo: those with
an encoder's padding or a tail, too. At 0.7 it is 96."""

SURE: Final = 0.9
"""Of what may be no loop: drones and pads of real packs come as near as 0.88."""

_BARS: Final = (4, 8, 16, 32, 64, 128)
_LOOSE_BEATS: Final = 0.06


def may_have(place: Place) -> bool:
    """Whether nobody states its tempo, and it is a loop or as long as one."""
    if place.bpm is not None or place.kind == "one-shot" or place.duration_s is None:
        return False
    return (SHORTEST_S if place.kind == "loop" else _LOOP_FROM_S) <= place.duration_s <= LONGEST_S


def is_owed(place: Place, numbers: Numbers) -> bool:
    """Whether it was not listened to for its tempo yet, though it can be."""
    return numbers.sure is None and numbers.frames > 0 and may_have(place)


def kept(place: Place, numbers: Numbers | None) -> HeardTempo:
    """The tempo that the catalog should have."""
    if not may_have(place):
        return NOT_HEARD
    return place.heard if numbers is None or numbers.sure is None else _believed(place, numbers)


def _believed(place: Place, numbers: Numbers) -> HeardTempo:
    """A wrong tempo is worse than none: of what may be no loop at all, only one that is sure and makes whole bars."""
    sure = numbers.sure or 0.0
    if place.kind == "loop":
        trusted = sure >= LOOP_SURE
    else:
        trusted = sure >= SURE and _makes_bars(numbers.bpm, numbers.duration_s)
    return HeardTempo(numbers.bpm, sure) if trusted else NOT_HEARD


def _makes_bars(bpm: float, duration_s: float) -> bool:
    beats = duration_s * bpm / 60
    return any(abs(beats - bar) < _LOOSE_BEATS for bar in _BARS)
