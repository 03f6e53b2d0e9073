"""A picture of many dots, painted line by line into the bytes of a PPM. Knows no Tk.

A dot is opaque with soft edges towards the background: twenty thousand of them take as long as one turn of a wheel.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import pi, sqrt
from typing import Final

from ctk.ui.widgets.drawing import Colour, circle, mask, mix

Run = tuple[int, int, bytes]
"""Pixels of one line of a dot: from and to, counted in bytes from its middle."""
Stamp = tuple[Run, ...]
"""A dot in its colour."""

COVERED: Final = 0.3
"""So much of the picture dots may cover, were they spread evenly; they are smaller where there are more."""
SOFT: Final = 64
"""Pixels that a dot covers less than this (255 is all) are left out at its edge."""


def radius(width: int, height: int, count: float, zoom: float, unit: float) -> float:
    """How large dots are drawn, in quarters of pixels: larger when looked at from nearby. ``unit`` is 1 at 100 %."""
    even: float = sqrt(COVERED * width * height / (pi * max(count, 1)))
    return round(4 * min(max(even, 1.6 * unit) * sqrt(zoom), 5.5 * unit)) / 4


@lru_cache(maxsize=256)
def stamp(size: float, colour: Colour, ground: Colour, width: int) -> Stamp:
    """A dot with a radius of ``size`` in a picture so wide."""
    reach = int(size + 0.5)
    side = 2 * reach + 1
    runs = []
    for line, cover in enumerate(mask(circle(side / 2, side / 2, size), side, side, 1.0), -reach):
        inked = [at for at, part in enumerate(cover) if part >= SOFT]
        if inked:
            first, past = inked[0], inked[-1] + 1
            pixels = b"".join(_rgb(mix(ground, colour, part / 255)) for part in cover[first:past])
            start = 3 * (line * width + first - reach)
            runs.append((start, start + len(pixels), pixels))
    return tuple(runs)


def paint(width: int, height: int, ground: Colour, dots: Iterable[tuple[int, int]], stamps: Sequence[Stamp]) -> bytes:
    """The picture as Tk takes it. ``dots``: the number of the pixel in its middle (line by line), and of its stamp;
    none may reach over the edge."""
    pixels = bytearray(_rgb(ground) * (width * height))
    for middle, face in dots:
        at = 3 * middle
        for start, past, run in stamps[face]:
            pixels[at + start : at + past] = run
    return b"P6 %d %d 255\n" % (width, height) + pixels


def _rgb(colour: Colour) -> bytes:
    return bytes.fromhex(colour[1:])
