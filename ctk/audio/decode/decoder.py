"""One pass through a sound file with FFmpeg: from its beginning or from inside, block after block of float32."""

import io
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import av
import numpy as np
from av.codec.context import Flags2

from ctk.audio.decode.samples import Samples

_DEMUXERS: Final = (
    "wav,w64,aiff,flac,mp3,ogg,aac,mov,caf,asf,xwma,wv,tta,ape,ac3,eac3,matroska,"
    "au,voc,mpc,mpc8,tak,amr,dts,dsf,iff,adx"
)
"""What may be opened, in FFmpeg's words: sound files only, no playlist that would make it open something else."""

_OPTIONS: Final = {"format_whitelist": _DEMUXERS, "max_probe_packets": "1"}
"""Without the limit on packets, each 16-bit WAV is searched for DTS in disguise: 20 ms where 0.5 suffice."""

_SELF_EVIDENT: Final = (b"RIFF", b"RF64", b"BW64", b"riff", b"FORM", b"caff")
_QUICK: Final = {"analyzeduration": "50000"}
"""Microseconds of sound to look at in files whose header tells all; by default 800 KB are read at each opening."""

_HEAD_BYTES: Final = 4_096
_OGG_IN_WAV: Final = (b"Og", b"Pg", b"Qg", b"og", b"pg", b"qg")
"""The numbers of WAV's Ogg Vorbis formats, 0x674F to 0x6771, read as letters."""

_SCALES: Final = {"u8": 1 / 128, "s16": 1 / 32_768, "s32": 1 / 2_147_483_648}
_MOST_CHANNELS: Final = 256
_RATES_HZ: Final = range(100, 6_144_001)
_LONGEST_S: Final = 1e8
_LOUDEST: Final = 1_000.0
"""60 dB above full scale: floating-point samples beyond it are damage, and would overflow on the way."""

_NOWHERE: Final = -1
_WALK_S: Final = 60
_PAGE_S: Final = 3

_MOST_BROKEN: Final = 200
"""So many broken packets in a row are the end of a sound."""


class NoSound(Exception):
    """The file has no sound in it, or states what no sound can have."""


class Decoder:
    """``sample_rate_hz``, ``channels`` and ``places`` are those of the first frame, which is decoded at once.

    ``frames`` is the length that the file promises; ``limit`` is where an MP4's edit list or the last page of an
    Ogg file ends it, for what is decoded after that is the encoder's padding.

    Raises errors of many kinds, ``UnicodeDecodeError`` and ``IndexError`` among them: whoever uses it expects
    anything.
    """

    def __init__(self, file: io.FileIO, size_bytes: int) -> None:
        head = _head(file)
        options = _OPTIONS | (_QUICK if head[:4] in _SELF_EVIDENT else {})
        # FFmpeg must not see the file's name, for the extension would have a say in what format it is.
        source = _Nameless(file, _wrapped(head))
        self._container = av.open(source, "r", options=options, metadata_errors="replace")
        try:
            if not self._container.streams.audio:
                raise NoSound
            self._stream = self._container.streams.audio[0]
            first = self._begin()
            self.sample_rate_hz = first.sample_rate
            self.places: Sequence[str] = tuple(channel.name for channel in first.layout.channels)
            self.channels = len(self.places)
            if self.sample_rate_hz not in _RATES_HZ or not 1 <= self.channels <= _MOST_CHANNELS:
                raise NoSound
            self._origin = first.pts
            self._first: Samples | None = _floats(first, self.channels)
            self.limit = self._edited_length()
            self.frames = self.limit if self.limit is not None else self._promised(size_bytes)
        except BaseException:
            self._container.close()
            raise

    def blocks(self) -> Iterator[Samples]:
        """What follows, up to the end or to where another sound is glued to this one."""
        if self._first is not None:
            yield self._first
        self._first = None
        for frame in self._decoding:
            if frame.sample_rate != self.sample_rate_hz or len(frame.layout.channels) != self.channels:
                return
            if frame.samples:
                yield _floats(frame, self.channels)

    def enter(self, target: int, warm_up_s: float) -> int | None:
        """Go ``warm_up_s`` before frame ``target``; the frame landed on, or ``None`` when that cannot be told."""
        base, origin = self._stream.time_base, self._origin
        start_s = Fraction(target, self.sample_rate_hz) - Fraction(warm_up_s) - self._late_s(target)
        if base is None or origin is None or start_s <= self._walk_s(base):
            return None
        self._container.seek(origin + math.floor(start_s / base), stream=self._stream)
        self._decoding = self._decode()
        first = next(self._decoding, None)
        if first is None or first.pts is None:
            return None
        self._first = _floats(first, self.channels)
        return round((first.pts - origin) * base * self.sample_rate_hz)

    def close(self) -> None:
        self._container.close()

    def _is(self, container: str, codec: str = "") -> bool:
        return container in self._container.format.name and codec in self._stream.codec_context.name

    def _begin(self) -> av.AudioFrame:
        """The first frame that is heard."""
        if self._is("caf", "alac") or self._is("ogg", "vorbis"):
            # Of these FFmpeg leaves out too much: the end of the last packet twice, and up to 6 ms before the end.
            self._stream.codec_context.flags2 |= Flags2.skip_manual
        self._decoding = self._decode()
        if self._is("ogg", "vorbis"):
            next(self._decoding, None)  # only half of what overlaps to the first frame
        first = next(self._decoding, None)
        if first is None:
            raise NoSound
        return first

    def _late_s(self, target: int) -> int:
        """How much earlier an Ogg file is entered for what is near its end: its last page tells a wrong time."""
        near_end = self.frames and target > self.frames - _PAGE_S * self.sample_rate_hz
        return _PAGE_S if near_end and self._is("ogg") else 0

    def _walk_s(self, base: Fraction) -> float:
        """How far into the sound one comes by decoding from its start, because its format tells time poorly."""
        if self._is("ogg", "flac"):
            return math.inf
        in_frames = (1 / (base * self.sample_rate_hz)).denominator == 1
        by_average = self._is("wav", "adpcm") or self._is("w64", "adpcm")
        return 0 if in_frames and not by_average else _WALK_S

    def _decode(self) -> Iterator[av.AudioFrame]:
        """Frame after frame; a broken packet is left out, as in every player."""
        broken = 0
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except av.FFmpegError as exc:
                broken += 1
                if broken > _MOST_BROKEN or isinstance(exc, OSError):
                    raise
                continue
            broken = 0 if frames else broken
            yield from frames

    def _edited_length(self) -> int | None:
        if (
            not (self._is("mov") or self._is("ogg", "vorbis"))
            or not self._stream.duration
            or not self._stream.time_base
        ):
            return None
        return self._in_frames(float(self._stream.duration * self._stream.time_base))

    def _promised(self, size_bytes: int) -> int | None:
        if self._stream.duration is not None and self._stream.time_base is not None:
            frames = self._in_frames(float(self._stream.duration * self._stream.time_base))
        elif self._container.duration is not None:
            frames = self._in_frames(self._container.duration / av.time_base)
        else:
            return None
        codec = self._stream.codec_context.name
        if frames is None or not codec.startswith("pcm_"):
            return frames
        # A header that was never completed, or a file cut short: no more than the bytes that are there.
        bytes_a_sample = max(1, int("".join(filter(str.isdigit, codec)) or 8) // 8)
        return min(frames, size_bytes // (bytes_a_sample * self.channels))

    def _in_frames(self, seconds: float) -> int | None:
        return round(seconds * self.sample_rate_hz) if 0 < seconds < _LONGEST_S else None


class _Nameless:
    """The three methods of a file that FFmpeg needs, and no ``name``; what lies before ``start`` is not there."""

    def __init__(self, file: io.FileIO, start: int) -> None:
        self._file = file
        self._start = start
        self.read = file.read
        file.seek(start)

    def tell(self) -> int:
        return self._file.tell() - self._start

    def seek(self, offset: int, whence: int) -> int:
        """Where that led; ``_NOWHERE`` for a place before the file, where broken headers point to."""
        try:
            return self._file.seek(offset + (self._start if whence == io.SEEK_SET else 0), whence) - self._start
        except (OSError, OverflowError):
            return _NOWHERE


def _head(file: io.FileIO) -> bytes:
    file.seek(0)
    return file.read(_HEAD_BYTES)


def _wrapped(head: bytes) -> int:
    """Where an Ogg file begins that is wrapped in a WAV, as some sample packs have them; else 0."""
    wrapped = head[:4] == b"RIFF" and head[20:22] in _OGG_IN_WAV
    return max(0, head.find(b"OggS")) if wrapped else 0


def _floats(frame: av.AudioFrame, channels: int) -> Samples:
    raw = frame.to_ndarray()
    if raw.dtype.kind == "f":
        raw = np.clip(np.nan_to_num(raw), -_LOUDEST, _LOUDEST)
    samples = np.array(raw.T if frame.format.is_planar else raw.reshape(-1, channels), np.float32, order="C")
    kind = frame.format.packed.name
    if kind == "u8":
        samples -= 128
    if kind in _SCALES:
        samples *= np.float32(_SCALES[kind])
    return samples
