"""Monkey's Audio, in its layout since version 3.98 and the one before."""

from struct import Struct
from typing import Final

from ctk.sources.headers import apetag
from ctk.sources.headers.content import Content
from ctk.sources.headers.header import SLACK_BYTES, Header, cut_off

_U16: Final = Struct("<H").unpack_from
_DESCRIPTOR: Final = Struct("<4sHHIIIIIII").unpack_from
_NEW: Final = Struct("<HHIIIHHI").unpack_from
_OLD: Final = Struct("<4sHHHHIIIII").unpack_from

_NEW_SINCE: Final = 3_980
_EIGHT_BIT, _TWENTY_FOUR_BIT = 1, 8
_EXTRA_HIGH: Final = 4_000


def read(content: Content) -> Header:
    """Everything a Monkey's Audio file says; raises ``struct.error`` on nonsense."""
    header = Header("ape", "ape")
    if _U16(content.at(4, 2))[0] >= _NEW_SINCE:
        _, _, _, descriptor, own, seek, wave, low, high, _ = _DESCRIPTOR(content.at(0, 36))
        _, _, per_frame, in_last, frames, bits, channels, rate = _NEW(content.at(descriptor, 24))
        sound_bytes = low + (high << 32)
        missing = descriptor + own + seek + wave + sound_bytes - content.size_bytes
    else:
        _, version, level, flags, channels, rate, _, _, frames, in_last = _OLD(content.at(0, 32))
        bits = 8 if flags & _EIGHT_BIT else 24 if flags & _TWENTY_FOUR_BIT else 16
        per_frame = _old_frame_blocks(version, level)
        sound_bytes, missing = 1, 0
    header.sample_rate_hz, header.channels, header.bit_depth = rate, channels, bits
    header.lasts((frames - 1) * per_frame + in_last if frames else 0)
    if missing > SLACK_BYTES and header.duration_s:
        there = header.duration_s * max(1 - missing / max(sound_bytes, 1), 0)
        header.reason = cut_off(there, header.duration_s)
        header.duration_s = there
    header.metadata = apetag.at_end(content)
    return header


def _old_frame_blocks(version: int, level: int) -> int:
    if version >= 3_950:
        return 4 * 73_728
    if version >= 3_900 or (version >= 3_800 and level == _EXTRA_HIGH):
        return 73_728
    return 9_216
