"""The outline of a sound as a picture, column by column; knows no Tk.

Pictures are opaque and PPM: Tk takes one in a twentieth of a millisecond, but needs up to a second for a large one
that lets the background through.
"""

import itertools
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from ctk.ui.widgets.drawing import Colour, mix

STEPS = 4
"""So many shades soften an edge."""
BODY = 2 * STEPS
"""The shade of the mean level, over ``STEPS`` for the highest, over 0 for the background."""


class Outline(Protocol):
    """The lowest, the highest and the mean level (1.0 is full scale) in equal steps from ``start_s`` to ``end_s``."""

    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...
    @property
    def low(self) -> Sequence[float]: ...
    @property
    def high(self) -> Sequence[float]: ...
    @property
    def rms(self) -> Sequence[float]: ...


class Level(NamedTuple):
    """What is drawn on one line of pixels from top to bottom."""

    low: float = 0.0
    high: float = 0.0
    rms: float = 0.0


Shades = bytes
"""A picture line by line, a number from 0 to ``BODY`` for each pixel."""
Tables = tuple[bytes, bytes, bytes]
"""Red, green and blue by shade."""

FLAT = Level()


def columns(outlines: Sequence[Outline], start_s: float, end_s: float, width: int) -> list[Level]:
    """``width`` columns from ``start_s`` to ``end_s``; of several outlines, the later ones count where they reach."""
    found = [FLAT] * width
    for outline in outlines:
        count = len(outline.low)
        step_s = (outline.end_s - outline.start_s) / count if count else 0.0
        if step_s <= 0:
            continue
        scale, shift = (end_s - start_s) / (width * step_s), (start_s - outline.start_s) / step_s
        bounds = [int(scale * x + shift + 1e-6) if scale * x + shift > -1e-6 else -1 for x in range(width + 1)]
        for x, (first, past) in enumerate(itertools.pairwise(bounds)):
            if 0 <= first < count:
                found[x] = _column(outline, first, min(max(past, first + 1), count))
    return found


def _column(outline: Outline, first: int, past: int) -> Level:
    if past - first == 1:
        return Level(outline.low[first], outline.high[first], outline.rms[first])
    mean = sum(outline.rms[first:past]) / (past - first)
    return Level(min(outline.low[first:past]), max(outline.high[first:past]), mean)


def trace(found: Sequence[Level], height: int, *, curve: float = 1.0, thick: int = 1) -> Shades:
    """Draw columns ``height`` pixels high, none of them lower than ``thick``, each touching the one before.

    A ``curve`` below 1 lifts what is quiet.
    """
    middle = height * STEPS / 2
    drawn = []
    before = found[0] if found else FLAT
    for level in found:
        high, low = max(level.high, before.low), min(level.low, before.high)
        top, bottom = round(middle - middle * _bent(high, curve)), round(middle - middle * _bent(low, curve))
        body = round(middle * _bent(level.rms, curve))
        drawn.append(_stroke(height, top, bottom, body, thick * STEPS))
        before = level
    flat = b"".join(drawn)
    return b"".join([flat[line::height] for line in range(height)])


def _bent(level: float, curve: float) -> float:
    level = -1.0 if level < -1.0 else 1.0 if level > 1.0 else level
    if curve == 1.0:
        return level
    return math.copysign(math.pow(abs(level), curve), level)


@lru_cache(maxsize=1 << 15)
def _stroke(height: int, top: int, bottom: int, body: int, thick: int) -> bytes:
    """One column, its places counted in parts of pixels; never lower than ``thick``."""
    column = bytearray(height)
    middle = height * STEPS // 2
    if bottom - top < thick:
        top = min(max(0, ((top + bottom - thick) // 2 + STEPS // 2) // STEPS * STEPS), height * STEPS - thick)
        bottom = top + thick
    _fill(column, top, bottom, 0)
    first, past = max(top, middle - body), min(bottom, middle + body)
    if past - first >= STEPS:
        _fill(column, first, past, STEPS)
    return bytes(column)


def _fill(column: bytearray, top: int, bottom: int, under: int) -> None:
    first, past = -(-top // STEPS), bottom // STEPS
    if past > first:
        column[first:past] = bytes((under + STEPS,)) * (past - first)
    if top % STEPS:
        column[first - 1] = under + STEPS - top % STEPS
    if bottom % STEPS:
        column[past] = under + bottom % STEPS


@lru_cache(maxsize=64)
def tables(back: Colour, peak: Colour, body: Colour) -> Tables:
    """The colours of the shades, as ``ppm`` takes them."""
    return by_shade(shades(back, peak, body))


def shades(back: Colour, peak: Colour, body: Colour) -> list[Colour]:
    """The background, the highest level on it, and the mean level on that, with what lies between them."""
    lower = [mix(back, peak, step / STEPS) for step in range(STEPS + 1)]
    return lower + [mix(peak, body, step / STEPS) for step in range(1, STEPS + 1)]


def by_shade(colours: Sequence[Colour]) -> Tables:
    """Red, green and blue for each shade, as ``ppm`` takes them."""
    red, green, blue = (bytes(int(colour[at : at + 2], 16) for colour in colours).ljust(256, b"\0") for at in (1, 3, 5))
    return red, green, blue


def ppm(picture: Shades, width: int, height: int, colours: Tables) -> bytes:
    """The picture as Tk takes it."""
    pixels = bytearray(3 * width * height)
    for channel, table in enumerate(colours):
        pixels[channel::3] = picture.translate(table)
    return b"P6 %d %d 255\n" % (width, height) + pixels
