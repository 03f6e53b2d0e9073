"""The outline of a sound in time: how fast it starts, how long it rings, how it moves, and the rhythm of its hits."""

from typing import Final

import numpy as np

from ctk.classify.features.spectrum import HOP, RATE, Array

BLOCK: Final = 110
"""Samples of one step of the outline: 5 ms."""
FALLS_DB: Final = (-6.0, -12.0, -20.0, -40.0)
STAGES: Final = 8
MOVEMENTS_HZ: Final = (0.5, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
OUTLINE: Final = 2 + len(FALLS_DB) + 2 + 1 + 3 + 2 + STAGES + 1 + len(MOVEMENTS_HZ) - 1
RHYTHM: Final = 9

_SILENT_DB: Final = -45.0


def outline(samples: Array) -> Array:
    """``OUTLINE`` numbers about the level of ``samples`` over time."""
    blocks = -(-len(samples) // BLOCK)
    whole = np.zeros(blocks * BLOCK, np.float32)
    whole[: len(samples)] = samples
    power = np.mean(whole.reshape(blocks, BLOCK) ** 2, axis=1)
    level = np.clip(10 * np.log10(power / power.max() + 1e-9), -80, 0)
    active = int(np.flatnonzero(level > _SILENT_DB)[-1]) + 1
    level, power = level[:active], power[:active]
    top = int(level.argmax())
    rising = int(np.argmax(level > -20.0))
    times = np.arange(active) / max(active - 1, 1)
    weight = np.sqrt(power) + 1e-12
    centre = float(np.average(times, weights=weight))
    falls = [_fall(level, top, fall) for fall in FALLS_DB]
    crest = 10 * np.log10(max(float(np.max(samples**2, initial=0.0)), 1e-12) / max(float(power.mean()), 1e-12))
    return np.array(
        [
            _log_s(top - rising),
            _log_s(top),
            *falls,
            centre,
            _log_s(centre * active),
            _log_s(active),
            *(float(np.mean(level > share)) for share in (-6.0, -12.0, -24.0)),
            float(level.std()) / 10,
            _trend(times, level),
            *(_stages(level) / 20),
            crest / 10,
            *_movement(np.sqrt(power)),
        ],
        np.float32,
    )


def rhythm(mel: Array) -> Array:
    """``RHYTHM`` numbers about the hits in a mel spectrogram in dB (frames by bands)."""
    rises = np.maximum(np.diff(mel, axis=0, prepend=np.full((1, mel.shape[1]), mel.min(), np.float32)), 0)
    flux = rises.mean(axis=1)
    third = mel.shape[1] // 3
    seconds = max(len(mel) * HOP / RATE, 0.1)
    counts = [_hits(part) for part in (flux, rises[:, :third].mean(axis=1), rises[:, 2 * third :].mean(axis=1))]
    beat, lag = _beat(flux)
    spread = float(flux.std())
    return np.array(
        [
            *(np.log1p(count) for count in counts),
            np.log1p(counts[0] / seconds),
            float(flux.mean()) / 5,
            float(flux.max()) / 20,
            float(np.mean((flux - flux.mean()) ** 3)) / (spread**3 + 1e-3) / 5,
            beat,
            lag,
        ],
        np.float32,
    )


def _log_s(blocks: float) -> float:
    """A time in the logarithm of seconds, 0.005 s at least."""
    return float(np.log2(max(blocks, 1) * BLOCK / RATE))


def _fall(level: Array, top: int, fall_db: float) -> float:
    """When the level was last above ``fall_db``, from the loudest moment on."""
    return _log_s(int(np.flatnonzero(level[top:] >= fall_db)[-1]) + 1)


def _trend(times: Array, level: Array) -> float:
    if len(level) < 3 or level.std() < 1e-3:
        return 0.0
    return float(np.corrcoef(times, level)[0, 1])


def _stages(level: Array) -> Array:
    """The level at equal steps from the start to the end."""
    places = np.linspace(0, len(level) - 1, STAGES)
    return np.interp(places, np.arange(len(level)), level).astype(np.float32)


def _movement(level: Array) -> Array:
    """How much of the change of the level is slow, and how much is fast."""
    moving = level - level.mean()
    spectrum = np.abs(np.fft.rfft(moving * np.hanning(len(moving)), 2048)) ** 2
    hz = np.fft.rfftfreq(2048, BLOCK / RATE)
    edges = np.searchsorted(hz, MOVEMENTS_HZ)
    bands = np.add.reduceat(spectrum, edges)[:-1]
    return np.asarray(np.sqrt(bands / (spectrum.sum() + 1e-12)).astype(np.float32))


def _hits(flux: Array) -> int:
    """Peaks that stand out of what is around them."""
    if len(flux) < 3:
        return 1
    limit = max(3.0, float(flux.mean() + 0.3 * flux.max()))
    padded = np.pad(flux, 2, constant_values=-1.0)
    peak = (flux > limit) & (flux >= padded[1:-3]) & (flux > padded[3:-1]) & (flux >= padded[:-4]) & (flux > padded[4:])
    return int(peak.sum())


def _beat(flux: Array) -> tuple[float, float]:
    """How well the hits repeat themselves after 0.1 to 1 s, and after how long (0 to 1)."""
    moving = flux - flux.mean()
    first, last = round(0.1 * RATE / HOP), min(round(1.0 * RATE / HOP), len(flux) // 2)
    if last <= first + 1 or not moving.any():
        return 0.0, 0.0
    size = 1 << (2 * len(moving) - 1).bit_length()
    repeat = np.fft.irfft(np.abs(np.fft.rfft(moving, size)) ** 2)
    found = first + int(repeat[first:last].argmax())
    return float(repeat[found] / repeat[0]), (found - first) / (last - first)
