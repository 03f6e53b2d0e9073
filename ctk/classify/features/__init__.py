"""What a sound is like, in ``SIZE`` numbers: its colour, its outline in time, its notes and its rhythm.

They do not depend on how loud the sound is, nor on silence before it. Whoever decodes for ``of`` gives it the first
``LISTEN_S`` seconds as one channel, best at ``RATE`` samples a second.
"""

import math
from typing import Final

import numpy as np

from ctk.classify.features import outline, pitch, spectrum
from ctk.classify.features.spectrum import RATE, Array

__all__ = ["LISTEN_S", "RATE", "SIZE", "VERSION", "of"]

VERSION: Final = 1
"""Of what the numbers mean: those of another version cannot be compared."""
SECONDS: Final = 5.0
LISTEN_S: Final = 6.0
"""So much of a sound is heard, and so much of a file is needed for that: there may be silence before it."""
SIZE: Final = spectrum.SPECTRUM + outline.OUTLINE + outline.RHYTHM + pitch.PITCH

_START: Final = 0.01
_LEAD: Final = 64
_BLOCK: Final = 4_096
_LOUDEST: Final = 1e6


def of(samples: Array, rate_hz: int) -> Array:
    """The features of a sound of one channel; finite, whatever the samples are, and all zero for silence."""
    sound = _prepared(samples, rate_hz)
    if not sound.any():
        return np.zeros(SIZE, np.float32)
    powers = spectrum.power(sound)
    mel = spectrum.mel_db(powers)
    found = np.concatenate(
        [spectrum.measures(powers, mel), outline.outline(sound), outline.rhythm(mel), pitch.measures(sound)]
    )
    return np.nan_to_num(found.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)


def _prepared(samples: Array, rate_hz: int) -> Array:
    """Clean samples at ``RATE`` with a peak of 1, from the moment on when there is something to hear."""
    sound = np.asarray(samples, np.float32).reshape(-1)[: max(1, round(LISTEN_S * rate_hz))]
    if not np.abs(sound).max(initial=0) < _LOUDEST:
        sound = np.clip(np.nan_to_num(sound, nan=0.0, posinf=0.0, neginf=0.0), -_LOUDEST, _LOUDEST)
    middle = float(sound.mean(dtype=np.float64)) if len(sound) else 0.0
    sound = sound - middle
    if np.abs(sound).max(initial=0) <= max(1e-7, 1e-5 * abs(middle)):
        return sound[:0]
    if rate_hz != RATE:
        sound = _at_rate(sound, rate_hz)
    sound = sound / max(float(np.abs(sound).max()), 1e-9)
    start = max(0, int(np.argmax(np.abs(sound) > _START)) - _LEAD)
    return np.asarray(sound[start : start + round(SECONDS * RATE)].astype(np.float32))


def _at_rate(sound: Array, rate_hz: int) -> Array:
    """The same sound at ``RATE``, by its whole spectrum, with silence after it: some lengths are quick to transform."""
    block = rate_hz // math.gcd(rate_hz, RATE)
    block *= -(-_BLOCK // block)
    padded = (len(sound) // block + 1) * block
    length = padded * RATE // rate_hz
    bins = np.fft.rfft(sound, padded)[: length // 2 + 1]
    made = np.fft.irfft(bins, length) * (length / padded)
    return made[: max(1, round(len(sound) * RATE / rate_hz))].astype(np.float32)
