"""Where decoding can begin in files that have no index of their own, and what else listening to a sound taught."""

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import lt, sub
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ctk.audio.decode.container import SoundPacket

_LONGEST: Final = 1 << 26
"""Bytes that an unpacked index may have: a hundred times what the longest recording needs."""

_DENSEST: Final = 4_096
"""Frames to a byte: more than the longest silence is packed into."""


@dataclass(frozen=True, slots=True)
class Landing:
    """How to get to a place: decode from byte ``run_up`` on, and throw away what is decoded before byte ``offset``;
    what the packet there decodes to begins at ``frame``. What is not ``exact`` takes the first packet from there on.
    """

    run_up: int
    offset: int
    frame: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class SeekIndex:
    """The packet at byte ``offsets[n]`` of the file decodes to frame ``frames[n]`` and on, in the file's own rate.

    Both rise; ``total`` is the exact length in frames.
    """

    total: int
    frames: Sequence[int]
    offsets: Sequence[int]

    def landing(self, target: int) -> Landing | None:
        """The way to a frame; ``None`` where the beginning of the file is as near."""
        return landing(self.frames, self.offsets, target)

    def fits(self, start: int | None, size_bytes: int) -> bool:
        """Whether it may belong to a file of this size, whose sound begins at byte ``start``."""
        if len(self.frames) != len(self.offsets) or not self.frames:
            return False
        rising = all(all(map(lt, values, values[1:])) for values in (self.frames, self.offsets))
        begins = (self.frames[0], self.offsets[0]) == (0, start)
        ends = self.frames[-1] <= self.total <= size_bytes * _DENSEST and self.offsets[-1] < size_bytes
        return rising and begins and ends

    def pack(self) -> bytes:
        """As few bytes as it takes."""
        steps = array("q", [self.total])
        for values in (self.frames, self.offsets):
            steps.extend(map(sub, values, [0, *values]))
        return zlib.compress(steps.tobytes())

    @classmethod
    def unpack(cls, packed: bytes) -> "SeekIndex":
        """Raises ``ValueError`` for anything that ``pack`` did not make."""
        unpacking = zlib.decompressobj()
        try:
            steps = array("q", unpacking.decompress(packed, _LONGEST))
        except zlib.error as exc:
            raise ValueError("not an index") from exc
        count, odd = divmod(len(steps) - 1, 2)
        if not unpacking.eof or count < 0 or odd or min(steps) < 0:
            raise ValueError("not an index")
        return cls(steps[0], tuple(accumulate(steps[1 : 1 + count])), tuple(accumulate(steps[1 + count :])))


class Learning:
    """Becomes an index while a sound is decoded from its first frame on.

    ``packets`` counts those that passed, ``made`` is to count the frames that they were decoded to.
    """

    def __init__(self) -> None:
        self.made = 0
        self.packets = 0
        self._step = self._next = 0
        self._frames: list[int] = []
        self._offsets: list[int] = []

    def begin(self, made: int, step: int) -> None:
        """The first frames are ``made``; from now on marks are ``step`` frames apart."""
        self.made, self._step, self._next = made, step, step

    def watch(self, packets: "Iterable[SoundPacket]") -> "Iterator[SoundPacket]":
        """The packets, on their way to the decoder."""
        before: int | None = None
        for packet in packets:
            self.packets += 1
            offset = packet.pos
            if offset is not None:
                # Packets of an Ogg file share a page, and of each page only the first can be found again.
                if self.made >= self._next and offset != before:
                    self._note(offset)
                before = offset
            yield packet

    def _note(self, offset: int) -> None:
        if self._offsets and (not self._step or offset <= self._offsets[-1]):
            return
        self._frames.append(self.made)
        self._offsets.append(offset)
        self._next = self.made + self._step

    def learned(self, total: int) -> SeekIndex | None:
        """``None`` for a sound so short that it is as quickly decoded from its start."""
        return SeekIndex(total, tuple(self._frames), tuple(self._offsets)) if len(self._frames) > 2 else None


@dataclass(frozen=True, slots=True)
class Hints:
    """What makes playing a sound better: exact seeking, and how loud it is (dB against full scale; see
    ``records.SoundHealth``)."""

    index: SeekIndex | None = None
    peak_db: float | None = None
    loudness_db: float | None = None


def landing(frames: Sequence[int], offsets: Sequence[int], target: int) -> Landing | None:
    """With the mark before the last one as run-up: what a codec remembers of the sound before it fits into a second.
    ``None`` where the beginning of the file is as near."""
    at = bisect_right(frames, target) - 1
    return None if at < 1 else Landing(offsets[at - 1], offsets[at], frames[at])
