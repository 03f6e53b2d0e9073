"""A sound while it is played: a thread that decodes it a little ahead of the device."""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Final

from ctk.audio.decode.samples import Stream
from ctk.audio.feed import Feed
from ctk.audio.region import Region, clamped
from ctk.audio.rounds import Rounds

log = logging.getLogger(__name__)

_AHEAD_S: Final = 0.4
_AHEAD_BLOCKS: Final = 3
"""Of the device, where its blocks are that long."""
_LOOK_S: Final = 0.05


class Track:
    """Decodes ``stream`` into ``feed``, as stereo of ``rate_hz``, from ``start`` to ``close``. Any thread may call.

    ``better`` is asked before a seek that would be slow or inexact, for a stream of the same sound with an index.
    ``block_s`` is how much the device asks for at a time. ``counted`` is for whoever counts what was played.
    """

    def __init__(
        self,
        stream: Stream,
        rate_hz: int,
        *,
        start_s: float = 0.0,
        looping: bool = False,
        region: Region | None = None,
        gain: float = 1.0,
        better: Callable[[], Stream | None] = lambda: None,
        block_s: float = 0.02,
    ) -> None:
        self._rate_hz = rate_hz
        self._looping = looping
        self._region = region
        self._better = better
        self._ahead = round(rate_hz * max(_AHEAD_S, _AHEAD_BLOCKS * block_s))
        self._rounds = Rounds(stream, rate_hz, region=region, gain=gain)
        self._closing = False
        self._wake: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._taken_before = 0
        self.counted = False
        self.feed = self._feed_from(start_s)
        self._thread = threading.Thread(target=self._decode, name="audio-decode", daemon=True)
        self._begun: Feed | None = None
        if not self.feed.start:
            # Little is left to decode of the beginning: put here, it makes the device's very next block.
            while not self.feed.is_ready(round(rate_hz * block_s)):
                self._rounds.fill(self.feed)
            self._begun = self.feed

    def start(self) -> None:
        """Decode what follows."""
        self._thread.start()

    @property
    def position_s(self) -> float:
        return self.feed.at / self._rate_hz

    @property
    def duration_s(self) -> float | None:
        return self._rounds.duration_s

    @property
    def heard_s(self) -> float:
        """For how long anything of it was heard."""
        return (self._taken_before + self.feed.taken) / self._rate_hz

    def loop(self, on: bool) -> None:
        """Start over at the end, from the next end on."""
        self._looping = self.feed.looping = on

    def seek(self, position_s: float) -> Feed:
        """Go on from ``position_s``, clamped to what is played: the feed that is to be heard from now on."""
        self._taken_before += self.feed.taken
        self.feed = self._feed_from(position_s)
        self._wake.put(None)
        return self.feed

    def close(self, wait_s: float = 0) -> bool:
        """Let go of the file soon; whether that was done within ``wait_s``."""
        self._closing = True
        self._wake.put(None)
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _feed_from(self, position_s: float) -> Feed:
        position_s = clamped(position_s, self._region, self.duration_s)
        first = 0 if self._region is None else self._frame(self._region[0])
        return Feed(self._frame(position_s), self._looping, first=first)

    def _frame(self, position_s: float) -> int:
        return round(position_s * self._rate_hz)

    def _decode(self) -> None:
        feed = self._begun
        try:
            while not self._closing:
                if feed is not self.feed:
                    feed = self.feed
                    self._enter(feed.start)
                if feed.failed or feed.ahead >= self._ahead:
                    self._rest()
                else:
                    self._rounds.fill(feed)
        except Exception:
            log.exception("decoding stopped")
            self.feed.put_end("The sound could not be read to its end.")
        finally:
            self._rounds.close()

    def _enter(self, frame: int) -> None:
        if frame and not self._rounds.can_be_sought:
            stream = self._better()
            if stream is not None:
                self._rounds.change(stream)
        self._rounds.enter(frame)

    def _rest(self) -> None:
        try:
            self._wake.get(timeout=_LOOK_S)
        except queue.Empty:
            return
