"""Monkey's Audio files of digital silence: the one sound its format holds without any entropy coding."""

import hashlib
import struct
import zlib

_VERSION, _FAST = 3_990, 1_000
_FRAME_BLOCKS = 73_728
_SILENT_STEREO, _SILENT_MONO = 3, 1
_HAS_FLAGS = 1 << 31
_DESCRIPTOR_BYTES, _HEADER_BYTES = 52, 24
_CREATE_WAV_HEADER = 1 << 5


def silence(frames: int, rate: int, channels: int, bits: int = 16) -> bytes:
    """A whole file; it decodes to ``frames`` zeros in each channel."""
    count = max(-(-frames // _FRAME_BLOCKS), 1)
    in_last = frames - (count - 1) * _FRAME_BLOCKS
    blocks = [_FRAME_BLOCKS] * (count - 1) + [in_last]
    sounds = [_frame(length * channels * bits // 8, channels) for length in blocks]
    seek_at = _DESCRIPTOR_BYTES + _HEADER_BYTES
    first = seek_at + 4 * count
    seek = struct.pack(f"<{count}I", *(first + sum(map(len, sounds[:index])) for index in range(count)))
    body = b"".join(sounds)
    header = struct.pack("<HHIIIHHI", _FAST, _CREATE_WAV_HEADER, _FRAME_BLOCKS, in_last, count, bits, channels, rate)
    descriptor = struct.pack(
        "<4sHHIIIIIII", b"MAC ", _VERSION, 0, _DESCRIPTOR_BYTES, _HEADER_BYTES, len(seek), 0, len(body), 0, 0
    )
    return descriptor + hashlib.md5(body + header + seek).digest() + header + seek + body


def _frame(pcm_bytes: int, channels: int) -> bytes:
    crc = zlib.crc32(bytes(pcm_bytes)) >> 1 | _HAS_FLAGS
    flags = _SILENT_STEREO if channels == 2 else _SILENT_MONO
    # The range coder starts by reading a few bytes, used or not. Words are stored byte-swapped.
    return struct.pack("<II", crc, flags) + bytes(8)
