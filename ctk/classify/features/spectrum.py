"""The colour of a sound: its mel spectrum over time, and what that says of brightness, noise and change."""

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

RATE: Final = 22_050
"""Samples a second of all that is measured here."""
HOP: Final = 512
WINDOW: Final = 1_024
BANDS: Final = 40
LOW_HZ, HIGH_HZ = 25.0, 11_000.0
FLOOR_DB: Final = -70.0
SPANS_S: Final = ((0.0, 0.06), (0.06, 0.25), (0.25, 1.0), (1.0, 5.0))
"""Start, early, body, tail."""
NOISE_EDGES_HZ: Final = (40.0, 200.0, 600.0, 1_600.0, 4_000.0, 11_000.0)

_SHAPE: Final = 13
_SPAN: Final = 1 + _SHAPE + 3
_NOISES: Final = len(NOISE_EDGES_HZ) - 1
SPECTRUM: Final = len(SPANS_S) * _SPAN + 20 + 2 * _SHAPE + _NOISES * 2 + 11


def power(samples: Array) -> Array:
    """The power spectrum of each frame; the first one is centred on the first sample."""
    count = 1 + len(samples) // HOP
    padded = np.zeros((count - 1) * HOP + WINDOW, np.float32)
    padded[WINDOW // 2 : WINDOW // 2 + len(samples)] = samples[: len(padded) - WINDOW // 2]
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * _window(WINDOW)
    bins = np.fft.rfft(frames)
    return (bins.real**2 + bins.imag**2).astype(np.float32)


def mel_db(powers: Array) -> Array:
    """The mel spectrum of each frame in dB below the strongest band of the sound."""
    bands = powers @ _mel()
    return _db(bands / max(float(bands.max()), 1e-20))


def measures(powers: Array, mel: Array) -> Array:
    """``SPECTRUM`` numbers."""
    loud = powers.sum(axis=1)
    weight = np.sqrt(loud) + 1e-12
    clear = _clearness(powers)
    lines = np.concatenate([_lines(powers, loud), clear.mean(axis=1, keepdims=True)], axis=1)
    whole = np.average(10 ** (mel / 10), axis=0)
    active = mel.max(axis=1) >= mel.max() - 40
    heard = mel[active]
    change = np.abs(np.diff(heard, axis=0)) if len(heard) > 1 else np.zeros((1, BANDS), np.float32)
    return np.concatenate(
        [
            *(_span(mel, lines, start, end) for start, end in SPANS_S),
            _cosine(20) @ _db(whole / whole.max()) / 10,
            _cosine(_SHAPE) @ heard.std(axis=0) / 5,
            _cosine(_SHAPE) @ change.mean(axis=0) / 3,
            np.average(clear, axis=0, weights=weight),
            clear[: max(2, len(clear) // 8)].mean(axis=0),
            _moving(lines[active], weight[active]),
        ]
    ).astype(np.float32)


def _span(mel: Array, lines: Array, start_s: float, end_s: float) -> Array:
    """The level, shape, brightness and noise of one span of time; zeros where the sound is over."""
    part = slice(round(start_s * RATE / HOP), round(end_s * RATE / HOP))
    bands = mel[part]
    if not len(bands) or (mean := np.average(10 ** (bands / 10), axis=0)).max() < 2e-7:
        return np.array([FLOOR_DB / 20] + [0.0] * (_SPAN - 1))
    weight = 10 ** (bands.max(axis=1) / 20)
    rest = np.average(lines[part], axis=0, weights=weight)[[0, 1, 4]]
    return np.concatenate([[10 * np.log10(mean.max()) / 20], _cosine(_SHAPE) @ _db(mean / mean.max()) / 10, rest])


def _lines(powers: Array, loud: Array) -> Array:
    """Of each frame the centre, width, 85 % edge and low share of its spectrum; frequencies in octaves."""
    octaves = _octaves()
    share = powers / (loud[:, None] + 1e-20)
    centre = share @ octaves
    width = np.sqrt(np.maximum(share @ octaves**2 - centre**2, 0))
    edge = octaves[np.argmax(np.cumsum(share, axis=1) >= 0.85, axis=1)]
    return np.stack([centre, width, edge, share[:, : round(150 * WINDOW / RATE)].sum(axis=1)], axis=1)


def _clearness(powers: Array) -> Array:
    """Of each frame how far tones stand out of the noise, in a few wide bands: 0 for noise."""
    edges = np.round(np.array(NOISE_EDGES_HZ) * WINDOW / RATE).astype(int)
    part = powers[:, edges[0] : edges[-1]] + 1e-12
    places, sizes = edges[:-1] - edges[0], np.diff(edges)
    mean = np.add.reduceat(part, places, axis=1) / sizes
    logs = np.add.reduceat(np.log10(part), places, axis=1) / sizes
    return np.asarray(np.log10(mean) - logs)


def _moving(lines: Array, weight: Array) -> Array:
    """How the brightness moves: means, spreads, the way it takes over time, its steps."""
    centre = lines[:, 0]
    times = np.linspace(-1, 1, len(lines))
    trend = np.average(times * (centre - centre.mean()), weights=weight) if len(lines) > 2 else 0.0
    noise = np.average(times * (lines[:, 4] - lines[:, 4].mean()), weights=weight) if len(lines) > 2 else 0.0
    step = float(np.abs(np.diff(centre)).mean()) if len(lines) > 1 else 0.0
    mean = np.average(lines, axis=0, weights=weight)
    return np.array([*mean, *lines[:, [0, 1, 4]].std(axis=0), trend, noise, step])


def _db(relative: Array) -> Array:
    return np.asarray(np.maximum(10 * np.log10(relative + 1e-12), FLOOR_DB).astype(np.float32))


@cache
def _window(size: int) -> Array:
    return np.hanning(size + 1)[:-1].astype(np.float32)


@cache
def _octaves() -> Array:
    """The frequency of each bin in octaves above 50 Hz."""
    hz = np.fft.rfftfreq(WINDOW, 1 / RATE)
    return np.asarray(np.log2(np.maximum(hz, 25.0) / 50).astype(np.float32))


@cache
def _mel() -> Array:
    """Bins to bands: triangles, each of the same weight."""
    edges = _hz(np.linspace(_mels(LOW_HZ), _mels(HIGH_HZ), BANDS + 2))
    hz = np.fft.rfftfreq(WINDOW, 1 / RATE)
    up = (hz[:, None] - edges[:-2]) / np.maximum(np.diff(edges)[:-1], RATE / WINDOW)
    down = (edges[2:] - hz[:, None]) / np.maximum(np.diff(edges)[1:], RATE / WINDOW)
    triangles = np.maximum(0, np.minimum(up, down) + (np.diff(edges)[:-1] < RATE / WINDOW) * 0.5)
    triangles = np.minimum(triangles, 1)
    return np.asarray(triangles / (triangles.sum(axis=0) + 1e-9), np.float32)


def _mels(hz: float) -> float:
    """A scale that is nearly straight below 300 Hz and logarithmic above."""
    return float(np.log1p(hz / 300))


def _hz(mels: Array) -> Array:
    return 300 * np.expm1(mels)


@cache
def _cosine(count: int) -> Array:
    """Rows of a cosine transform: the first is the mean, the next the slope, then ever finer shapes."""
    turn = np.pi * (np.arange(BANDS) + 0.5) / BANDS
    return (np.cos(np.arange(count)[:, None] * turn) / BANDS * 2).astype(np.float32)
