"""Samples in memory: blocks of float32 frames, what gives them, and how many channels become one or two."""

from collections.abc import Sequence
from types import TracebackType
from typing import Final, Protocol, Self

import numpy as np
import numpy.typing as npt

from ctk.audio.decode.seeking import SeekIndex

Samples = npt.NDArray[np.float32]
"""Frames by channels, full scale at -1 and 1."""

_HALF_POWER: Final = 0.5**0.5
_LEFT: Final = frozenset({"FL", "BL", "SL", "WL", "FLC", "TFL", "TBL", "SDL", "TSL", "BFL", "DL"})
_RIGHT: Final = frozenset({"FR", "BR", "SR", "WR", "FRC", "TFR", "TBR", "SDR", "TSR", "BFR", "DR"})
_CENTRE: Final = frozenset({"FC", "BC", "TC", "TFC", "TBC", "BFC"})
_BASS: Final = frozenset({"LFE", "LFE2"})
_FRONT: Final = frozenset({"FL", "FR", "DL", "DR"})


class Stream(Protocol):
    """A sound that is read from front to back, and again from any frame."""

    @property
    def sample_rate_hz(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def places(self) -> Sequence[str]:
        """Where each channel belongs (FL, FR, FC, LFE ...); other names when that is not known."""
        ...

    @property
    def frames(self) -> int | None:
        """How long the sound is, as far as it says; known for sure once its end was read."""
        ...

    @property
    def duration_s(self) -> float | None:
        """``frames`` in seconds."""
        ...

    @property
    def promised(self) -> int | None:
        """The least length in frames that the file's header promises, whether or not it holds so many; ``None``
        when it promises nothing. A healthy file holds no fewer."""
        ...

    @property
    def broken(self) -> int:
        """How many packets could not be decoded and were left out so far."""
        ...

    @property
    def error(self) -> str | None:
        """Why reading ended before the sound did, in one sentence."""
        ...

    def read(self, frames: int) -> Samples:
        """The next frames, fewer only before the end; none at the end, also where the file breaks off."""
        ...

    def seek(self, frame: int) -> None:
        """Read on from ``frame``, exactly."""
        ...

    def index(self) -> SeekIndex | None:
        """What makes seeking in the file exact and quick: learned when the sound was read from frame 0 to its end,
        unless the stream was opened with it; ``None`` before that, and for formats that need none."""
        ...

    def close(self) -> None:
        """Let go of the file; twice is fine."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Closing:
    """What every stream needs to be used in a ``with`` statement."""

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class HeldStream(Closing):
    """A sound that is held in memory. See ``Stream``."""

    def __init__(self, samples: Samples, sample_rate_hz: int, places: Sequence[str]) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.channels = samples.shape[1]
        self.places = places
        self.frames: int | None = len(samples)
        self.promised: int | None = None
        self.broken = 0
        self.error: str | None = None
        self._samples = samples
        self._at = 0

    @property
    def duration_s(self) -> float | None:
        return len(self._samples) / self.sample_rate_hz

    def read(self, frames: int) -> Samples:
        block = self._samples[self._at : self._at + frames]
        self._at += len(block)
        return block

    def seek(self, frame: int) -> None:
        self._at = max(0, frame)

    def index(self) -> SeekIndex | None:
        return None

    def close(self) -> None:
        self._at = len(self._samples)


def silence(frames: int, channels: int) -> Samples:
    return np.zeros((frames, channels), np.float32)


def mixing(places: Sequence[str], channels: int) -> Samples | None:
    """The matrix that turns the channels at ``places`` into 1 or 2; ``None`` when there is nothing to do.

    One channel goes unchanged to both sides, two stay as they are; more are weighed by place and turned down
    so far that they can never clip.
    """
    if len(places) == channels:
        return None
    if len(places) == 1:
        return np.ones((1, channels), np.float32)
    sides = np.identity(2, np.float32) if len(places) == 2 else _to_sides(places)
    return sides if channels == 2 else sides.mean(axis=1, keepdims=True)


def _to_sides(places: Sequence[str]) -> Samples:
    known = _LEFT | _RIGHT | _CENTRE | _BASS
    if len(set(places)) < len(places) or not known.issuperset(places):
        weights = [_unplaced(number, len(places)) for number in range(len(places))]
    else:
        weights = [_placed(place) for place in places]
    matrix = np.array(weights, np.float32)
    loudest = float(matrix.sum(axis=0).max())
    return matrix * np.float32(1 / loudest) if loudest > 1 else matrix


def _placed(place: str) -> tuple[float, float]:
    if place in _BASS:
        return 0.5, 0.5
    if place in _CENTRE:
        return _HALF_POWER, _HALF_POWER
    weight = 1.0 if place in _FRONT else _HALF_POWER
    return (weight, 0.0) if place in _LEFT else (0.0, weight)


def _unplaced(number: int, count: int) -> tuple[float, float]:
    """Channels of no known place alternate between the sides; the last of an odd count goes to both."""
    if number == count - 1 and count % 2:
        return _HALF_POWER, _HALF_POWER
    return (1.0, 0.0) if number % 2 == 0 else (0.0, 1.0)
