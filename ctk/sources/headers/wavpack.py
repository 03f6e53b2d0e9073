"""WavPack: the flags and counts of its first block, and how far the last one gets."""

from struct import Struct
from typing import Final

from ctk.sources.headers import apetag
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header

_BLOCK: Final = Struct("<4sIHBBIIIII").unpack_from

_BLOCK_BYTES: Final = 32
_UNKNOWN: Final = 0xFFFF_FFFF
_RATES_HZ: Final = (
    *(6_000, 8_000, 9_600, 11_025, 12_000, 16_000, 22_050, 24_000),
    *(32_000, 44_100, 48_000, 64_000, 88_200, 96_000, 192_000),
)
_MONO, _HYBRID, _FLOAT, _LAST_BLOCK, _DSD = 1 << 2, 1 << 3, 1 << 7, 1 << 12, 1 << 31
_CHANNEL_INFO, _SAMPLE_RATE = 0x0D, 0x27
_CANDIDATES: Final = 64


def read(content: Content) -> Header:
    """Everything a WavPack file says; raises ``struct.error`` on nonsense."""
    header = Header("wv", "wavpack")
    _, size, _, _, total_high, total_low, _, _, flags, _ = _BLOCK(content.at(0, _BLOCK_BYTES))
    rate_code = flags >> 23 & 15
    items = _items(content.at(_BLOCK_BYTES, min(max(size - 24, 0), 4_096)))
    rate_item = items.get(_SAMPLE_RATE, b"")[:4]
    header.sample_rate_hz = _RATES_HZ[rate_code] if rate_code < 15 else int.from_bytes(rate_item, "little") or None
    header.channels = 1 if flags & _MONO else 2
    if not flags & _LAST_BLOCK and items.get(_CHANNEL_INFO):
        header.channels = items[_CHANNEL_INFO][0]
    depth = ((flags & 3) + 1) * 8 - (flags >> 13 & 31)
    header.bit_depth = 32 if flags & _FLOAT else None if flags & (_HYBRID | _DSD) else depth
    reached = _reached(content)
    if total_low == _UNKNOWN:
        header.lasts(reached or 0)
    else:
        promised = total_low + (total_high << 32) - total_high
        header.lasts(promised if reached is None else min(reached, promised), promised)
    header.metadata = apetag.at_end(content)
    return header


def _reached(content: Content) -> int | None:
    """Frames passed at the end of the last whole block in the last 64 KB, ``None`` where no block begins there."""
    ending = content.ending(0)
    end = len(ending)
    for _ in range(_CANDIDATES):
        end = ending.rfind(b"wvpk", 0, end)
        if end < 0:
            break
        if end + _BLOCK_BYTES > len(ending):
            continue
        _, size, version, index_high, _, _, index, samples, _, _ = _BLOCK(ending, end)
        if 0x402 <= version <= 0x410 and 24 <= size < 1 << 24 and samples:
            whole = end + 8 + size <= len(ending)
            return int(index + (index_high << 32) + (samples if whole else 0))
    return None


def _items(block: bytes) -> dict[int, bytes]:
    """The block's sub-blocks by their id."""
    items: dict[int, bytes] = {}
    at = 0
    while at + 2 <= len(block):
        kind, words = block[at], block[at + 1]
        at += 2
        if kind & 0x80:
            words |= int.from_bytes(block[at : at + 2], "little") << 8
            at += 2
        items.setdefault(kind & 0x3F, block[at : at + 2 * words - (1 if kind & 0x40 else 0)])
        at += 2 * words
    return items
