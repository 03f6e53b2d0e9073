"""What the sound device is given: one feed at a time, at a volume, changed over without a click."""

from collections.abc import Callable
from typing import Final

import numpy as np

from ctk.audio.decode.samples import Samples, silence
from ctk.audio.feed import Feed

FADE_S: Final = 0.004


class Mixer:
    """``render`` belongs to the audio thread: it never waits and never reads a file. The rest is for everybody.

    Set ``target`` to what should be heard, ``None`` for silence: at the next block what was heard before fades out
    within ``FADE_S`` while the new begins, once a block of it is there, at full level when that is its own start. Set
    ``gain`` to change the level, smoothly within a block. ``on_over`` is called, on the audio thread, when a feed is
    over.
    """

    def __init__(self, rate_hz: int, gain: float, on_over: Callable[[Feed], None]) -> None:
        self.target: Feed | None = None
        self.gain = gain
        self.underruns = 0
        self._on_over = on_over
        self._falling = np.linspace(1, 0, max(2, round(rate_hz * FADE_S)), dtype=np.float32)[:, np.newaxis]
        self._feed: Feed | None = None
        self._risen = 0
        self._tail = silence(0, 2)
        self._level = gain

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is heard any more, to the last of its fading end."""
        return self.target is None and self._feed is None and not len(self._tail)

    def render(self, frames: int) -> Samples:
        """The next block for the device."""
        out = silence(frames, 2)
        target = self.target
        if target is not self._feed:
            self._change(target)
        if self._feed is not None:
            self._play(self._feed, out)
        fading = min(frames, len(self._tail))
        out[:fading] += self._tail[:fading]
        self._tail = self._tail[fading:]
        self._scale(out)
        return np.clip(out, -1, 1, out=out)

    def _change(self, target: Feed | None) -> None:
        """Keep a fading end of what is heard now, and begin with ``target``."""
        tail = silence(len(self._falling), 2)
        if self._feed is not None and self._feed.heard:
            last = self._rise(self._feed.take(len(tail)))
            tail[: len(last)] = last * self._falling[: len(last)]
        tail[: len(self._tail)] += self._tail[: len(tail)]
        self._tail = tail
        self._feed = target
        from_its_start = target is not None and target.start == 0 and not target.heard
        self._risen = len(self._falling) if from_its_start else 0

    def _play(self, feed: Feed, out: Samples) -> None:
        heard = feed.heard
        if not heard and not feed.is_ready(len(out)):
            return
        block = self._rise(feed.take(len(out)))
        out[: len(block)] += block
        if feed.over:
            self._feed = None
            if self.target is feed:
                self.target = None
            self._on_over(feed)
        elif len(block) < len(out) and heard:
            self.underruns += 1

    def _rise(self, block: Samples) -> Samples:
        """``block`` with as much of the fade-in as is still due."""
        due = min(len(block), len(self._falling) - self._risen)
        if due <= 0:
            return block
        block = block.copy()
        block[:due] *= 1 - self._falling[self._risen : self._risen + due]
        self._risen += due
        return block

    def _scale(self, out: Samples) -> None:
        level, gain = self._level, self.gain
        if level != gain:
            out *= np.linspace(level, gain, len(out), dtype=np.float32)[:, np.newaxis]
        elif gain != 1:
            out *= np.float32(gain)
        self._level = gain
