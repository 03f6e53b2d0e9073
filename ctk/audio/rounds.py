"""From a stream to stereo at the device's rate, round after round, so that a loop has neither gap nor drift."""

from collections import deque
from typing import Final

import numpy as np

from ctk.audio.decode.convert import Resampler
from ctk.audio.decode.samples import Samples, Stream, mixing, silence
from ctk.audio.feed import Feed
from ctk.audio.region import Region
from ctk.audio.span import Span

JOIN_S: Final = 0.003
"""What is cut out of a sound fades out, or over to its own beginning, in its last moments."""

_BLOCK: Final = 4096
_SMOOTH: Final = 1.5
"""A step so many times as high as those around it is heard as a click."""


class Rounds:
    """Fills feeds; used by one thread. ``frame`` counts at the device's rate, everything private at the sound's.

    In a loop the resampler runs on over the seam, as if the sound were written out many times. Where it will end,
    it is flushed, so that nothing of the beginning is heard in the last frames. A ``region`` whose end does not meet
    its beginning fades over from one to the other, without a change to its length.
    """

    def __init__(self, stream: Stream, rate_hz: int, *, region: Region | None = None, gain: float = 1.0) -> None:
        self._span = Span(stream, region, JOIN_S)
        self._rate_hz = rate_hz
        self._weights = _weights(self._span, gain)
        self._join = 0 if region is None else min(round(JOIN_S * self._span.rate_hz), self._span.length // 4)
        self._is_whole = self._span.first == 0
        self._start()

    @property
    def duration_s(self) -> float | None:
        return self._span.duration_s

    @property
    def can_be_sought(self) -> bool:
        """Whether entering anywhere is as quick and exact as it can be."""
        return self._span.can_be_sought

    def enter(self, frame: int) -> None:
        """Fill from ``frame`` on."""
        wanted = round(frame * self._span.rate_hz / self._rate_hz)
        self._start()
        self._is_whole = wanted <= self._span.first
        if self._is_whole:
            self._begin()
        else:
            self._span.go(wanted)

    def change(self, stream: Stream) -> None:
        """Use another stream of the same sound, from the next ``enter`` on."""
        self._span.change(stream)

    def fill(self, feed: Feed) -> None:
        """Put the next block of the sound into ``feed``, or the end of a round."""
        block = self._read(_BLOCK)
        if len(block):
            self._round_frames += len(block)
            self._hold_back(feed, block)
        else:
            self._end(feed)

    def close(self) -> None:
        self._span.close()

    def _start(self) -> None:
        self._resampler = Resampler(self._span.rate_hz, self._rate_hz, 2)
        self._pushed = self._made = self._round_frames = 0
        self._seams: deque[int] = deque()
        self._last = silence(0, 2)

    def _begin(self) -> Samples:
        """Go to the beginning of a round; what is in the sound just before it."""
        self._span.go(self._span.begin)
        return self._read(self._span.first - self._span.begin)

    def _read(self, frames: int) -> Samples:
        block = self._span.read(frames) if frames else silence(0, len(self._span.places))
        return block if self._weights is None else block @ self._weights

    def _hold_back(self, feed: Feed, block: Samples) -> None:
        """Put ``block``, but for as much as may have to fade."""
        if self._join:
            block = np.concatenate([self._last, block])
            whole = max(0, len(block) - self._join)
            block, self._last = block[:whole], block[whole:]
        self._push(feed, block)

    def _end(self, feed: Feed) -> None:
        if self._span.error is not None or (self._is_whole and not self._round_frames):
            feed.put_end(self._span.error or "The file cannot be read any more.")
            return
        self._span.hold()
        self._pushed += self._round_frames
        last, before = self._last, self._begin()
        first = self._read(self._join)
        if feed.looping:
            self._push(feed, joined(last, before, first))
            self._seams.append(-(-self._pushed * self._rate_hz // self._span.rate_hz))
        else:
            self._push(feed, faded(last) if self._span.cut else last)
            self._put(feed, self._resampler.flush())
            feed.put_end()
            self._pushed = self._made = 0
            self._seams.clear()
        self._is_whole, self._round_frames, self._last = True, len(first), first

    def _push(self, feed: Feed, block: Samples) -> None:
        if len(block):
            self._put(feed, self._resampler.push(block))

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


def faded(last: Samples) -> Samples:
    return last * np.linspace(1, 0, len(last), dtype=np.float32)[:, np.newaxis]


def joined(last: Samples, before: Samples, first: Samples) -> Samples:
    """The ``last`` frames of a round as they lead over to the ``first`` of the next without a click: as they are where
    one goes on as the other does, else fading over to what is in the sound ``before`` these."""
    if len(last) < 2 or len(first) < 2:
        return last
    step = np.abs(first[0] - last[-1]).max()
    around = max(np.abs(np.diff(part, axis=0)).max() for part in (last, first))
    if step <= _SMOOTH * around:
        return last
    out = faded(last)
    before = before[max(0, len(before) - len(last)) :]
    if len(before):
        out[-len(before) :] += before * np.linspace(0, 1, len(before), dtype=np.float32)[:, np.newaxis]
    return out


def _weights(span: Span, gain: float) -> Samples | None:
    """The matrix that makes stereo of the sound, at this level; ``None`` when there is nothing to do."""
    weights = mixing(span.places, 2)
    if gain == 1:
        return weights
    return (np.identity(2, np.float32) if weights is None else weights) * np.float32(gain)
