"""The outline of a sound: how far it swings and how strong it is, step by step, small enough to be kept.

Step ``i`` of ``n`` over ``f`` frames is made of the frames from ``i * f // n`` up to ``(i + 1) * f // n``, and of the
one at ``i * f // n`` where that is none. So the steps of an outline fall together exactly into those of any shorter one
whose number divides theirs, and an outline with a step for every frame into any other.
"""

import math
import struct
import zlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Shorts = NDArray[np.int16]
Powers = NDArray[np.float64]

FULL: Final = 32_768
"""What full scale is in an outline whose ``shift`` is 0; each further one doubles what it stands for."""

_HEAD: Final = struct.Struct("<QIB")
_LEVEL: Final = 1
"""Higher ones save 2 % in half as much time again."""
_MOST_STEPS: Final = 1 << 20
_MOST_SHIFT: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Of ``frames`` frames. ``rows`` are the lowest sample of all channels in each step, the highest, and the rms."""

    frames: int
    rows: Shorts
    shift: int = 0

    @property
    def steps(self) -> int:
        return int(self.rows.shape[1])

    def gives(self, points: int) -> bool:
        """Whether ``reduced`` to so many steps it is as exact as if it had been made so."""
        return self.steps == self.frames or self.steps % points == 0

    def reduced(self, points: int) -> "Outline":
        """The same in ``points`` steps, which it must be able to give; in more than there are frames, too."""
        if points == self.steps:
            return self
        if points > self.frames:
            return Outline(self.frames, self.rows[:, edges(self.frames, points)[:-1]], self.shift)
        lengths = np.diff(edges(self.frames, self.steps))
        starts = edges(self.steps, points)[:-1]
        low, high, rms = self.rows
        squares = np.add.reduceat(np.square(rms, dtype=np.float64) * lengths, starts)
        rows = (
            np.minimum.reduceat(low, starts),
            np.maximum.reduceat(high, starts),
            np.rint(np.sqrt(squares / np.add.reduceat(lengths, starts))).astype(np.int16),
        )
        return Outline(self.frames, np.stack(rows), self.shift)

    def values(self) -> tuple[list[float], list[float], list[float]]:
        """Lowest, highest and rms with full scale at 1."""
        low, high, rms = (self.rows * ((1 << self.shift) / FULL)).tolist()
        return low, high, rms

    def pack(self) -> bytes:
        """As few bytes as it takes: differences, the low bytes before the high ones, for those repeat more often."""
        differences = self.rows.astype("<i2", order="C")
        differences[:, 1:] -= self.rows[:, :-1]
        shuffled = differences.view(np.uint8).reshape(-1, 2).T.tobytes()
        return zlib.compress(_HEAD.pack(self.frames, self.steps, self.shift) + shuffled, _LEVEL)

    @classmethod
    def unpack(cls, packed: bytes) -> "Outline":
        """Raises ``ValueError`` for anything that ``pack`` did not make."""
        unpacking = zlib.decompressobj()
        try:
            data = unpacking.decompress(packed, _HEAD.size + 6 * _MOST_STEPS)
            frames, steps, shift = _HEAD.unpack_from(data)
        except (zlib.error, struct.error) as exc:
            raise ValueError("not an outline") from exc
        if not unpacking.eof or not 0 < steps <= frames or shift > _MOST_SHIFT or len(data) != _HEAD.size + 6 * steps:
            raise ValueError("not an outline")
        shuffled = np.frombuffer(data, np.uint8, offset=_HEAD.size).reshape(2, -1)
        differences = np.ascontiguousarray(shuffled.T).view("<i2").reshape(3, steps)
        return cls(frames, differences.cumsum(axis=1, dtype=np.int16), shift)


def edges(frames: int, steps: int) -> NDArray[np.int64]:
    """Where each step begins, and the end."""
    return np.arange(steps + 1, dtype=np.int64) * frames // steps


def outline(frames: int, low: NDArray[Any], high: NDArray[Any], power: Powers) -> Outline:
    """Of the extremes and the mean squares of each step, full scale at 1."""
    most = float(max(-low.min(), high.max(), 0.0))
    shift = max(0, math.frexp(most)[1]) if most > 1 else 0
    scale = FULL / (1 << shift)
    rows = np.floor(low * scale), np.floor(high * scale), np.rint(np.sqrt(power) * scale)
    return Outline(frames, np.stack(rows).clip(-FULL, FULL - 1).astype(np.int16), shift)
