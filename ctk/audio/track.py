"""A sound while it is played: a thread that decodes it a little ahead of the device."""

import logging
import queue
import threading
from typing import Final

from ctk.audio.decode.samples import Stream
from ctk.audio.feed import Feed
from ctk.audio.rounds import Rounds

log = logging.getLogger(__name__)

_AHEAD_S: Final = 0.4
_LOOK_S: Final = 0.05


class Track:
    """Decodes ``stream`` into ``feed``, as stereo of ``rate_hz``, until it is closed. Any thread may call."""

    def __init__(self, stream: Stream, rate_hz: int, *, start_s: float, looping: bool) -> None:
        self._rate_hz = rate_hz
        self._looping = looping
        self._rounds = Rounds(stream, rate_hz)
        self._closing = False
        self._wake: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.feed = Feed(self._frame(start_s), looping)
        if not self.feed.start:
            # The beginning is decoded already: put here, it makes the device's very next block.
            self._rounds.fill(self.feed)
        begun = None if self.feed.start else self.feed
        self._thread = threading.Thread(target=self._decode, args=[begun], name="audio-decode", daemon=True)
        self._thread.start()

    @property
    def position_s(self) -> float:
        return self.feed.at / self._rate_hz

    @property
    def duration_s(self) -> float | None:
        return self._rounds.duration_s

    def loop(self, on: bool) -> None:
        """Start over at the end, from the next end on."""
        self._looping = self.feed.looping = on

    def seek(self, position_s: float) -> Feed:
        """Go on from ``position_s``, clamped to the sound: the feed that is to be heard from now on."""
        self.feed = Feed(self._frame(position_s), self._looping)
        self._wake.put(None)
        return self.feed

    def close(self, wait_s: float = 0) -> bool:
        """Let go of the file soon; whether that was done within ``wait_s``."""
        self._closing = True
        self._wake.put(None)
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _frame(self, position_s: float) -> int:
        duration_s = self.duration_s
        position_s = max(0.0, position_s if duration_s is None else min(position_s, duration_s))
        return round(position_s * self._rate_hz)

    def _decode(self, feed: Feed | None) -> None:
        try:
            while not self._closing:
                if feed is not self.feed:
                    feed = self.feed
                    self._rounds.enter(feed.start)
                if feed.failed or feed.ahead >= _AHEAD_S * self._rate_hz:
                    self._rest()
                else:
                    self._rounds.fill(feed)
        except Exception:
            log.exception("decoding stopped")
            self.feed.put_end("The sound could not be read to its end.")
        finally:
            self._rounds.close()

    def _rest(self) -> None:
        try:
            self._wake.get(timeout=_LOOK_S)
        except queue.Empty:
            return
