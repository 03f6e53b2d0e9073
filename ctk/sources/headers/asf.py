"""WMA: the header object of an ASF file, given to tinytag."""

import re
from struct import Struct
from typing import Final

from ctk.sources.headers import tinytags
from ctk.sources.headers.content import READ_LIMIT, Content
from ctk.sources.headers.header import CUT_BEFORE_SOUND, SLACK_BYTES, Header, cut_off

_U64: Final = Struct("<Q").unpack_from

_CODEC: Final = re.compile(r'codecs="([0-9A-F]+)"')
_CODECS: Final = {"160": "wmav1", "161": "wmav2", "162": "wmapro", "163": "wmalossless", "A": "wmavoice"}


def read(content: Content) -> Header:
    """Everything a WMA file says; raises ``struct.error`` on nonsense."""
    header = Header("wma")
    header_bytes = _U64(content.at(16, 8))[0]
    if header_bytes > content.size_bytes:
        header.reason = CUT_BEFORE_SOUND
        return header
    parsed = tinytags.parse(content.at(0, min(header_bytes, READ_LIMIT)))
    if parsed is None:
        return header
    codec = _CODEC.search(parsed.mime_type or "")
    header.codec = _CODECS.get(codec[1]) if codec else None
    header.sample_rate_hz, header.channels = parsed.samplerate, parsed.channels
    header.bit_depth = parsed.bitdepth if header.codec == "wmalossless" else None
    header.duration_s = parsed.duration if header.codec else None
    header.metadata = tinytags.texts(parsed)
    data = content.at(header_bytes, 24)
    if header.duration_s and len(data) == 24:
        promised = _U64(data, 16)[0]
        there = content.size_bytes - header_bytes
        if promised > there + SLACK_BYTES:
            whole = header.duration_s
            header.duration_s = whole * there / promised
            header.reason = cut_off(header.duration_s, whole)
    return header
