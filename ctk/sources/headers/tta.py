"""True Audio: a fixed header, then a table of the sizes of all frames."""

from struct import Struct, unpack
from typing import Final

from ctk.sources.headers import apetag
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header

_HEADER: Final = Struct("<4sHHHIII").unpack_from

_HEADER_BYTES: Final = 22


def read(content: Content) -> Header:
    """Everything a TTA file says; raises ``struct.error`` on nonsense."""
    _, _, channels, bits, rate, samples, _ = _HEADER(content.at(0, _HEADER_BYTES))
    header = Header("tta", "tta", None, rate, channels, bits)
    if rate:
        there = _there(content, samples, 256 * rate // 245)
        header.lasts(there, samples)
    header.metadata = apetag.at_end(content)
    return header


def _there(content: Content, samples: int, frame_samples: int) -> int:
    """How many samples the file really holds, by the sizes of its frames."""
    count = -(-samples // frame_samples) if frame_samples else 0
    sizes_bytes = 4 * count
    at = _HEADER_BYTES + sizes_bytes + 4
    if at > content.size_bytes:
        return 0
    sizes = unpack(f"<{count}I", content.at(_HEADER_BYTES, sizes_bytes))
    if at + sum(sizes) <= content.size_bytes:
        return samples
    whole = 0
    for size in sizes:
        at += size
        if at > content.size_bytes:
            break
        whole += 1
    return min(whole * frame_samples, samples)
