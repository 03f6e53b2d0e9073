"""How to get to a frame inside a file: by bytes where it is known at which byte a packet begins, else by time."""

import io
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from av.audio.frame import AudioFrame

from ctk.audio.decode.clock import Clock, clock, flac_number
from ctk.audio.decode.container import Beginning, SoundPacket
from ctk.audio.decode.hopping import Adts, Hopper, Lost, Mpeg, Packets
from ctk.audio.decode.lengths import Lengths
from ctk.audio.decode.seeking import Landing

_PATIENCE_S: Final = 0.15
"""How long to look for the exact place in a file without an index before it is guessed."""
_WALK_S: Final = 60
"""How far into a sound one comes by decoding from its start where its format tells time poorly."""
_PAGE_S: Final = 3
_RUN_UP_S: Final = 0.25
_HEADER_BYTES: Final = 16

_BARE: Final = ("mp3", "aac", "ac3", "eac3", "dts", "wv")
_WAVES: Final = ("wav", "w64")
_MPEG: Final = ("mp1", "mp2", "mp3")
_SIZED: Final = (*_WAVES, "aiff", "caf")


def needs_index(kind: str, codec: str) -> bool:
    """Whether it takes long to enter such a file without an index, or would on a slow disk."""
    if kind == "ogg":
        return codec == "flac"
    return kind in _BARE or (kind in _WAVES and codec.startswith(_MPEG))


class Ways:
    """The ways in one file."""

    def __init__(self, file: io.FileIO, size_bytes: int, begun: Beginning, lengths: Lengths) -> None:
        self._file = file
        self._size_bytes = size_bytes
        self._begun = begun
        self._lengths = lengths

    @property
    def end_of_sound(self) -> int | None:
        """Where an MP3's padding begins, which FFmpeg leaves out only of what it decodes from the start."""
        return self._lengths.promised if self._begun.kind == "mp3" else None

    def landing(self, target: int) -> Landing | None:
        """By bytes; ``None`` where the beginning is as near, or the format allows it not."""
        if self._begun.codec.startswith("adpcm") and self._begun.kind in _SIZED:
            return self._by_size(target)
        return self._hopper.find(target, _PATIENCE_S) if self._hopper else None

    def ticks(self, target: int, warm_up_s: float) -> int | None:
        """By time; ``None`` where the beginning is as near, or the format does not say."""
        rate, expected = self._begun.rate, self._lengths.expected
        if self._clock is None:
            return None
        # The last page of an Ogg file tells a wrong time.
        near_end = self._begun.kind == "ogg" and expected is not None and target > expected - _PAGE_S * rate
        start = target - round((warm_up_s + (_PAGE_S if near_end else 0)) * rate)
        walked = 0 if self._clock.exact else _WALK_S * rate
        return self._clock.time(start) if start > walked else None

    def timed(self, packets: Iterable[SoundPacket]) -> Iterable[SoundPacket]:
        """``packets`` with times that can be believed: those in an Ogg FLAC are wrong after a seek."""
        return map(self._numbered, packets) if (self._begun.kind, self._begun.codec) == ("ogg", "flac") else packets

    def frame(self, first: AudioFrame) -> int | None:
        """Which frame ``first`` is, that was decoded after a seek by time."""
        return None if self._clock is None or first.pts is None else self._clock.frame(first.pts)

    @cached_property
    def _clock(self) -> Clock | None:
        return clock(self._begun)

    @cached_property
    def _hopper(self) -> Hopper | None:
        begun, start = self._begun, self._begun.start
        packets = None if start is None else _packets(begun)
        if packets is None or start is None:
            return None
        lead = begun.packets * packets.frames - begun.frame.samples
        total = self._lengths.promised if begun.kind == "mp3" else None
        return Hopper(self._file, packets, start, self._size_bytes, lead=lead, total=total, step=begun.rate)

    def _by_size(self, target: int) -> Landing | None:
        """Where packets are all as long as the first."""
        start, size, each = self._begun.start, self._begun.packet.size, self._begun.packet_frames
        if start is None or each is None or target < each:
            return None
        number = target // each
        run_up = max(0, number - round(_RUN_UP_S * self._begun.rate / each) - 1)
        return Landing(start + run_up * size, start + number * size, number * each)

    def _numbered(self, packet: SoundPacket) -> SoundPacket:
        number = flac_number(packet, self._begun.frame.samples)
        first = flac_number(self._begun.packet, self._begun.frame.samples)
        packet.pts = None if number is None or first is None else number - first
        return packet


def _packets(begun: Beginning) -> Packets | None:
    head = bytes(begun.packet)[:_HEADER_BYTES]
    try:
        if begun.kind in ("mp3", *_WAVES):
            return Mpeg(head)
        return Adts(head, begun.frame.samples) if begun.kind == "aac" else None
    except (Lost, IndexError):
        return None
