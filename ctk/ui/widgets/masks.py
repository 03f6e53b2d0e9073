"""Shapes out of PNG pictures: what is opaque in them is the shape."""

import struct
import tkinter as tk
import zlib
from itertools import accumulate

from ctk.ui.widgets.drawing import Mask

_OPAQUE = 255
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
"""By kind of pixel; those of 4 and 6 end with how opaque they are."""


def read(master: tk.Misc, data: bytes) -> Mask:
    """How much of each pixel is covered. Raises ``TclError`` or ``ValueError`` for what is no picture.

    Tk reads all kinds of PNG, and writes one: 8 bits a channel, line by line, without filters.
    """
    image = tk.PhotoImage(master=master, data=data, format="png")
    written = master.tk.call(str(image), "data", "-format", "png")
    return _mask(written if isinstance(written, bytes) else str(written).encode("latin-1"))


def fitted(mask: Mask, size: int, part: float = 1.0) -> Mask:
    """As large as fits into ``part`` of a square of ``size`` pixels, in its middle."""
    wide, high = len(mask[0]), len(mask)
    scale = size * part / max(wide, high)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    columns = zip(*(_sampled(line, width) for line in mask), strict=True)
    lines = zip(*(_sampled(bytes(column), height) for column in columns), strict=True)
    left, top = (size - width) // 2, (size - height) // 2
    empty = bytes(size)
    middle = [bytes(left) + bytes(line) + bytes(size - left - width) for line in lines]
    return [empty] * top + middle + [empty] * (size - top - height)


def _sampled(line: bytes, count: int) -> bytes:
    """So many pixels in the place of those of a line, each the mean of what it stands for."""
    sums = [*accumulate(line, initial=0)]
    step = len(line) / count

    def up_to(place: float) -> float:
        whole = int(place)
        return sums[whole] + (place - whole) * line[whole] if whole < len(line) else sums[-1]

    return bytes(min(_OPAQUE, round((up_to((at + 1) * step) - up_to(at * step)) / step)) for at in range(count))


def _mask(png: bytes) -> Mask:
    width, height, depth, kind = struct.unpack_from(">IIBB", png, 16)
    if depth != 8 or kind not in _CHANNELS:
        raise ValueError("a picture of an unforeseen kind")
    pixels, at = b"", 8
    while at + 12 <= len(png):
        (size,) = struct.unpack_from(">I", png, at)
        if png[at + 4 : at + 8] == b"IDAT":
            pixels += png[at + 8 : at + 8 + size]
        at += 12 + size
    channels = _CHANNELS[kind]
    step = width * channels + 1
    try:
        data = zlib.decompress(pixels)
    except zlib.error as exc:
        raise ValueError("a picture without pixels") from exc
    if len(data) != step * height or any(data[::step]):
        raise ValueError("a picture with filters")
    if kind in (0, 2):
        return [bytes((_OPAQUE,)) * width] * height
    return [data[line * step + channels : (line + 1) * step : channels] for line in range(height)]
