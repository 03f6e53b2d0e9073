"""Tempo by ear: how often the onsets of a loop come back. Only an estimate, never mixed up with what is stated.

The onset strength is correlated with itself; a loop that was cut to whole bars also returns to its start, so tempos
that make whole bars of its length are preferred (D. Ellis, "Beat Tracking by Dynamic Programming", 2007, has the
weighting of tempos that people tap).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE_HZ: Final = 11_025
"""About what ``estimate`` wants its samples in."""

LONGEST_S: Final = 60.0
SHORTEST_S: Final = 0.8

_SPAN_BPM: Final = (60.0, 200.0)
_TAPPED_BPM: Final = 126.0
_TAPPED_OCTAVES: Final = 0.65
_WINDOW: Final = 512
_STEPS_HZ: Final = 100
_BANDS: Final = 24
_BEATS: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
"""Of loops that were cut to whole bars, or to the half and the quarter of one."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """``confidence`` is 0 to 1. Half and twice ``bpm`` are as true to the ear."""

    bpm: float
    confidence: float


def estimate(samples: Floats, rate_hz: float, duration_s: float) -> Tempo | None:
    """The tempo of a mono sound of ``duration_s``; ``None`` where nothing recurs."""
    if not SHORTEST_S <= duration_s <= LONGEST_S:
        return None
    onsets = _onsets(samples, rate_hz)
    if len(onsets) < _STEPS_HZ // 2 or not onsets.any():
        return None
    steps_hz = len(onsets) / duration_s
    likeness = _likeness(onsets)
    best: tuple[float, float] | None = None
    for beats in _BEATS:
        bpm = beats * 60 / duration_s
        if _SPAN_BPM[0] <= bpm <= _SPAN_BPM[1]:
            score = _score(likeness, steps_hz * 60 / bpm) + _habit(bpm, beats)
            if best is None or score > best[0]:
                best = score, bpm
    if best is None:
        return None
    return Tempo(round(best[1], 2), float(np.clip(best[0], 0, 1)))


def _onsets(samples: Floats, rate_hz: float) -> Floats:
    """How much louder each band grows, summed over bands, ``_STEPS_HZ`` times a second."""
    hop = rate_hz / _STEPS_HZ
    count = int(len(samples) / hop)
    padded = np.concatenate([np.zeros(_WINDOW // 2, np.float32), samples, np.zeros(_WINDOW, np.float32)])
    starts = (np.arange(count) * hop).astype(np.int64)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[starts]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1)).astype(np.float32)
    edges = np.unique(np.geomspace(1, _WINDOW // 2, _BANDS).astype(int))
    bands = np.log1p(100 * np.add.reduceat(spectrum, edges, axis=1) / _WINDOW)
    flux = np.diff(bands, axis=0, prepend=bands[-1:])
    onsets: Floats = np.maximum(flux, 0).sum(axis=1)
    return onsets


def _likeness(onsets: Floats) -> Floats:
    """The circular autocorrelation, 1 at no lag: a loop begins again where it ends."""
    centred = onsets - onsets.mean()
    power = np.abs(np.fft.rfft(centred)) ** 2
    likeness = np.fft.irfft(power, len(onsets)).astype(np.float32)
    found: Floats = likeness / max(float(likeness[0]), 1e-12)
    return found


def _score(likeness: Floats, beat: float) -> float:
    """How alike the sound is to itself a beat, two and four later."""
    return sum(weight * _at(likeness, beat * lag) for lag, weight in ((0.5, 0.2), (1, 0.5), (2, 0.3), (4, 0.2)))


def _at(likeness: Floats, lag: float) -> float:
    """The likeness around ``lag`` steps."""
    whole = round(lag)
    near = [likeness[(whole + shift) % len(likeness)] for shift in (-1, 0, 1)]
    return float(max(near))


def _habit(bpm: float, beats: int) -> float:
    octaves = np.log2(bpm / _TAPPED_BPM) / _TAPPED_OCTAVES
    return float(np.exp(-0.5 * octaves**2)) + (0.1 if beats in (4, 8, 16, 32, 64) else 0.0)
