"""WAV files made byte by byte, with the standard library alone: they can be made even where a codec is missing."""

import struct
from array import array
from pathlib import Path
from typing import Final

from ctk.selftest.tones import Tone

_PCM: Final = 1
_FLOAT: Final = 3


def write(path: Path, tone: Tone, bits: int, *, floating: bool = False) -> None:
    """A mono WAV file of that depth. Raises ``OSError``."""
    data = pack(tone.samples(), bits, floating=floating)
    block = bits // 8
    header = struct.pack("<HHIIHH", _FLOAT if floating else _PCM, 1, tone.rate_hz, tone.rate_hz * block, block, bits)
    body = b"WAVE" + _chunk(b"fmt ", header) + _chunk(b"data", data)
    path.write_bytes(_chunk(b"RIFF", body))


def pack(samples: "array[float]", bits: int, *, floating: bool = False) -> bytes:
    """Little-endian samples, as WAV has them: those of 8 bits are unsigned."""
    if floating:
        return struct.pack(f"<{len(samples)}{'f' if bits == 32 else 'd'}", *samples)
    loudest = 2 ** (bits - 1) - 1
    whole = [round(value * loudest) for value in samples]
    if bits == 8:
        return bytes(value + 128 for value in whole)
    return b"".join(value.to_bytes(bits // 8, "little", signed=True) for value in whole)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
