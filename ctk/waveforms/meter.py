"""Measuring a sound as it goes by: extremes and strength step by step, and what tells whether it is well."""

import functools
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ctk.waveforms.blocks import FULL, Block
from ctk.waveforms.outline import Outline, edges, outline

SILENCE: Final = 4
"""Samples that stay below this, as int16, are not heard: -78 dB, above the noise that dither leaves."""

FLAT_RUN: Final = 4
"""So many equal samples at full scale in a row are a peak that was cut off. A sound that was brought up to full scale
has one or two, deep tones of 16 bits up to four; but those rise to it in steps of one or two units."""
STEEP: Final = 3
"""By how many units a cut off peak rises at least with its first sample."""

SECTIONS: Final = 8
STEADY_SECTIONS: Final = 0.75
STEADY_SHARE: Final = 0.25
"""In so many of its sections at least so much of the mean of a sound is found when that is an offset of the recorder,
and not a deep tone that was cut within a wave; the rest may fade in and out."""

_LONG_STEP: Final = 512
"""Samples in a step from which on it is quicker to multiply each step with itself than all of a block at once."""
Values = NDArray[Any]
Starts = NDArray[np.int64]


class Meter:
    """``take`` block after block of a sound of ``frames`` frames. What comes after those is only counted.

    ``top`` and ``unit`` are those of ``Blocks``.
    """

    def __init__(self, frames: int, channels: int, points: int, *, top: int = FULL - 1, unit: int = 1) -> None:
        self.seen = 0
        self.clips = 0
        self.frames = frames
        self._channels = channels
        self._top = top
        self._unit = unit
        steps = min(points, frames)
        self._edges = edges(frames, steps) if steps else np.zeros(1, np.int64)
        self._low = np.full(steps, np.inf, np.float32)
        self._high = np.full(steps, -np.inf, np.float32)
        self._power = np.zeros(steps)
        self._sections = edges(frames, min(SECTIONS, frames)) if frames else np.zeros(1, np.int64)
        self._sums = np.zeros((max(1, len(self._sections) - 1), channels))
        self._quiet = set(range(channels))
        self._scale = 1.0
        self._floats = np.empty(0, np.float32)

    def take(self, block: Block) -> None:
        """Measure what follows."""
        values, at = block.values, self.seen
        self.seen += len(values) // self._channels
        inside = min(self.seen, self.frames) - at
        if inside <= 0:
            return
        values = values[: inside * self._channels]
        whole = values.dtype.kind == "i"
        self._scale = FULL if whole else 1.0
        floats = self._as_floats(values) if whole else values
        steps, starts = self._steps(self._edges, at, inside)
        low, high = self._extremes(values, steps, starts)
        self._strengths(floats, steps, starts)
        self._add(floats, *self._steps(self._sections, at, inside))
        unit = 1.0 if whole else 1 / FULL
        if self._quiet and (high >= SILENCE * unit or low < -SILENCE * unit):
            self._listen_for_silence(values, SILENCE * unit)
        if high >= self._top * unit or low <= -self._top * unit:
            self.clips += clips(values, block.whole()[: len(values)], self._channels, self._top, self._unit)

    @property
    def outline(self) -> Outline:
        """Of what was promised, in as many steps as were asked for, but no more than there are frames."""
        return outline(self.frames, self._low / self._scale, self._high / self._scale, self.powers)

    @property
    def powers(self) -> NDArray[np.float64]:
        """The mean square of each step."""
        return self._power / (np.diff(self._edges) * self._channels * self._scale**2)

    @property
    def peak(self) -> float:
        """The highest sample, either way."""
        return float(max(-self._low.min(initial=0), self._high.max(initial=0))) / self._scale

    @property
    def offset(self) -> float:
        """How far the channel that lies off the middle the farthest does so, steadily."""
        lengths = np.diff(self._sections)[:, np.newaxis]
        means = self._sums.sum(axis=0) / max(1, self.frames)
        sections = self._sums / lengths if len(lengths) else self._sums
        steady = (sections / np.where(means, means, 1) >= STEADY_SHARE).mean(axis=0) >= STEADY_SECTIONS
        return float(max(np.where(steady, means, 0), key=abs)) / self._scale

    @property
    def quiet(self) -> tuple[int, ...]:
        """The channels in which nothing is heard."""
        return tuple(sorted(self._quiet))

    def _extremes(self, values: Values, steps: slice, starts: Starts) -> tuple[float, float]:
        """Of each step, and of all."""
        lows, highs = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
        np.minimum(self._low[steps], lows, out=self._low[steps])
        np.maximum(self._high[steps], highs, out=self._high[steps])
        return float(lows.min()), float(highs.max())

    def _strengths(self, floats: Values, steps: slice, starts: Starts) -> None:
        if len(floats) < _LONG_STEP * len(starts):
            self._power[steps] += np.add.reduceat(np.square(floats), starts)
        else:
            parts = pairwise([*starts.tolist(), len(floats)])
            self._power[steps] += [np.dot(part, part) for part in (floats[start:end] for start, end in parts)]

    def _steps(self, bounds: Starts, at: int, frames: int) -> tuple[slice, Starts]:
        """The steps between ``bounds`` that ``frames`` frames from ``at`` on belong to, and where each begins among
        their samples."""
        first = int(bounds.searchsorted(at, side="right")) - 1
        after = int(bounds.searchsorted(at + frames))
        starts = (bounds[first:after] - at) * self._channels
        starts[0] = 0
        return slice(first, after), starts

    def _as_floats(self, values: Values) -> Values:
        if len(self._floats) < len(values):
            self._floats = np.empty(len(values), np.float32)
        floats = self._floats[: len(values)]
        np.copyto(floats, values)
        return floats

    def _add(self, floats: Values, sections: slice, starts: Starts) -> None:
        """Sums of each section and channel."""
        for section, (start, end) in enumerate(pairwise([*starts.tolist(), len(floats)]), sections.start):
            frames = floats[start:end].reshape(-1, self._channels)
            self._sums[section] += _ones(len(frames)) @ frames  # several times as fast as adding up each column

    def _listen_for_silence(self, values: Values, silence: float) -> None:
        for channel in list(self._quiet):
            one = values[channel :: self._channels]
            if one.max() >= silence or one.min() < -silence:
                self._quiet.remove(channel)


@functools.lru_cache(8)
def _ones(count: int) -> Values:
    return np.ones(count, np.float32)


def clips(values: Values, whole: Values, channels: int, top: int, unit: int) -> int:
    """How many peaks are cut off flat at full scale, channel by channel.

    Not where a sample comes from full scale on the other side: so are square waves made.
    """
    if len(values) < FLAT_RUN * channels:
        return 0
    shorts = values if values.dtype.kind == "i" else np.floor(values.clip(-2, 2) * FULL).astype(np.int32)
    at_top = ((shorts >= top) & (shorts <= FULL)) | ((shorts <= -top) & (shorts >= -FULL))
    if not at_top.any():
        return 0
    same = (whole[channels:] == whole[:-channels]) & at_top[channels:]
    run = same[: len(same) - (FLAT_RUN - 2) * channels].copy()
    for further in range(1, FLAT_RUN - 1):
        run &= same[further * channels : len(run) + further * channels]
    starts = np.flatnonzero(run[channels:] & ~run[:-channels]) + channels
    before = starts - channels
    rises = np.abs(shorts[starts].astype(np.int64) - shorts[before])
    return int(np.count_nonzero((rises > STEEP * unit) & ~at_top[before]))
