"""FLAC: the stream's own facts, its comments, and its last frame where the facts leave the length open."""

from struct import Struct
from typing import Final

from ctk.sources.headers import vorbis
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, Header

_U64: Final = Struct(">Q").unpack_from
_U16: Final = Struct(">H").unpack_from

STREAMINFO, VORBIS_COMMENT = 0, 4
_BLOCKS_LIMIT: Final = 128
_COMMENT_LIMIT: Final = 1 << 20
_CANDIDATES: Final = 64
_BLOCK_SIZES: Final = (0, 192, 576, 1152, 2304, 4608, 0, 0, *(1 << code for code in range(8, 16)))
_RATE_BYTES: Final = {12: 1, 13: 2, 14: 2}


def read(content: Content) -> Header:
    """Everything a FLAC file says; raises ``struct.error`` on nonsense."""
    header = Header("flac", "flac")
    info = b""
    at, last = 4, False
    for _ in range(_BLOCKS_LIMIT):
        opening = content.at(at, 4)
        if len(opening) < 4 or last:
            break
        kind, last = opening[0] & 0x7F, opening[0] > 0x7F
        size = opening[1] << 16 | opening[2] << 8 | opening[3]
        if kind == STREAMINFO and not info:
            info = content.at(at + 4, 34)
        elif kind == VORBIS_COMMENT:
            vorbis.comments(content.at(at + 4, min(size, _COMMENT_LIMIT)), header.metadata)
        at += 4 + size
    if len(info) < 34:
        header.reason = CUT_BEFORE_SOUND
        return header
    promised = streaminfo(header, info)
    reached = _reached(content, at, _U16(info, 2)[0], header.channels or 0)
    if not promised:
        header.lasts(reached or 0)
    elif at >= content.size_bytes:
        header.reason = CUT_BEFORE_SOUND
        header.lasts(0)
    else:
        header.lasts(min(reached or promised, promised), promised)
    return header


def streaminfo(header: Header, info: bytes) -> int:
    """Set rate, channels and depth; the number of frames promised (0: not known)."""
    packed = _U64(info, 10)[0]
    header.sample_rate_hz = packed >> 44
    header.channels = (packed >> 41 & 7) + 1
    header.bit_depth = (packed >> 36 & 31) + 1
    return int(packed & (1 << 36) - 1)


def _reached(content: Content, sound_at: int, block_size: int, channels: int) -> int | None:
    """How many samples have passed at the end of the last frame that begins in the last 64 KB."""
    sync = content.at(sound_at, 2)
    if sync not in (b"\xff\xf8", b"\xff\xf9"):
        return None
    ending = content.ending(sound_at)
    end = len(ending)
    for _ in range(_CANDIDATES):
        end = ending.rfind(sync, 0, end)
        if end < 0:
            return None
        passed = _frame_end(ending[end : end + 16], block_size, channels)
        if passed is not None:
            return passed
        end += 1
    return None


def _frame_end(frame: bytes, block_size: int, channels: int) -> int | None:
    """Sample number after the frame that ``frame`` begins, ``None`` unless its checksum agrees."""
    if len(frame) < 16 or frame[3] & 1 or (frame[3] >> 4 < 8 and (frame[3] >> 4) + 1 != channels):
        return None
    size = 1 if frame[4] < 0x80 else 8 - (frame[4] ^ 0xFF).bit_length()
    if size > 7 or frame[4] in range(0x80, 0xC0):
        return None
    number = frame[4] & (0x7F >> (size if size > 1 else 0))
    for byte in frame[5 : 4 + size]:
        number = number << 6 | byte & 0x3F
    at = 4 + size
    code = frame[2] >> 4
    if code == 6:
        samples, at = frame[at] + 1, at + 1
    elif code == 7:
        samples, at = (frame[at] << 8 | frame[at + 1]) + 1, at + 2
    else:
        samples = _BLOCK_SIZES[code]
    at += _RATE_BYTES.get(frame[2] & 15, 0)
    if not samples or at >= len(frame) or _crc8(frame[:at]) != frame[at]:
        return None
    return (number if frame[1] & 1 else number * block_size) + samples


def _crc8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = _CRC[crc ^ byte]
    return crc


def _crc_table() -> bytes:
    table = bytearray()
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = crc << 1 ^ 0x107 if crc & 0x80 else crc << 1
        table.append(crc)
    return bytes(table)


_CRC: Final = _crc_table()
