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
from ctk.errors import CannotDecode

log = logging.getLogger(__name__)

_WARM_UPS_S: Final = (0.25, 3.0)
"""How far before the target decoding starts after a seek: codecs need a run-up, and some indexes land late."""

_STEP: Final = 65_536


class FileStream(Closing):
    """The sound in its own rate and channels. See ``samples.Stream``. Raises ``CannotDecode``."""

    def __init__(self, path: str) -> None:
        self.error: str | None = None
        self._path = path
        self._file = _open(path)
        try:
            self._decoder = Decoder(self._file, os.fstat(self._file.fileno()).st_size)
        except Exception as exc:
            self._file.close()
            raise CannotDecode(why(path, exc)) from exc
        self.frames = self._decoder.frames
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
    def duration_s(self) -> float | None:
        return None if self.frames is None else self.frames / self.sample_rate_hz

    def read(self, frames: int) -> Samples:
        parts: list[Samples] = []
        while frames > 0 and len(block := self._take(frames)):
            parts.append(block)
            frames -= len(block)
        if not parts:
            return silence(0, self.channels)
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def seek(self, frame: int) -> None:
        target = max(0, frame)
        if any(self._enter(target, warm_up_s) for warm_up_s in _WARM_UPS_S):
            return
        try:
            decoder = Decoder(self._file, os.fstat(self._file.fileno()).st_size)
        except Exception as exc:
            self._fail(exc)
            return
        self._decoder.close()
        self._decoder = decoder
        self._begin(0)
        self._skip(target)

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

    def _take(self, frames: int) -> Samples:
        """Some of the frames that follow, at most ``frames``; none at the end."""
        if not len(self._left) and not self._ended:
            self._left = self._next()
            if not len(self._left):
                self._ended = True
                self.frames = self._at
        block, self._left = self._left[:frames], self._left[frames:]
        self._at += len(block)
        return block

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

    def _enter(self, target: int, warm_up_s: float) -> bool:
        """Decode from a bit before ``target`` up to it; ``False`` when the format does not allow it."""
        try:
            landed = self._decoder.enter(target, warm_up_s)
        except Exception as exc:
            log.debug("%s cannot be entered at frame %d: %s", self._path, target, exc)
            return False
        if landed is None or landed > target:
            return False
        self._begin(landed)
        self._skip(target)
        return True

    def _skip(self, target: int) -> None:
        while self._at < target and len(self._take(min(_STEP, target - self._at))):
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
