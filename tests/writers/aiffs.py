"""AIFF and AIFC files, byte by byte."""

import math
import struct
from collections.abc import Mapping, Sequence

from tests.writers.samples import Samples, pack

_TEXTS = {"title": b"NAME", "artist": b"AUTH", "comment": b"ANNO"}


def chunk(name: bytes, body: bytes) -> bytes:
    """One IFF chunk, padded."""
    return name + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)


def rate_bytes(rate: float) -> bytes:
    """The sample rate as the 80-bit float that AIFF wants."""
    mantissa, exponent = math.frexp(rate)
    return struct.pack(">HQ", exponent - 1 + 0x3FFF, int(mantissa * 2**64))


def aiff(
    samples: Samples,
    rate: int,
    bits: int,
    *,
    kind: bytes = b"",
    metadata: Mapping[str, str] | None = None,
    after: Sequence[tuple[bytes, bytes]] = (),
) -> bytes:
    """A whole file; with ``kind`` (``sowt``, ``fl32`` ...) an AIFC."""
    floating = kind[:2].lower() == b"fl"
    data = pack(samples, bits, floating=floating, big=kind != b"sowt")
    comm = struct.pack(">HIH", samples.shape[1], len(samples), bits) + rate_bytes(rate)
    if kind:
        comm += kind + b"\0\0"
    body = chunk(b"COMM", comm)
    body += b"".join(chunk(_TEXTS[key], value.encode()) for key, value in (metadata or {}).items())
    body += chunk(b"SSND", b"\0" * 8 + data) + b"".join(chunk(*item) for item in after)
    return b"FORM" + struct.pack(">I", len(body) + 4) + (b"AIFC" if kind else b"AIFF") + body
