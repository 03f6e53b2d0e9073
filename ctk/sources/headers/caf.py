"""Core Audio Format: big-endian chunks with 64-bit sizes."""

from dataclasses import dataclass
from struct import Struct
from typing import Final

from ctk.sources.headers import loops
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, CUT_NO_INDEX, SLACK_BYTES, Header
from ctk.sources.headers.metadata import add, text

_CHUNK: Final = Struct(">4sq").unpack_from
_DESC: Final = Struct(">d4sIIIII").unpack_from
_PACKETS: Final = Struct(">qqii").unpack_from
_U32: Final = Struct(">I").unpack_from

_CHUNKS_LIMIT: Final = 1_000
_CODECS: Final = {
    b"aac ": "aac",
    b"aach": "aac",
    b"aacp": "aac",
    b"alac": "alac",
    b"ulaw": "mulaw",
    b"alaw": "alaw",
    b"ima4": "adpcm_ima",
    b".mp1": "mp1",
    b".mp2": "mp2",
    b".mp3": "mp3",
    b"opus": "opus",
    b"flac": "flac",
    b"ac-3": "ac3",
}
_FLOAT: Final = 1


@dataclass(slots=True)
class _Found:
    """What a walk over the chunks came upon."""

    desc: bytes = b""
    cookie: bytes = b""
    packets: bytes = b""
    data_at: int = -1
    data_bytes: int = -1


def read(content: Content) -> Header:
    """Everything a CAF file says; raises ``struct.error`` on nonsense."""
    header = Header("caf")
    found = _gather(content, header)
    rate, kind, flags, packet_bytes, packet_frames, channels, bits = _DESC(found.desc)
    header.sample_rate_hz = round(rate) if 0 < rate < 1e9 else None
    header.channels = channels
    if kind == b"lpcm":
        header.codec, header.bit_depth = ("float" if flags & _FLOAT else "pcm"), bits
    else:
        header.codec = _CODECS.get(kind)
        header.bit_depth = _alac_depth(found.cookie) if kind == b"alac" else None
    if found.data_at < 0:
        header.reason = CUT_BEFORE_SOUND
    else:
        _measure(header, found, content.size_bytes, packet_bytes, packet_frames)
    return header


def _gather(content: Content, header: Header) -> _Found:
    found = _Found()
    at = 8
    for _ in range(_CHUNKS_LIMIT):
        opening = content.at(at, 12)
        if len(opening) < 12:
            break
        name, size = _CHUNK(opening)
        at += 12
        if name == b"desc":
            found.desc = content.at(at, 32)
        elif name == b"kuki":
            found.cookie = content.at(at, min(max(size, 0), 4_096))
        elif name == b"pakt":
            found.packets = content.at(at, 24)
        elif name == b"info":
            _info(content.at(at, min(max(size, 0), 65_536)), header.metadata)
        elif name == b"uuid" and content.at(at, 16) == loops.APPLE:
            header.claims = loops.apple(content.at(at + 16, min(max(size - 16, 0), 65_536)))
        elif name == b"data":
            found.data_at = at + 4
            # A recording that was not closed says -1: the sound goes on to the end.
            found.data_bytes = size - 4 if size >= 4 else content.size_bytes - found.data_at
        if size < 0:
            break
        at += size
    return found


def _measure(header: Header, found: _Found, size_bytes: int, packet_bytes: int, packet_frames: int) -> None:
    there = max(min(found.data_bytes, size_bytes - found.data_at), 0)
    share = there / found.data_bytes if found.data_bytes > there + SLACK_BYTES else 1.0
    if packet_bytes and packet_frames:
        frames = there // packet_bytes * packet_frames
        header.lasts(frames, frames / share if 0 < share < 1 else 0)
    elif len(found.packets) == 24:
        _, frames, _, _ = _PACKETS(found.packets)
        header.lasts(frames * share, frames if share < 1 else 0)
    elif share < 1:
        header.reason = CUT_NO_INDEX


def _alac_depth(cookie: bytes) -> int | None:
    """The depth in an ALAC cookie, which older writers wrap in two atoms."""
    if cookie[4:8] == b"frma":
        cookie = cookie[24:]
    return cookie[5] if len(cookie) > 5 else None


def _info(chunk: bytes, metadata: dict[str, str]) -> None:
    count = min(_U32(chunk)[0], 200)
    parts = chunk[4:].split(b"\0")
    for key, value in zip(parts[: 2 * count : 2], parts[1 : 2 * count : 2], strict=False):
        add(metadata, text(key), text(value))
