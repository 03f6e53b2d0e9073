"""The samples of a file, block after block: straight from its bytes where they are plain numbers, else decoded.

Whole numbers of any depth come as their top 16 bits, which is all that an outline shows; what needs every bit can ask
for them.
"""

import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ctk.audio.decode import pcm
from ctk.audio.decode.file import FileStream
from ctk.audio.decode.pcm import Layout
from ctk.audio.decode.reasons import why
from ctk.audio.decode.samples import Closing
from ctk.audio.decode.seeking import SeekIndex
from ctk.errors import CannotDecode
from ctk.paths import os_path

Values = NDArray[Any]

SAMPLES: Final = 131_072
"""In a block, all channels together: so much stays in the processor's cache on its way."""

FULL: Final = 32_768
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_LOUDEST: Final = 1_000.0
"""As in decoding: floating-point samples beyond it are damage."""
_SLACK_BYTES: Final = 64
"""A sound that lacks no more than this is whole: some writers count their own header into it."""
_SLACK_FRAMES: Final = 2_048
"""The same where it is encoded: some encoders count the frames that they filled up, some do not."""
_PACKET_FRAMES: Final = 8_192
"""The longest part that is left out where one is broken, in most formats; so much does not lack at the end."""


class Interrupted(CannotDecode):
    """Reading failed on the way, which says nothing about the sound."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some frames, their channels side by side: as int16, full scale at 32768, or as float32, full scale at 1.

    ``whole`` gives them again with every bit there is.
    """

    values: Values
    whole: Callable[[], Values]


@dataclass(frozen=True, slots=True)
class Report:
    """What reading a sound to its end told of the file: how many frames its header promises where that is clearly
    more than there are, how many parts could not be decoded, why reading ended before the sound did, and what makes
    seeking in it quick."""

    promised: int | None = None
    broken: int = 0
    error: str | None = None
    index: SeekIndex | None = None


class Blocks(Closing):
    """A file that can be read again and again. Close it, or use it in a ``with`` statement.

    ``top`` is the highest number that a sample can have, and ``unit`` the least step between two, both as int16;
    ``bass`` is the channel for low effects only. Where the length is ``estimated``, blocks can be held on to.
    """

    sample_rate_hz: int
    channels: int
    bass: int | None = None
    unit = 1
    estimated = False

    @property
    def frames(self) -> int:
        """How long the sound seems to be; once it was read to its end, how long it is."""
        raise NotImplementedError

    @property
    def top(self) -> int:
        return FULL - self.unit

    def read(self, start: int) -> Iterator[Block]:
        """Everything from frame ``start`` on. May raise ``Interrupted``."""
        raise NotImplementedError

    def report(self) -> Report:
        raise NotImplementedError


def open_blocks(path: str, index: SeekIndex | None = None) -> Blocks:
    """The blocks of the file at ``path``. Raises ``CannotDecode``."""
    return _plain(path) or DecodedBlocks(FileStream(path, index))


def _plain(path: str) -> "PlainBlocks | None":
    """``None`` for whatever has to be decoded, or cannot be read."""
    try:
        # Looked at before it is opened, for opening a pipe would wait for somebody to write to it.
        if not stat.S_ISREG(os.stat(os_path(path)).st_mode):
            return None
        file = io.FileIO(os.open(os_path(path), _FLAGS))
    except (OSError, ValueError):
        return None
    layout = pcm.layout(file)
    if layout is not None:
        return PlainBlocks(path, file, layout)
    file.close()
    return None


class PlainBlocks(Blocks):
    """Numbers as they are in the file."""

    def __init__(self, path: str, file: io.FileIO, layout: Layout) -> None:
        self._path = path
        self._file = file
        self._layout = layout
        self.sample_rate_hz = layout.sample_rate_hz
        self.channels = layout.channels
        self.bass = 3 if layout.channels >= 6 and not layout.big else None
        self.unit = 256 if layout.sample_bytes == 1 else 1

    @property
    def frames(self) -> int:
        return self._layout.frames

    def read(self, start: int) -> Iterator[Block]:
        layout = self._layout
        left = max(0, layout.frames - start)
        frames = min(left, max(1, SAMPLES // layout.channels))
        buffer = bytearray(frames * layout.frame_bytes)
        convert = _Conversion(layout, buffer)
        try:
            self._file.seek(layout.offset + start * layout.frame_bytes)
            while left > 0:
                got = min(self._fill(buffer) // layout.frame_bytes, left)
                if not got:
                    return
                left -= got
                yield convert.block(got * layout.channels)
        except OSError as exc:
            raise Interrupted(why(self._path, exc)) from exc

    def report(self) -> Report:
        missing = self._layout.promised - self._layout.frames
        short = missing * self._layout.frame_bytes > _SLACK_BYTES
        return Report(promised=self._layout.promised if short else None)

    def close(self) -> None:
        self._file.close()

    def _fill(self, buffer: bytearray) -> int:
        """How many bytes were read; fewer than there is room for only at the end."""
        view = memoryview(buffer)
        filled = 0
        while filled < len(buffer) and (got := self._file.readinto(view[filled:])):
            filled += got
        return filled


class _Conversion:
    """Numbers in ``buffer`` to blocks, in memory that is used again and again."""

    def __init__(self, layout: Layout, buffer: bytearray) -> None:
        self._buffer = buffer
        self._bytes = layout.sample_bytes
        self._order = ">" if layout.big else "<"
        self._big = layout.big
        self._kind = layout.kind
        self._shorts = np.empty(len(buffer) // self._bytes, np.int16)

    def block(self, count: int) -> Block:
        """The first ``count`` samples in the buffer."""
        if self._kind == "float":
            floats = _sane(self._view(f"f{self._bytes}", count))
            return Block(floats, lambda: floats)
        if self._bytes == 1:
            shorts = self._shorts[:count]
            np.left_shift(self._view("i1", count), 8, out=shorts, dtype=np.int16)
            if self._kind == "unsigned":
                shorts ^= np.int16(-FULL)
            return Block(shorts, lambda: shorts)
        if self._bytes == 2:
            native = self._view("i2", count).astype(np.int16, copy=False)
            return Block(native, lambda: native)
        shorts = self._shorts[:count]
        at = 0 if self._big else self._bytes - 2
        np.copyto(shorts, np.ndarray((count,), f"{self._order}i2", self._buffer, at, (self._bytes,)))
        return Block(shorts, lambda: self._every_bit(count))

    def _view(self, kind: str, count: int) -> Values:
        return np.frombuffer(self._buffer, f"{self._order}{kind}", count)

    def _every_bit(self, count: int) -> Values:
        if self._bytes == 4:
            return self._view("i4", count).astype(np.int32)
        whole = np.zeros((count, 4), np.uint8)
        of_three = np.frombuffer(self._buffer, np.uint8, 3 * count).reshape(-1, 3)
        whole[:, 1:] = of_three[:, ::-1] if self._big else of_three
        return whole.view("<i4").ravel()


def _sane(values: Values) -> Values:
    """As float32, without what is no number and what no sound has."""
    low, high = values.min(), values.max()
    if not (low >= -_LOUDEST and high <= _LOUDEST):
        values = np.clip(np.nan_to_num(values), -_LOUDEST, _LOUDEST)
    return values.astype(np.float32, copy=False)


class DecodedBlocks(Blocks):
    """Whatever the decoder gives."""

    def __init__(self, stream: FileStream) -> None:
        self._stream = stream
        self._at = 0
        self.sample_rate_hz = stream.sample_rate_hz
        self.channels = stream.channels
        self.estimated = stream.promised is None or stream.promised != stream.frames
        self.bass = next((number for number, place in enumerate(stream.places) if place.startswith("LFE")), None)

    @property
    def frames(self) -> int:
        return self._stream.frames or 0

    def read(self, start: int) -> Iterator[Block]:
        if start != self._at:
            self._stream.seek(start)
            self._at = start
        frames = max(1, SAMPLES // self.channels)
        while len(samples := self._stream.some(frames)):
            self._at += len(samples)
            values = samples.ravel()
            yield Block(values, lambda values=values: values)  # type: ignore[misc]

    def report(self) -> Report:
        stream = self._stream
        explained = _SLACK_FRAMES + stream.broken * _PACKET_FRAMES
        short = stream.promised is not None and stream.promised - self.frames > explained
        return Report(stream.promised if short else None, stream.broken, stream.error, stream.index())

    def close(self) -> None:
        self._stream.close()
