"""Sounds that are likely to be played next: their beginnings in memory, the rest in the file until it is needed."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ctk import paths
from ctk.audio.decode.file import FileStream
from ctk.audio.decode.reasons import Changed, why
from ctk.audio.decode.samples import Closing, HeldStream, Samples, Stream, silence
from ctk.audio.decode.seeking import SeekIndex
from ctk.errors import CannotDecode

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """The beginning of the sound in ``path``; all of it, where it is that short (``whole``).

    ``frames`` and ``promised`` are those of the file, ``broken`` counts what was left out of the beginning.
    """

    path: str
    head: Samples
    sample_rate_hz: int
    places: Sequence[str]
    frames: int | None
    promised: int | None
    broken: int
    whole: bool
    stamp: Stamp
    index: SeekIndex | None = None

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.head.nbytes

    def fresh(self) -> bool:
        """Whether the file is there and still the one that was decoded: a look at its size and time."""
        return _stamp(self.path) == self.stamp

    def stream(self, index: SeekIndex | None = None) -> Stream:
        """The sound from its beginning, independent of others; ``index`` is for seeking beyond it. Opens nothing."""
        if self.whole:
            return HeldStream(self.head, self.sample_rate_hz, self.places)
        return HeadStream(self, index or self.index)


class HeadStream(Closing):
    """A sound whose beginning is in memory; the file is opened by the thread that first reads beyond it.

    See ``samples.Stream``. When the file is gone by then, or is another, the sound ends there with an ``error``.
    """

    def __init__(self, ahead: Ahead, index: SeekIndex | None = None) -> None:
        self.sample_rate_hz = ahead.sample_rate_hz
        self.channels = len(ahead.places)
        self.places = ahead.places
        self.promised = ahead.promised
        self._ahead = ahead
        self._index = index
        self._at = 0
        self._rest: FileStream | None = None
        self._rest_at = 0
        self._error: str | None = None
        self._closed = False

    @property
    def frames(self) -> int | None:
        return self._ahead.frames if self._rest is None else self._rest.frames

    @property
    def duration_s(self) -> float | None:
        frames = self.frames
        return None if frames is None else frames / self.sample_rate_hz

    @property
    def broken(self) -> int:
        return self._ahead.broken if self._rest is None else self._rest.broken

    @property
    def error(self) -> str | None:
        return self._error if self._rest is None else self._rest.error

    def read(self, frames: int) -> Samples:
        head = self._ahead.head[self._at : self._at + frames]
        self._at += len(head)
        if len(head) == frames:
            return head
        rest = self._read_on(frames - len(head))
        return np.concatenate([head, rest]) if len(head) else rest

    def seek(self, frame: int) -> None:
        self._at = max(0, frame)

    def index(self) -> SeekIndex | None:
        return self._index

    def close(self) -> None:
        self._closed = True
        self._at = len(self._ahead.head)
        if self._rest is not None:
            self._rest.close()

    def _read_on(self, frames: int) -> Samples:
        """What follows, from the file."""
        if self._rest is None:
            self._rest = self._opened()
        if self._rest is None or self._closed:
            return silence(0, self.channels)
        if self._rest_at != self._at:
            self._rest.seek(self._at)
        block = self._rest.read(frames)
        self._at = self._rest_at = self._at + len(block)
        return block

    def _opened(self) -> FileStream | None:
        if self._closed or self._error is not None:
            return None
        try:
            rest = FileStream(self._ahead.path, self._index)
        except CannotDecode as exc:
            self._error = str(exc)
            return None
        if self._ahead.fresh() and (rest.sample_rate_hz, rest.places) == (self.sample_rate_hz, self.places):
            return rest
        rest.close()
        self._error = why(self._ahead.path, Changed())
        return None


def ahead(path: str, seconds: float, *, index: SeekIndex | None = None) -> Ahead:
    """Decode the first ``seconds`` of the sound in ``path``, at its own rate. Raises ``CannotDecode``."""
    path = os.path.abspath(path)
    stamp = _stamp(path)
    with FileStream(path, index) as stream:
        wanted = max(1, round(seconds * stream.sample_rate_hz))
        # A copy: a view of a block would keep the whole block in memory.
        head = stream.read(wanted).copy()
        if stream.error is not None:
            raise CannotDecode(stream.error)
        head.flags.writeable = False
        return Ahead(
            path=path,
            head=head,
            sample_rate_hz=stream.sample_rate_hz,
            places=stream.places,
            frames=stream.frames,
            promised=stream.promised,
            broken=stream.broken,
            whole=len(head) < wanted,
            stamp=stamp or (0, 0),
            index=index,
        )


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(paths.os_path(path))
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
