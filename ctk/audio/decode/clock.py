"""Which frame of a sound a file means by a time, for formats that are entered by time."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ctk.audio.decode.container import Beginning, SoundPacket

_SYNC: Final = 0xFFF8
_EVEN: Final = ("aac", "ac3", "flac", "mp2", "mp3", "wmav1", "wmav2")
"""Codecs whose packets all decode to the same number of frames."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time ``origin`` is frame 0, and each tick is so many ``frames``.

    Where ticks are coarse, only ``phase`` and every ``grain`` frames after it can be meant: there packets begin.
    """

    origin: int
    frames: Fraction
    grain: int = 1
    phase: int = 0

    @property
    def exact(self) -> bool:
        return self.grain > 1 or (1 / self.frames).denominator == 1

    def time(self, frame: int) -> int:
        """The last tick that is not after ``frame``."""
        return self.origin + math.floor(frame / self.frames)

    def frame(self, time: int) -> int:
        """Negative for what a codec decodes to before the sound begins."""
        return round(((time - self.origin) * self.frames - self.phase) / self.grain) * self.grain + self.phase


def clock(begun: Beginning) -> Clock | None:
    """The clock of a file; ``None`` when it has none."""
    base, origin, heard = begun.stream.time_base, begun.frame.pts, begun.frame.samples
    if not base or origin is None:
        return None
    if begun.kind in ("ac3", "eac3", "dts") and begun.packet.duration:
        # Raw streams, whose packets are counted in rounded ticks: the error grows with each.
        return Clock(origin, Fraction(heard, begun.packet.duration), heard)
    if begun.kind in ("asf", "matroska") and begun.codec.startswith(_EVEN):
        grain = begun.stream.codec_context.frame_size or heard
        return Clock(origin, base * begun.rate, grain, heard % grain)
    return Clock(origin, base * begun.rate)


def flac_number(packet: SoundPacket, frames: int) -> int | None:
    """The first frame of a FLAC packet, by the number that is written in its header; ``frames`` is how long packets
    are. See RFC 9639, 9.1."""
    head = bytes(packet)[:11]
    if len(head) < 11 or (head[0] << 8 | head[1]) & 0xFFFE != _SYNC:
        return None
    # The number is written as UTF-8 writes characters, up to 7 bytes long.
    ones = 8 - (head[4] ^ 0xFF).bit_length()
    number = head[4] & (0x7F >> ones)
    for byte in head[5 : 4 + max(1, ones)]:
        number = number << 6 | byte & 0x3F
    return number if head[1] & 1 else number * frames
