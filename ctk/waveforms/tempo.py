"""Tempo by ear: how often the onsets of a sound come back. Only an estimate, never mixed up with what is stated.

The onset strength is compared with itself a beat, two and four later, and tempos that people tap are preferred
(D. Ellis, "Beat Tracking by Dynamic Programming", 2007). A loop that was cut to whole beats also returns to its start:
such tempos are compared around that corner, and preferred to those that do not fit the length. Where silence was left
behind it, the loop may have ended anywhere in that.
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

_SQUARE: Final = (4, 8, 16, 32, 64, 128)
_FITS: Final = 0.3
_SQUARE_FITS: Final = 0.1
"""What it counts that the length is whole beats, and bars of four."""

_SILENCE: Final = 0.001
"""Of the highest sample; FluidSynth's reverb, and what recorders hear of a room, is above it."""

_SILENCE_S: Final = 0.1
"""From so much of it on, the sound may not end where the file does."""

_GRID: Final = np.geomspace(*_SPAN_BPM, 180)
_LAGS: Final = np.array((0.5, 1.0, 2.0, 4.0))
_WEIGHTS: Final = np.array((0.2, 0.5, 0.3, 0.2))
_REACH: Final = 0.75
"""No further than this part of the length is a sound compared with itself: what overlaps gets too short."""

_ONSETS_A_BEAT: Final = 1.9
_CROWD: Final = 0.1
_EVEN_PULSE: Final = 0.45
_SURE_SLOPE: Final = 14.0
_STANDS_OUT: Final = 0.25
_FEWEST_ONSETS: Final = 2


@dataclass(frozen=True, slots=True)
class Tempo:
    """``confidence`` is 0 to 1; from 0.7 on the tempo, its half or its double is nearly always right."""

    bpm: float
    confidence: float

    @property
    def half(self) -> float:
        """The slower reading."""
        return round(self.bpm / 2, 2)

    @property
    def double(self) -> float:
        """The faster reading."""
        return round(self.bpm * 2, 2)


def estimate(samples: Floats, rate_hz: float, duration_s: float) -> Tempo | None:
    """The tempo of a mono sound of ``duration_s``; ``None`` where nothing recurs."""
    if not SHORTEST_S <= duration_s <= LONGEST_S or not np.isfinite(samples).all():
        return None
    onsets = _onsets(samples, rate_hz)
    count = _count(onsets) if len(onsets) > _STEPS_HZ // 2 else 0
    if count < _FEWEST_ONSETS:
        return None
    steps_hz = len(onsets) / duration_s
    whole = np.array([beats for beats in _BEATS if _SPAN_BPM[0] <= beats * 60 / duration_s <= _SPAN_BPM[1]])
    bpms = np.concatenate([whole * 60 / duration_s, _GRID])
    loud_s = duration_s - _silence_s(samples, rate_hz)
    fits = np.concatenate([_FITS + _SQUARE_FITS * np.isin(whole, _SQUARE), _ends_between(loud_s, duration_s)])
    beats = steps_hz * 60 / bpms
    pulses = np.concatenate(
        [_pulses(_around(onsets), beats[: len(whole)], len(onsets)), _pulses(_along(onsets), beats[len(whole) :], 0)]
    )
    scores = pulses + _habit(bpms) + fits - _crowd(count * 60 / (bpms * duration_s))
    best = int(scores.argmax())
    return Tempo(round(float(bpms[best]), 2), _confidence(float(pulses[best])))


def _silence_s(samples: Floats, rate_hz: float) -> float:
    """How long nothing is heard any more before the end."""
    heard = np.flatnonzero(np.abs(samples) > _SILENCE * np.abs(samples).max(initial=0.0))
    return (len(samples) - 1 - int(heard[-1])) / rate_hz if len(heard) else 0.0


def _ends_between(loud_s: float, duration_s: float) -> npt.NDArray[np.float64]:
    """What it counts, for each tempo of the grid, that its whole beats end in the silence behind the sound."""
    if duration_s - loud_s < _SILENCE_S:
        return np.zeros(len(_GRID))
    ends_s = np.outer(60 / _GRID, _BEATS)
    inside = (ends_s > loud_s - _SILENCE_S / 4) & (ends_s < duration_s - _SILENCE_S / 2)
    counts = _FITS + _SQUARE_FITS * np.isin(_BEATS, _SQUARE)
    return np.asarray((inside * counts).max(axis=1))


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


def _count(onsets: Floats) -> int:
    """How many onsets stand out; the first often is at the very start."""
    peaks = (onsets >= np.roll(onsets, 1)) & (onsets > np.roll(onsets, -1)) & (onsets > _STANDS_OUT * onsets.max())
    return int(peaks.sum())


def _around(onsets: Floats) -> Floats:
    """How alike the onsets are to themselves later, where the end goes on at the start; 1 at no lag."""
    power = np.abs(np.fft.rfft(onsets - onsets.mean())) ** 2
    likeness = np.fft.irfft(power, len(onsets)).astype(np.float32)
    found: Floats = likeness / max(float(likeness[0]), 1e-12)
    return found


def _along(onsets: Floats) -> Floats:
    """The same without that corner, as far as enough of the sound overlaps."""
    count = len(onsets)
    power = np.abs(np.fft.rfft(onsets - onsets.mean(), 2 * count)) ** 2
    likeness = np.fft.irfft(power, 2 * count)[: int(_REACH * count)].astype(np.float32)
    overlap = 1 - np.arange(len(likeness)) / count
    return (likeness / max(float(likeness[0]), 1e-12) / overlap).astype(np.float32)


def _pulses(likeness: Floats, beats: npt.NDArray[np.float64], turn: int) -> npt.NDArray[np.float64]:
    """How alike the sound is to itself half a beat, one, two and four later, for each length of a beat.

    ``turn`` is where lags begin again from 0; without it, those out of reach do not count.
    """
    lags = np.rint(beats[:, None] * _LAGS).astype(np.int64)
    near = lags[:, :, None] + np.array((-1, 0, 1))
    if turn:
        found = likeness[near % turn].max(axis=2)
        return np.asarray(found @ _WEIGHTS)
    there = near.max(axis=2) < len(likeness)
    found = np.where(there, likeness[np.minimum(near, len(likeness) - 1)].max(axis=2), 0.0)
    weights = np.where(there, _WEIGHTS, 0.0)
    total = weights.sum(axis=1)
    return np.asarray((found * weights).sum(axis=1) / np.where(total > 0, total, 1) * _WEIGHTS.sum() * (total >= 0.7))


def _habit(bpms: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.exp(-0.5 * (np.log2(bpms / _TAPPED_BPM) / _TAPPED_OCTAVES) ** 2))


def _crowd(onsets_a_beat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Beats are felt slower than their onsets, and not by much."""
    return np.asarray(_CROWD * np.log2(onsets_a_beat / _ONSETS_A_BEAT) ** 2)


def _confidence(pulse: float) -> float:
    """How often a tempo with this pulse was right, on rendered loops, noise and irregular hits."""
    return round(float(1 / (1 + np.exp(-_SURE_SLOPE * (pulse - _EVEN_PULSE)))), 3)
