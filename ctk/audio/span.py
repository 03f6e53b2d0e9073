"""A part of a sound, or all of it, that is read again and again: without the file, where it is short."""

from typing import Final

import numpy as np

from ctk.audio.decode.samples import HeldStream, Samples, Stream
from ctk.audio.region import Region

_HELD_SAMPLES: Final = 1 << 19
"""Parts up to this size (2 MB) stay in memory after they were read once, so that the shortest loop keeps up."""


class Span:
    """The frames from ``first`` up to the end of ``region``, in the sound's own rate; all of them without a region.

    ``length`` is that of the region, which may reach beyond the sound. ``begin`` is up to ``lead_s`` before ``first``,
    for what has to be known of a sound before it. ``at`` is the frame that is read next; ``cut`` says that the sound
    goes on after the span. Used by one thread.
    """

    def __init__(self, stream: Stream, region: Region | None = None, lead_s: float = 0.0) -> None:
        self.rate_hz = stream.sample_rate_hz
        self.places = stream.places
        self.first, self.length = (0, 0) if region is None else _frames(region, self.rate_hz)
        self.begin = max(0, self.first - round(lead_s * self.rate_hz))
        self._end = self.first + self.length if region is not None else None
        self.cut = self._end is not None and (stream.frames is None or self._end < stream.frames)
        self.at = 0
        self._stream = stream
        self._base = 0
        self._duration_s: float | None = None
        self._held = False
        self._kept: list[Samples] | None = [] if self.begin == 0 else None
        self._kept_samples = 0

    @property
    def duration_s(self) -> float | None:
        """That of the whole sound."""
        return self._duration_s if self._held else self._stream.duration_s

    @property
    def error(self) -> str | None:
        return self._stream.error

    @property
    def can_be_sought(self) -> bool:
        """Whether going anywhere is as quick and exact as it can be."""
        return isinstance(self._stream, HeldStream) or self._stream.index() is not None

    def read(self, frames: int) -> Samples:
        """The next frames; none at the end."""
        block = self._stream.read(frames if self._end is None else max(0, min(frames, self._end - self.at)))
        self.at += len(block)
        if self._kept is not None and len(block):
            self._keep(self._kept, block)
        return block

    def go(self, frame: int) -> None:
        """Read on from ``frame``, which may be one before ``first``, down to ``begin``."""
        if frame != self.at:
            self._stream.seek(frame - self._base)
            self.at = frame
        self._kept, self._kept_samples = [] if frame == self.begin else None, 0

    def hold(self) -> None:
        """When it was just read from ``begin`` to its end, and is short, do without the file."""
        if self._kept and not isinstance(self._stream, HeldStream):
            self._duration_s, self._held = self._stream.duration_s, True
            self.change(HeldStream(np.concatenate(self._kept), self.rate_hz, self.places))
            self._base = self.begin

    def change(self, stream: Stream) -> None:
        """Read from another stream of the same sound, once it was told where to ``go``."""
        self._stream.close()
        self._stream, self._base, self._kept = stream, 0, None
        self.at = -1

    def close(self) -> None:
        self._stream.close()

    def _keep(self, kept: list[Samples], block: Samples) -> None:
        self._kept_samples += block.size
        if self._kept_samples > _HELD_SAMPLES:
            self._kept = None
        else:
            kept.append(block)


def _frames(region: Region, rate_hz: int) -> tuple[int, int]:
    """The first frame of ``region``, and how many there are."""
    first, end = (round(at_s * rate_hz) for at_s in region)
    return first, max(1, end - first)
