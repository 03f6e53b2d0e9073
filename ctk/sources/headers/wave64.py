"""Sony Wave64: WAV with 64-bit sizes and names of sixteen bytes."""

from struct import Struct
from typing import Final

from ctk.sources.headers import broadcast, loops, riff, wavefmt
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, Header
from ctk.sources.headers.iff import CHUNKS_LIMIT

_U64: Final = Struct("<Q").unpack_from
_OPENING: Final = 24
"""Bytes of a chunk's name and size; the size counts them."""


def read(content: Content) -> Header:
    """Everything a Wave64 sound says; raises ``struct.error`` on nonsense."""
    header = Header("w64")
    wave: wavefmt.WaveFormat | None = None
    fact, data_at, data_size, at = 0, -1, 0, 40
    claims: dict[bytes, bytes] = {}
    for _ in range(CHUNKS_LIMIT):
        opening = content.at(at, _OPENING)
        if len(opening) < _OPENING:
            break
        name, size = opening[:4], max(_U64(opening, 16)[0] - _OPENING, 0)
        body = at + _OPENING
        if name == b"fmt " and wave is None:
            wave = wavefmt.parse(content.at(body, min(size, 64)), header)
        elif name == b"data" and data_at < 0:
            data_at, data_size = body, size
        elif name == b"fact" and size >= 8:
            (fact,) = _U64(content.at(body, 8))
        elif name == b"bext":
            broadcast.bext(content.at(body, min(size, 1_024)), header.metadata)
        elif name in loops.WAVE:
            claims.setdefault(name, content.at(body, min(size, loops.WAVE[name])))
        at = body + (size + 7 & ~7)
    if claims:
        header.claims = loops.wave(claims)
    if wave is None or data_at < 0:
        header.reason = CUT_BEFORE_SOUND if data_at < 0 else None
        return header
    # A recorder that crashed leaves the size of an empty chunk.
    data_bytes = data_size or content.size_bytes - data_at
    riff.measure(header, wave, content, data_at, data_bytes, fact)
    return header
