"""Blocks of stereo samples on their way from a decoding thread to the audio thread: one of each, and no locks."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from ctk.audio.decode.samples import Samples, silence


@dataclass(frozen=True, slots=True)
class _End:
    """Between two rounds of a sound; ``error`` when there will be no other."""

    error: str | None = None


class Feed:
    """A sound from frame ``start`` on, round after round; each further round begins at frame ``first``. Whether a
    round is followed by the next, ``looping`` decides when the device gets there; so it can be changed up to that
    moment, without a gap.

    ``at`` is the frame that the device gets next, ``taken`` counts those it got, ``over`` says that it got the last.
    """

    def __init__(self, start: int, looping: bool, *, first: int = 0) -> None:
        self.start = start
        self.at = start
        self.taken = 0
        self.looping = looping
        self.over = False
        self.failed = False
        self._ended = False
        self.error: str | None = None
        self._first = first
        self._queue: deque[Samples | _End] = deque()
        self._block = silence(0, 2)
        self._put = 0

    @property
    def ahead(self) -> int:
        """Frames that wait to be taken."""
        return self._put - self.taken

    @property
    def heard(self) -> bool:
        return self.taken > 0

    def is_ready(self, frames: int) -> bool:
        """Whether the device can begin with so many frames at once."""
        return self.ahead >= frames or self.failed or (self._ended and not self.looping)

    def put(self, samples: Samples) -> None:
        """Called by the decoding thread."""
        if len(samples):
            self._put += len(samples)
            self._queue.append(samples)

    def put_end(self, error: str | None = None) -> None:
        """Called by the decoding thread where a round ends; with ``error``, nothing follows."""
        self._ended, self.failed = True, error is not None
        self._queue.append(_End(error))

    def take(self, frames: int) -> Samples:
        """Called by the audio thread: the next frames, fewer when decoding is behind or the sound is over."""
        parts: list[Samples] = []
        while frames > 0 and self._has_block():
            part, self._block = self._block[:frames], self._block[frames:]
            parts.append(part)
            frames -= len(part)
            self.at += len(part)
            self.taken += len(part)
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else silence(0, 2)

    def _has_block(self) -> bool:
        while not self.over and not len(self._block) and self._queue:
            item = self._queue.popleft()
            if not isinstance(item, _End):
                self._block = item
            elif item.error is not None or not self.looping:
                self.over, self.error = True, item.error
            else:
                self.at = self._first
        return len(self._block) > 0
