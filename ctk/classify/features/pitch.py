"""The notes in a sound: how clear they are, how high, how they move, and the balance of their overtones."""

from functools import cache
from typing import Final

import numpy as np

from ctk.classify.features.spectrum import HOP, RATE, Array

FRAME: Final = 2_048
"""Samples in which a pitch is looked for: 93 ms, three periods of 32 Hz."""
FRAMES: Final = 28
IN_A_ROW: Final = 14
"""How many moments are listened to, and how many of them follow each other from the start on."""
LOWEST_HZ, HIGHEST_HZ = 32.0, 1_400.0
OVERTONES: Final = 8
PITCH: Final = 20 + OVERTONES

_PADDED: Final = 2 * FRAME
_LAG_RATE: Final = RATE // 2
"""Repetition is looked for in the lower half of the spectrum, so in every second sample."""
_CLEAR: Final = 0.6
_HEARD_DB: Final = -35.0


def measures(samples: Array) -> Array:
    """``PITCH`` numbers."""
    frames, row = _frames(samples)
    bins = np.fft.rfft(frames, _PADDED)
    powers = (bins.real**2 + bins.imag**2).astype(np.float32)
    clear, lag = _repeats(powers)
    notes = np.where(lag > 0, 12 * np.log2(_LAG_RATE / np.maximum(lag, 1) / 55), 0.0)
    weight = np.sqrt(powers.sum(axis=1)) + 1e-12
    voiced = clear > _CLEAR
    return np.concatenate(
        [
            _clearness(clear, weight),
            _height(notes, voiced, weight),
            _motion(notes[row], voiced[row]),
            _overtones(powers, lag, voiced, weight),
            [_low_share(powers, 60), _low_share(powers, 120), _low_share(powers, 250)],
        ]
    ).astype(np.float32)


def _frames(samples: Array) -> tuple[Array, Array]:
    """Frames that are worth listening to, and which of them follow each other."""
    count = max(1, 1 + (len(samples) - FRAME) // HOP)
    padded = np.zeros((count - 1) * HOP + FRAME, np.float32)
    padded[: len(samples)] = samples[: len(padded)]
    every = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::HOP]
    level = np.abs(every[:, ::8]).max(axis=1)
    heard = np.flatnonzero(level > level.max() * 10 ** (_HEARD_DB / 20))
    if len(heard) > FRAMES:
        later = heard[np.linspace(IN_A_ROW, len(heard) - 1, FRAMES - IN_A_ROW).astype(int)]
        heard = np.concatenate([heard[:IN_A_ROW], later])
    heard = heard if len(heard) else np.zeros(1, int)
    return every[heard] * _window(), np.arange(len(heard)) < IN_A_ROW


def _repeats(powers: Array) -> tuple[Array, Array]:
    """How well each frame repeats itself (0 to 1), and after how many samples."""
    repeat = np.fft.irfft(powers[:, : FRAME // 2 + 1])[:, : FRAME // 4 + 2] / _fading()
    repeat /= np.maximum(repeat[:, :1], 1e-20)
    first, last = int(_LAG_RATE / HIGHEST_HZ), int(_LAG_RATE / LOWEST_HZ)
    part = repeat[:, first : last + 1]
    peaks = (part >= repeat[:, first - 1 : last]) & (part > repeat[:, first + 1 : last + 2])
    # The correlation has not yet fallen from its start: that is no repetition.
    peaks &= np.minimum.accumulate(repeat, axis=1)[:, first : last + 1] < part - 0.02
    height = np.where(peaks, part, 0.0)
    best = height.max(axis=1, keepdims=True)
    found = np.argmax((height >= 0.9 * best) & (height > 0), axis=1)
    rows = np.arange(len(part))
    clear = np.clip(height[rows, found], 0, 1)
    left, here, right = (repeat[rows, found + first + step] for step in (-1, 0, 1))
    bend = left - 2 * here + right
    shift = np.where(np.abs(bend) > 1e-9, 0.5 * (left - right) / np.where(np.abs(bend) > 1e-9, bend, 1), 0)
    return clear, np.where(clear > 0, found + first + np.clip(shift, -1, 1), 0)


def _clearness(clear: Array, weight: Array) -> Array:
    quarter = max(1, len(clear) // 4)
    return np.array(
        [
            np.average(clear, weights=weight),
            clear.std(),
            clear.max(),
            np.average(clear > _CLEAR, weights=weight),
            np.average(clear > 0.9, weights=weight),
            clear[:quarter].mean(),
            clear[-quarter:].mean(),
        ]
    )


def _height(notes: Array, voiced: Array, weight: Array) -> Array:
    """The middle note in octaves above 55 Hz, how far notes spread, and how many are very low."""
    if not voiced.any():
        return np.zeros(5)
    heard = notes[voiced]
    low, middle, high = np.percentile(heard, (10, 50, 90))
    return np.array(
        [
            middle / 12,
            (high - low) / 12,
            low / 12,
            np.average(voiced & (notes < 9), weights=weight),
            np.average(voiced & (notes < 21), weights=weight),
        ]
    )


def _motion(notes: Array, voiced: Array) -> Array:
    """Within one note: the way it goes, how it trembles, how often it steps to another, how steady it is."""
    both = voiced[1:] & voiced[:-1]
    if both.sum() < 2:
        return np.zeros(5)
    steps = np.diff(notes)[both]
    small = np.abs(steps) < 1.5
    glide = steps[small]
    return np.array(
        [
            np.tanh(glide.sum() / 12) if len(glide) else 0.0,
            np.sqrt(np.mean(glide**2)) if len(glide) else 0.0,
            np.mean(~small),
            np.mean(np.abs(steps) < 0.06),
            np.mean(np.abs(np.diff(np.sign(glide))) > 1) if len(glide) > 1 else 0.0,
        ]
    )


def _overtones(powers: Array, lag: Array, voiced: Array, weight: Array) -> Array:
    """The strength of the first harmonics against the whole, and what is left beside them."""
    if not voiced.any():
        return np.zeros(OVERTONES)
    base = _PADDED / 2 / np.maximum(lag[voiced], 1)
    places = np.round(base[:, None] * np.arange(1, OVERTONES + 1)).astype(int)
    rows = powers[voiced]
    inside = places < rows.shape[1] - 1
    places = np.minimum(places, rows.shape[1] - 2)
    at = np.arange(len(rows))[:, None]
    peak = np.maximum(np.maximum(rows[at, places - 1], rows[at, places]), rows[at, places + 1]) * inside
    share = 10 * np.log10(peak / (rows.max(axis=1, keepdims=True) + 1e-20) + 1e-5) / 10
    return np.asarray(np.average(np.maximum(share, -5), axis=0, weights=weight[voiced]))


def _low_share(powers: Array, hz: float) -> float:
    """The share of the whole that is below ``hz``."""
    whole = powers.sum(axis=0)
    return float(np.sqrt(whole[: round(hz * _PADDED / RATE) + 1].sum() / (whole.sum() + 1e-20)))


@cache
def _window() -> Array:
    return np.hanning(FRAME + 1)[:-1].astype(np.float32)


@cache
def _fading() -> Array:
    """What the window alone does to a repetition after each lag."""
    bins = np.abs(np.fft.rfft(_window(), _PADDED)) ** 2
    alone = np.fft.irfft(bins[: FRAME // 2 + 1])[: FRAME // 4 + 2]
    return np.asarray(np.maximum(alone / alone[0], 0.05))
