"""AIFF and AIFC: big-endian chunks, a sample rate in 80 bits, and Apple's loop data."""

from struct import Struct
from typing import Final

from ctk.sources.headers import broadcast, loops
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, SLACK_BYTES, Header
from ctk.sources.headers.iff import chunks
from ctk.sources.headers.metadata import add, text

_U32: Final = Struct(">I").unpack_from
_COMM: Final = Struct(">HIHHQ").unpack_from

ENCRYPTED: Final = "Ableton pack audio, encrypted: it plays only in Live."

_TEXTS: Final = {b"NAME": "title", b"AUTH": "artist", b"ANNO": "comment", b"(c) ": "copyright"}
_TEXT_LIMIT: Final = 65_536
_PCM: Final = frozenset((b"NONE", b"twos", b"sowt", b"in16", b"in24", b"42ni", b"in32", b"23ni", b"raw ", b"\0\0\0\0"))
_DEPTHS: Final = {b"in16": 16, b"in24": 24, b"42ni": 24, b"in32": 32, b"23ni": 32}
_FLOATS: Final = {b"fl32": 32, b"FL32": 32, b"fl64": 64, b"FL64": 64}
_BYTE_CODECS: Final = {b"alaw": "alaw", b"ALAW": "alaw", b"ulaw": "mulaw", b"ULAW": "mulaw"}
_IMA_FRAMES, _IMA_BYTES = 64, 34


def read(content: Content) -> Header:
    """Everything an AIFF or AIFC sound says; raises ``struct.error`` on nonsense."""
    header = Header("aifc" if content.head[8:12] == b"AIFC" else "aiff")
    comm = b""
    claims: dict[bytes, bytes] = {}
    sound_at = sound_bytes = -1
    for name, at, size in chunks(content, _U32, {}):
        if name == b"SSND":
            if sound_at < 0:
                sound_at, sound_bytes = at + 8, size - 8
        elif name == b"COMM":
            comm = comm or content.at(at, min(size, 64))
        elif name in loops.AIFF:
            claims.setdefault(name, content.at(at, min(size, loops.AIFF[name])))
        elif name in _TEXTS:
            add(header.metadata, _TEXTS[name], text(content.at(at, min(size, 2_000))))
        elif name == b"ID3 ":
            broadcast.id3(content.at(at, min(size, _TEXT_LIMIT)), header.metadata)
    if not comm:
        header.reason = CUT_BEFORE_SOUND if sound_at < 0 else None
        return header
    _measure(header, content, comm, sound_at, sound_bytes)
    if claims:
        header.claims = loops.aiff(claims)
    return header


def _measure(header: Header, content: Content, comm: bytes, sound_at: int, sound_bytes: int) -> None:
    channels, frames, bits, exponent, mantissa = _COMM(comm)
    kind = (header.format == "aifc" and comm[18:22]) or b"NONE"
    header.channels = channels
    header.sample_rate_hz = _rate(exponent, mantissa)
    frame_bytes = _codec(header, kind, channels, bits)
    if header.reason is not None:
        header.lasts(frames)
        header.reason = ENCRYPTED
        return
    if header.codec == "adpcm_ima":
        frames *= _IMA_FRAMES
    if not frame_bytes:
        header.lasts(frames)
    elif sound_at < 0 and frames:
        header.reason = CUT_BEFORE_SOUND
    elif sound_at >= 0:
        rest = max(content.size_bytes - sound_at, 0)
        # An interrupted recording leaves sizes of 0; the end of the file then ends the sound.
        there = int((rest if sound_bytes <= 0 else min(sound_bytes, rest)) / frame_bytes)
        whole = not frames or (frames - there) * frame_bytes <= SLACK_BYTES
        header.lasts(min(frames, there) or there, 0 if whole else frames)
    else:
        header.lasts(0)


def _codec(header: Header, kind: bytes, channels: int, bits: int) -> float:
    """Name the codec; bytes of one frame, 0 where that is not fixed."""
    if kind in _PCM:
        header.codec, header.bit_depth = "pcm", _DEPTHS.get(kind, bits)
        return channels * ((_DEPTHS.get(kind, bits) + 7) // 8)
    if kind in _FLOATS:
        header.codec, header.bit_depth = "float", _FLOATS[kind]
        return channels * _FLOATS[kind] // 8
    if kind in _BYTE_CODECS:
        header.codec = _BYTE_CODECS[kind]
        return channels
    if kind == b"ima4":
        header.codec = "adpcm_ima"
        return channels * _IMA_BYTES / _IMA_FRAMES
    if kind == b"able":
        header.codec, header.bit_depth, header.reason = "able", bits or None, ENCRYPTED
        return 0
    header.codec = text(kind).strip().lower() or None
    return 0


def _rate(exponent: int, mantissa: int) -> int | None:
    """The 80-bit float rate as a whole number; ``None`` where it is none that sounds have."""
    shift = exponent - 0x3FFF - 63
    if not -63 <= shift <= -40:
        return None
    return (mantissa + (1 << (-shift - 1))) >> -shift
