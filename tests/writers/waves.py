"""WAV, RF64, BW64 and W64 files, byte by byte."""

import struct
from collections.abc import Mapping, Sequence

from tests.writers.samples import Samples, pack

Chunk = tuple[bytes, bytes]

_INFO = {"title": b"INAM", "artist": b"IART", "album": b"IPRD", "comment": b"ICMT", "genre": b"IGNR"}
_GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")
_W64_TAIL = bytes.fromhex("f3acd3118cd100c04f8edb8a")
_W64_RIFF = bytes.fromhex("726966662e91cf11a5d628db04c10000")
_BIG = 0xFFFF_FFFF


def fmt(channels: int, rate: int, bits: int, *, floating: bool = False, valid: int = 0) -> bytes:
    """A ``fmt `` chunk's body; with ``valid`` bits the EXTENSIBLE one."""
    tag = 3 if floating else 1
    block = channels * bits // 8
    base = struct.pack("<HHIIHH", 0xFFFE if valid else tag, channels, rate, rate * block, block, bits)
    if not valid:
        return base
    mask = {1: 4, 2: 3}.get(channels, (1 << channels) - 1)
    return base + struct.pack("<HHIH", 22, valid, mask, tag) + _GUID_TAIL


def chunk(name: bytes, body: bytes) -> bytes:
    """One RIFF chunk, padded."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def info(metadata: Mapping[str, str]) -> bytes:
    """A ``LIST INFO`` chunk's body."""
    return b"INFO" + b"".join(chunk(_INFO[key], value.encode() + b"\0") for key, value in metadata.items())


def wav(
    samples: Samples,
    rate: int,
    bits: int,
    *,
    floating: bool = False,
    valid: int = 0,
    metadata: Mapping[str, str] | None = None,
    before: Sequence[Chunk] = (),
    after: Sequence[Chunk] = (),
) -> bytes:
    """A whole WAV file; chunks may be put before and after its sound."""
    data = pack(samples, bits, floating=floating, unsigned=bits == 8)
    body = chunk(b"fmt ", fmt(samples.shape[1], rate, bits, floating=floating, valid=valid))
    body += b"".join(chunk(*item) for item in before) + chunk(b"data", data)
    body += chunk(b"LIST", info(metadata)) if metadata else b""
    body += b"".join(chunk(*item) for item in after)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def rf64(samples: Samples, rate: int, bits: int, *, name: bytes = b"RF64") -> bytes:
    """The same with 64-bit sizes in a ``ds64`` chunk; ``name`` may be BW64."""
    data = pack(samples, bits, unsigned=bits == 8)
    format_chunk = chunk(b"fmt ", fmt(samples.shape[1], rate, bits))
    riff_size = 4 + 36 + len(format_chunk) + 8 + len(data) + len(data) % 2
    ds64 = chunk(b"ds64", struct.pack("<QQQI", riff_size, len(data), len(samples), 0))
    opening = name + struct.pack("<I", _BIG) + b"WAVE"
    return opening + ds64 + format_chunk + b"data" + struct.pack("<I", _BIG) + data + b"\0" * (len(data) % 2)


def w64(samples: Samples, rate: int, bits: int, *, floating: bool = False) -> bytes:
    """A Sony Wave64 file."""

    def part(name: bytes, body: bytes) -> bytes:
        return name + _W64_TAIL + struct.pack("<Q", 24 + len(body)) + body + b"\0" * (-len(body) % 8)

    data = pack(samples, bits, floating=floating, unsigned=bits == 8)
    body = b"wave" + _W64_TAIL + part(b"fmt ", fmt(samples.shape[1], rate, bits, floating=floating))
    body += part(b"data", data)
    return _W64_RIFF + struct.pack("<Q", 24 + len(body)) + body
