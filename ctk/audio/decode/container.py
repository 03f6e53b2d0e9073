"""The file as FFmpeg sees it: nameless, so that only its content counts, and opened as nothing but a sound."""

import io
from dataclasses import dataclass
from typing import Final, TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

SoundPacket: TypeAlias = "Packet[AudioStream]"

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

_NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Beginning:
    """What FFmpeg says of a sound once its first frame is decoded.

    ``kind`` is the format of the file, ``codec`` that of the sound in it, both in FFmpeg's words; ``packet`` is the
    first, ``frame`` the first that is heard, which came out of packet number ``packets``.
    """

    container: InputContainer
    stream: AudioStream
    kind: str
    codec: str
    packet: SoundPacket
    packets: int
    frame: AudioFrame

    @property
    def start(self) -> int | None:
        """The byte at which the sound begins."""
        return self.packet.pos

    @property
    def packet_frames(self) -> int | None:
        """What the first packet decodes to by its own word, in codecs whose packets are all alike."""
        frames = (self.packet.duration or 0) * (self.stream.time_base or 0) * self.rate
        return int(frames) if frames >= 1 and frames == int(frames) else None

    @property
    def rate(self) -> int:
        return self.frame.sample_rate


def opened(file: io.FileIO, kind: str | None = None) -> InputContainer:
    """The file as one of this ``kind``, else as what it looks like. Raises errors of many kinds."""
    head = peek(file, 0, _HEAD_BYTES)
    options = _OPTIONS | (_QUICK if head[:4] in _SELF_EVIDENT else {})
    return av.open(_Nameless(file, _wrapped(head)), "r", format=kind, options=options, metadata_errors="replace")


def peek(file: io.FileIO, start: int, size: int) -> bytes:
    """Some bytes of the file, which goes on being read where it was."""
    at = file.tell()
    file.seek(start)
    found = file.read(size)
    file.seek(at)
    return found


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


def _wrapped(head: bytes) -> int:
    """Where an Ogg file begins that is wrapped in a WAV, as some sample packs have them; else 0."""
    wrapped = head[:4] == b"RIFF" and head[20:22] in _OGG_IN_WAV
    return max(0, head.find(b"OggS")) if wrapped else 0
