"""One pass through a sound file with FFmpeg: from its beginning or from inside, block after block of float32."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.codec.context import Flags2
from av.container import InputContainer

from ctk.audio.decode.container import Beginning, SoundPacket, opened
from ctk.audio.decode.gathering import floats, gathered
from ctk.audio.decode.hopping import bare_kind
from ctk.audio.decode.lengths import lengths
from ctk.audio.decode.reasons import NoSound
from ctk.audio.decode.samples import Samples
from ctk.audio.decode.seeking import Landing, Learning, SeekIndex
from ctk.audio.decode.ways import Ways, needs_index

_MOST_CHANNELS: Final = 256
_RATES_HZ: Final = range(100, 6_144_001)

_MOST_BROKEN: Final = 200
"""So many broken packets in a row are the end of a sound."""
_BARE: Final = ("mp3", "aac")
"""Files that are nothing but packets, all with the same beginning: whatever else comes last are tags and padding."""
_MOST_RUN_UP: Final = 1_000
"""An index that asks for a longer run-up, in packets, belongs to another file."""
_WARM_UPS_S: Final = (0.25, 3.0)
"""How far before the target decoding starts after a seek by time: codecs need a run-up, and some formats' own indexes
land late."""


class Decoder:
    """``sample_rate_hz``, ``channels`` and ``places`` are those of the first frame, which is decoded at once.

    ``lengths`` is what is known of the length before the end. ``limit`` is where the sound ends though more could be
    decoded. ``index`` is what is known of where the file can be entered; when it proves wrong, it is dropped.
    ``broken`` counts the packets that were left out; ``guessed`` says that the last entrance was about right only.

    Raises errors of many kinds, ``UnicodeDecodeError`` and ``IndexError`` among them: whoever uses it expects
    anything.
    """

    def __init__(self, file: io.FileIO, size_bytes: int, index: SeekIndex | None = None) -> None:
        self.broken = 0
        self.guessed = False
        self._container = _opened(file)
        try:
            begun = self._begin()
            self.sample_rate_hz = begun.rate
            self.places: Sequence[str] = tuple(channel.name for channel in begun.frame.layout.channels)
            self.channels = len(self.places)
            if self.sample_rate_hz not in _RATES_HZ or not 1 <= self.channels <= _MOST_CHANNELS:
                raise ValueError("states what no sound can have")
            self.lossy = begun.stream.codec_context.codec.lossy
            self._first: Samples | None = floats(begun.frame, self.channels)
            self.lengths = lengths(file, size_bytes, begun)
            self.index = index if index and self._learning and index.fits(begun.start, size_bytes) else None
            self.limit = self.index.total if self.index else self.lengths.limit
            self._ways = Ways(file, size_bytes, begun, self.lengths)
            self._by_bytes = False
        except BaseException:
            self._container.close()
            raise

    def blocks(self) -> Iterator[Samples]:
        """What follows, up to the end or to where another sound is glued to this one."""
        if self._first is not None:
            yield self._first
        self._first = None
        yield from gathered(self._same_sound(), self.channels)

    def _same_sound(self) -> Iterator[AudioFrame]:
        for frame in self._decoding:
            if not self._is_same_sound(frame):
                return
            if frame.samples:
                if self._learning:
                    self._learning.made += frame.samples
                yield frame

    def enter(self, target: int) -> int | None:
        """Go to ``target`` or a little before it; the frame landed on, or ``None`` when the way is from the beginning.
        After an error, too, this decoder is of no more use."""
        self._learning = None
        if self.index is not None:
            landing = self.index.landing(target)
            frame = None if landing is None else self._land(landing)
            if landing is None or frame is not None:
                return frame
            self.index, self.limit = None, self.lengths.limit
        landing = self._ways.landing(target)
        if landing is not None:
            return self._land(landing)
        # FFmpeg remembers what it passes, and takes bytes for times after it was sent to bytes.
        return None if self._by_bytes else self._enter_by_time(target)

    def learn(self, total: int) -> None:
        """All blocks were taken, ``total`` frames: if the file was not entered elsewhere, the index is known now."""
        self.index = (self._learning.learned(total) if self._learning else None) or self.index

    def close(self) -> None:
        self._container.close()

    def _begin(self) -> Beginning:
        """Decode to the first frame that is heard."""
        if not self._container.streams.audio:
            raise ValueError("no sound")
        self._stream = stream = self._container.streams.audio[0]
        if stream.codec_context is None:
            raise av.error.DecoderNotFoundError(0, "no decoder")
        self._kind, codec = self._container.format.name.partition(",")[0], stream.codec_context.name
        if (self._kind, codec) in (("caf", "alac"), ("ogg", "vorbis")):
            # Of these FFmpeg leaves out too much: the end of the last packet twice, and up to 6 ms before the end.
            stream.codec_context.flags2 |= Flags2.skip_manual
        demuxed = self._container.demux(stream)
        opening = next(demuxed)
        self._header = _header(opening)
        packets: Iterable[SoundPacket] = chain([opening], demuxed)
        self._learning = Learning() if needs_index(self._kind, codec) else None
        self._decoding = self._decode(packets if self._learning is None else self._learning.watch(packets))
        first = next(self._decoding, None)
        if (self._kind, codec) in (("aac", "aac"), ("ogg", "vorbis")):
            # The first packet holds only half of what overlaps to a frame.
            first = next(self._decoding, first)
        if first is None:
            raise ValueError("nothing can be decoded") if opening.size else NoSound
        if self._learning is not None:
            self._learning.begin(first.samples, first.sample_rate)
        packed = self._learning.packets if self._learning else 1
        return Beginning(self._container, stream, self._kind, codec, opening, packed, first)

    def _decode(self, packets: Iterable[SoundPacket]) -> Iterator[AudioFrame]:
        """Frame after frame; a broken packet is left out, as in every player."""
        heard = False
        broken = junk = 0
        for packet in packets:
            try:
                frames = packet.decode()
            except av.FFmpegError as exc:
                if isinstance(exc, OSError) or (broken == _MOST_BROKEN and not heard):
                    raise
                if broken == _MOST_BROKEN:
                    break
                broken += 1
                junk += self._kind in _BARE and _header(packet) != self._header
                self.broken += 1
                continue
            if frames:
                heard = True
                broken = junk = 0
                yield from frames
        self.broken -= junk

    def _land(self, landing: Landing) -> int | None:
        """``None`` when no packet begins there."""
        self._by_bytes = True
        self._container.seek(landing.run_up, stream=self._stream, unsupported_byte_offset=True)
        packets = self._container.demux(self._stream)
        for packet in islice(packets, _MOST_RUN_UP):
            if packet.pos is None or packet.pos >= landing.offset:
                break
            try:
                packet.decode()
            except av.FFmpegError:
                continue  # what was cut off before the run-up
        else:
            return None
        if packet.pos is None or (landing.exact and packet.pos != landing.offset):
            return None
        self.guessed = not landing.exact
        padded = self._ways.end_of_sound
        if self.limit is None and padded is not None and landing.frame < padded:
            self.limit = padded
        return landing.frame if self._resume(chain([packet], packets)) else None

    def _enter_by_time(self, target: int) -> int | None:
        self.guessed = False
        for warm_up_s in _WARM_UPS_S:
            ticks = self._ways.ticks(target, warm_up_s)
            if ticks is None:
                return None
            self._container.seek(ticks, stream=self._stream)
            first = self._resume(self._ways.timed(self._container.demux(self._stream)))
            frame = None if first is None else self._ways.frame(first)
            if frame is not None and frame <= target:
                return frame
        return None

    def _resume(self, packets: Iterable[SoundPacket]) -> AudioFrame | None:
        """Go on with ``packets``; the first frame they decode to."""
        self._decoding = self._decode(packets)
        first = next(self._decoding, None)
        if first is None or not self._is_same_sound(first):
            return None
        self._first = floats(first, self.channels)
        return first

    def _is_same_sound(self, frame: AudioFrame) -> bool:
        return frame.sample_rate == self.sample_rate_hz and frame.layout.nb_channels == self.channels


def _opened(file: io.FileIO) -> InputContainer:
    try:
        return opened(file)
    except av.error.InvalidDataError:
        kind = bare_kind(file)
        if kind is None:
            raise
        return opened(file, kind)


def _header(packet: SoundPacket) -> tuple[int, ...]:
    """What stays the same in the headers of MPEG audio and AAC: version, layer and sample rate."""
    return tuple(byte & mask for byte, mask in zip(bytes(packet)[:3], (0xFF, 0xFE, 0x0C), strict=False))
