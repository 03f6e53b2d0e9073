"""A short sound in one channel and at a low rate, gathered as it goes by: enough to hear its rhythm."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ctk.waveforms.blocks import FULL
from ctk.waveforms.tempo import LONGEST_S, RATE_HZ, Floats

_NONE: Final = np.zeros(0, np.float32)


class Mono:
    """``take`` block after block. Of a sound that is too long to be a loop nothing is remembered."""

    def __init__(self, sample_rate_hz: int, channels: int) -> None:
        step = max(1, round(sample_rate_hz / RATE_HZ))
        self.rate_hz = sample_rate_hz / step
        self._width = step * channels
        self._most = int(LONGEST_S * sample_rate_hz) * channels
        self.begin()

    def begin(self) -> None:
        """Forget what went by: the sound starts again."""
        self._left = self._most
        self._parts: list[Floats] = []
        self._rest = _NONE

    def take(self, values: NDArray[Any]) -> None:
        """Whole numbers or floats, their channels side by side."""
        self._left -= len(values)
        if self._left < 0:
            self._parts.clear()
            self._rest = _NONE
            return
        floats = np.concatenate((self._rest, values), dtype=np.float32)
        whole = len(floats) // self._width * self._width
        full = FULL if values.dtype.kind == "i" else 1
        mix = np.full(self._width, 1 / (self._width * full), np.float32)
        self._parts.append(floats[:whole].reshape(-1, self._width) @ mix)
        self._rest = floats[whole:].copy()

    @property
    def samples(self) -> Floats:
        """All of it; nothing of what was too long."""
        return np.concatenate(self._parts) if self._parts else _NONE
