"""From a stream to stereo at the device's rate, round after round, so that a loop has neither gap nor drift."""

from collections import deque
from typing import Final

import numpy as np

from ctk.audio.decode.convert import Resampler
from ctk.audio.decode.samples import HeldStream, Samples, Stream, mixing
from ctk.audio.feed import Feed

_BLOCK: Final = 4096
_HELD_SAMPLES: Final = 1 << 19
"""Sounds up to this size (2 MB) stay in memory after their first round, so that the shortest loop keeps up."""


class Rounds:
    """Fills feeds; used by one thread. ``frame`` counts at the device's rate, everything private at the sound's.

    In a loop the resampler runs on over the seam, as if the sound were written out many times. Where it will end,
    it is flushed, so that nothing of the beginning is heard in the last frames.
    """

    def __init__(self, stream: Stream, rate_hz: int) -> None:
        self._stream = stream
        self._rate_hz = rate_hz
        self._mixing = mixing(stream.places, 2)
        self._unread = True
        self._start(from_beginning=True)

    @property
    def duration_s(self) -> float | None:
        return self._stream.duration_s

    def enter(self, frame: int) -> None:
        """Fill from ``frame`` on."""
        if frame or not self._unread:
            self._stream.seek(round(frame * self._stream.sample_rate_hz / self._rate_hz))
        self._start(from_beginning=frame == 0)

    def fill(self, feed: Feed) -> None:
        """Put the next block of the sound into ``feed``, or the end of a round."""
        self._unread = False
        block = self._stream.read(_BLOCK)
        if len(block):
            self._round_frames += len(block)
            self._keep(block)
            self._put(feed, self._resampler.push(self._stereo(block)))
        else:
            self._end(feed)

    def close(self) -> None:
        self._stream.close()

    def _start(self, *, from_beginning: bool) -> None:
        self._resampler = Resampler(self._stream.sample_rate_hz, self._rate_hz, 2)
        self._pushed = self._made = self._round_frames = 0
        self._seams: deque[int] = deque()
        self._kept: list[Samples] | None = [] if from_beginning else None

    def _stereo(self, block: Samples) -> Samples:
        return block if self._mixing is None else block @ self._mixing

    def _end(self, feed: Feed) -> None:
        if self._stream.error is not None or (self._kept is not None and not self._round_frames):
            feed.put_end(self._stream.error or "The file cannot be read any more.")
            return
        self._hold()
        self._pushed += self._round_frames
        if feed.looping:
            self._seams.append(-(-self._pushed * self._rate_hz // self._stream.sample_rate_hz))
        else:
            self._put(feed, self._resampler.flush())
            feed.put_end()
            self._pushed = self._made = 0
            self._seams.clear()
        self._stream.seek(0)
        self._round_frames = 0
        self._kept = []

    def _put(self, feed: Feed, block: Samples) -> None:
        """Put ``block``, and the ends of rounds where they fall into it."""
        while self._seams and self._seams[0] <= self._made + len(block):
            before = self._seams.popleft() - self._made
            feed.put(block[:before])
            feed.put_end()
            block = block[before:]
            self._made += before
        feed.put(block)
        self._made += len(block)

    def _keep(self, block: Samples) -> None:
        if self._kept is None:
            return
        if self._round_frames * block.shape[1] > _HELD_SAMPLES:
            self._kept = None
        else:
            self._kept.append(block)

    def _hold(self) -> None:
        """Once a short sound was read from its beginning to its end, do without the file."""
        if self._kept and not isinstance(self._stream, HeldStream):
            held = HeldStream(np.concatenate(self._kept), self._stream.sample_rate_hz, self._stream.places)
            self._stream.close()
            self._stream = held
