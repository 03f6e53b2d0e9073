"""Raw AAC in ADTS frames: nothing but counting them tells the length."""

from typing import Final

from ctk.sources.headers.content import Content
from ctk.sources.headers.frames import Frame, first, walk
from ctk.sources.headers.header import Header

_RATES_HZ: Final = (
    96_000,
    88_200,
    64_000,
    48_000,
    44_100,
    32_000,
    24_000,
    22_050,
    16_000,
    12_000,
    11_025,
    8_000,
    7_350,
)
_CHANNELS: Final = (2, 1, 2, 3, 4, 5, 6, 8)
"""By configuration; 0 leaves it to the first frame, and is stereo in practice."""


def read(content: Content) -> Header | None:
    """An AAC stream; ``None`` where no frames are found."""
    found = first(content, 0, content.size_bytes, frame_at)
    if found is None:
        return None
    at, frame = found
    header = Header("aac", "aac", None, frame.rate_hz, frame.channels)
    header.lasts(walk(content, at, content.size_bytes, frame_at, frame.kind).samples)
    return header


def frame_at(data: bytes, index: int) -> Frame | None:
    """The frame whose header stands at ``index``."""
    if index + 7 > len(data) or data[index] != 0xFF or data[index + 1] & 0xF6 != 0xF0:
        return None
    second, third = data[index + 2], data[index + 3]
    rate_code = second >> 2 & 15
    length = (third & 3) << 11 | data[index + 4] << 3 | data[index + 5] >> 5
    if rate_code >= len(_RATES_HZ) or length < 8:
        return None
    channels = _CHANNELS[(second & 1) << 2 | third >> 6]
    kind = second & 0xFD | (third & 0xC0) << 8
    return Frame(length, 1024 * ((data[index + 6] & 3) + 1), _RATES_HZ[rate_code], channels, 0, kind)
