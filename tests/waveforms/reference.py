"""Outlines made the slow and obvious way, to compare with."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctk.audio import decode
from ctk.audio.decode.samples import Samples
from ctk.records import Peaks
from ctk.waveforms.outline import Outline

Values = NDArray[Any]
UNIT = 1 / 32_768
"""The finest step that an outline shows."""


def decoded(path: str | Path) -> Samples:
    """All frames of a sound, by the decoder."""
    with decode.open(path) as stream:
        parts = [stream.read(1 << 16)]
        while len(parts[-1]):
            parts.append(stream.read(1 << 16))
    return np.concatenate(parts)


def steps_of(samples: Values, points: int) -> list[Values]:
    """The frames of each step, at least one in each."""
    bounds = [step * len(samples) // points for step in range(points + 1)]
    return [samples[start : max(end, start + 1)].astype(np.float64) for start, end in pairwise(bounds)]


def expected(samples: Values, points: int) -> Values:
    """Lowest, highest and rms of each step."""
    steps = steps_of(samples, points)
    return np.array([[step.min(), step.max(), np.sqrt(np.mean(step**2))] for step in steps]).T


def shown(outline: Outline | Peaks) -> Values:
    """The same of an outline."""
    return np.array(outline.values() if isinstance(outline, Outline) else (outline.low, outline.high, outline.rms))


def agrees(outline: Outline | Peaks, samples: Values, points: int, *, unit: float = UNIT) -> bool:
    """Whether every step of it is as exact as an outline can be; the strength is that of the top 16 bits, rounded."""
    found = shown(outline)
    if found.shape != (3, points):
        return False
    low, high, rms = np.abs(found - expected(samples, points)).max(axis=1) / unit
    return bool(low <= 1.001 and high <= 1.001 and rms <= 1.501)
