"""A sound file as a stream of samples, whatever it is, from any frame on."""

import io
import logging
import os
import stat
from typing import Final

import numpy as np

from ctk import paths
from ctk.audio.decode.decoder import Decoder
from ctk.audio.decode.reasons import why
from ctk.audio.decode.samples import Closing, Samples, silence
from ctk.audio.decode.seeking import SeekIndex
from ctk.errors import CannotDecode

log = logging.getLogger(__name__)

_STEP: Final = 65_536
_NEAR_S: Final = 0.25
_LOSSY_NEAR_S: Final = 3.0
"""So far ahead, a seek reads on instead: some codecs depend on all that came before, down to the noise they add."""
_ATTEMPTS: Final = 2
"""A decoder that was led astray, by an index of another file for one, is replaced, and may then find the way."""


class FileStream(Closing):
    """The sound in its own rate and channels. See ``samples.Stream``. Raises ``CannotDecode``.

    With an ``index``, formats that have none of their own are entered exactly, in a few ms, and ``frames`` is exact.
    Without, they are entered exactly where the place can be found within 0.15 s, else where it probably is.
    """

    def __init__(self, path: str, index: SeekIndex | None = None) -> None:
        self.error: str | None = None
        self._path = path
        self._file = _open(path)
        try:
            self._decoder = self._opened(index)
        except Exception as exc:
            self._file.close()
            raise CannotDecode(why(path, exc)) from exc
        self._frames: int | None = None
        self._left: Samples
        self._begin(0)

    @property
    def sample_rate_hz(self) -> int:
        return self._decoder.sample_rate_hz

    @property
    def channels(self) -> int:
        return self._decoder.channels

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(self._decoder.places)

    @property
    def frames(self) -> int | None:
        if self._frames is not None:
            return self._frames
        index = self._decoder.index
        return self._decoder.lengths.expected if index is None else index.total

    @property
    def duration_s(self) -> float | None:
        return None if self.frames is None else self.frames / self.sample_rate_hz

    @property
    def promised(self) -> int | None:
        return self._decoder.lengths.promised

    @property
    def broken(self) -> int:
        return self._decoder.broken

    def read(self, frames: int) -> Samples:
        parts: list[Samples] = []
        while frames > 0 and len(block := self.some(frames)):
            parts.append(block)
            frames -= len(block)
        if not parts:
            return silence(0, self.channels)
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def some(self, frames: int) -> Samples:
        """Some of the frames that follow, at most ``frames``; none at the end."""
        if not len(self._left) and not self._ended:
            self._left = self._next()
            if not len(self._left):
                self._end()
        block, self._left = self._left[:frames], self._left[frames:]
        self._at += len(block)
        return block

    def seek(self, frame: int) -> None:
        target = max(0, frame)
        for _ in range(_ATTEMPTS):
            if self._is_near(target) or self._enter(target):
                break
            if not self._restart():
                return
        self._skip(target)

    def index(self) -> SeekIndex | None:
        return self._decoder.index

    def close(self) -> None:
        self._ended = True
        self._left = silence(0, self.channels)
        self._decoder.close()
        self._file.close()

    def _begin(self, at: int) -> None:
        self._at = at
        self._ended = False
        self._left = silence(0, self.channels)
        self._blocks = self._decoder.blocks()

    def _next(self) -> Samples:
        nothing = silence(0, self.channels)
        try:
            block = next(self._blocks, nothing)
        except Exception as exc:
            # Whatever the decoder stumbles over, what was heard until here stays.
            self._fail(exc)
            return nothing
        limit = self._decoder.limit
        return block if limit is None else block[: max(0, limit - self._at)]

    def _end(self) -> None:
        if not self._decoder.guessed:
            self._frames = self._at
        if not self._ended:
            self._decoder.learn(self._at)
        self._ended = True

    def _is_near(self, target: int) -> bool:
        reach_s = _LOSSY_NEAR_S if self._decoder.lossy else _NEAR_S
        return self._at <= target <= self._at + reach_s * self.sample_rate_hz

    def _enter(self, target: int) -> bool:
        """Go to ``target`` or a bit before it, without decoding all that precedes it."""
        if self.frames is not None and target >= self.frames:
            target = max(0, self.frames - self.sample_rate_hz)  # nothing can be entered at its end
        try:
            landed = self._decoder.enter(target)
        except Exception as exc:
            log.debug("%s cannot be entered at frame %d: %s", self._path, target, exc)
            return False
        if landed is not None:
            self._begin(landed)
        return landed is not None

    def _restart(self) -> bool:
        """Go to the beginning of the file."""
        try:
            decoder = self._opened(self._decoder.index)
        except Exception as exc:
            self._fail(exc)
            return False
        self._decoder.close()
        self._decoder = decoder
        self._begin(0)
        return True

    def _opened(self, index: SeekIndex | None) -> Decoder:
        return Decoder(self._file, os.fstat(self._file.fileno()).st_size, index)

    def _skip(self, target: int) -> None:
        while self._at < target and len(self.some(min(_STEP, target - self._at))):
            pass

    def _fail(self, exc: Exception) -> None:
        self._ended = True
        if isinstance(exc, OSError):
            self.error = why(self._path, exc)
        log.info("%s ends early: %s", self._path, exc)


def _open(path: str) -> io.FileIO:
    where = paths.os_path(path)
    try:
        # Looked at before it is opened, for opening a pipe would wait for somebody to write to it.
        if not stat.S_ISREG(os.stat(where).st_mode):
            raise IsADirectoryError
        return io.FileIO(where)
    except (OSError, ValueError) as exc:
        raise CannotDecode(why(path, exc)) from exc
