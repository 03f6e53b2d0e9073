"""Whether a file is a picture that can be an icon. Its pixels are not looked at.

https://www.w3.org/TR/png-3/
"""

import struct
import zlib
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS: Final = 256
_GREY, _COLOUR = 0, 2
"""Kinds of pixels without transparency of their own."""


class NoPicture(ValueError):
    """Says why."""


def check(data: bytes) -> str:
    """What its maker should know, if anything. Raises ``NoPicture``."""
    if not data.startswith(SIGNATURE):
        raise NoPicture("it is no PNG picture.")
    kinds = []
    at, header = len(SIGNATURE), b""
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if data[at + 8 + size : at + 12 + size] != struct.pack(">I", zlib.crc32(kind + body)):
            break
        header = header or body
        kinds.append(kind)
        at += 12 + size
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds or len(header) != 13:
        raise NoPicture("it is damaged.")
    width, height, _, colours = struct.unpack_from(">IIBB", header)
    if not (1 <= width <= MOST_PIXELS and 1 <= height <= MOST_PIXELS):
        raise NoPicture(f"it has {width} by {height} pixels, and an icon up to {MOST_PIXELS} by {MOST_PIXELS}.")
    if colours in (_GREY, _COLOUR) and b"tRNS" not in kinds:
        return "it is opaque everywhere, so its shape is a filled box."
    return ""
