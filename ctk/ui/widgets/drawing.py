"""Small smooth pictures made of shapes, at any scale, without an image library.

A shape is a function ``(x, y) -> distance`` to its edge, negative inside, on a grid of 24 by 24.
"""

import base64
import math
import struct
import zlib
from collections.abc import Callable
from functools import lru_cache

Shape = Callable[[float, float], float]
Colour = str
"""``#rrggbb``."""
Mask = list[bytes]
"""How much of each pixel a shape covers, 0 to 255, line by line."""

GRID = 24.0
BLOCK = 4


def circle(cx: float, cy: float, radius: float) -> Shape:
    return lambda x, y: math.hypot(x - cx, y - cy) - radius


def ring(cx: float, cy: float, radius: float, width: float) -> Shape:
    return lambda x, y: abs(math.hypot(x - cx, y - cy) - radius) - width / 2


def line(x1: float, y1: float, x2: float, y2: float, width: float) -> Shape:
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy

    def distance(x: float, y: float) -> float:
        along = ((x - x1) * dx + (y - y1) * dy) / length
        along = 0.0 if along < 0 else 1.0 if along > 1 else along
        return math.hypot(x - x1 - along * dx, y - y1 - along * dy) - width / 2

    return distance


def box(x1: float, y1: float, x2: float, y2: float, radius: float) -> Shape:
    """A rectangle with round corners."""
    cx, cy, hw, hh = (x1 + x2) / 2, (y1 + y2) / 2, (x2 - x1) / 2 - radius, (y2 - y1) / 2 - radius

    def distance(x: float, y: float) -> float:
        px, py = abs(x - cx) - hw, abs(y - cy) - hh
        if px > 0 and py > 0:
            return math.hypot(px, py) - radius
        return max(px, py) - radius

    return distance


def polygon(*points: tuple[float, float], radius: float) -> Shape:
    """A convex polygon, its corners clockwise as seen on screen, made larger by ``radius``."""
    edges, sides = [], []
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        length = math.hypot(x2 - x1, y2 - y1)
        edges.append((x1, y1, (y2 - y1) / length, (x1 - x2) / length))
        sides.append(line(x1, y1, x2, y2, 2 * radius))

    def distance(x: float, y: float) -> float:
        inside = max([(x - x1) * nx + (y - y1) * ny for x1, y1, nx, ny in edges])
        return inside - radius if inside < 0 else min([side(x, y) for side in sides])

    return distance


def star(cx: float, cy: float, radius: float, depth: float) -> Shape:
    """Five points; between them it is ``depth`` times as wide."""
    turn = math.pi / 5
    tip, notch = (0.0, radius), (math.sin(turn) * radius * depth, math.cos(turn) * radius * depth)
    dx, dy = notch[0] - tip[0], notch[1] - tip[1]
    length = math.hypot(dx, dy)

    def distance(x: float, y: float) -> float:
        angle = abs((math.atan2(x - cx, cy - y) + turn) % (2 * turn) - turn)
        away = math.hypot(x - cx, y - cy)
        px, py = math.sin(angle) * away, math.cos(angle) * away
        return ((py - tip[1]) * dx - (px - tip[0]) * dy) / length

    return distance


def outline(shape: Shape, width: float) -> Shape:
    return lambda x, y: abs(shape(x, y)) - width / 2


def union(*shapes: Shape) -> Shape:
    return lambda x, y: min([shape(x, y) for shape in shapes])


def without(shape: Shape, hole: Shape) -> Shape:
    return lambda x, y: max(shape(x, y), -hole(x, y))


def scaled(shape: Shape, factor: float) -> Shape:
    """``shape`` made smaller or larger around the middle of the grid."""
    middle = GRID / 2
    return lambda x, y: shape((x - middle) / factor + middle, (y - middle) / factor + middle) * factor


def mask(shape: Shape, width: int, height: int, unit: float) -> Mask:
    """How much of each pixel is covered, where a pixel is ``unit`` wide on the grid."""
    lines = [bytearray(width) for _ in range(height)]
    for top in range(0, height, BLOCK):
        for left in range(0, width, BLOCK):
            _block(lines, shape, left, top, unit)
    return [bytes(line) for line in lines]


def _block(lines: list[bytearray], shape: Shape, left: int, top: int, unit: float) -> None:
    """Fill a block of pixels; one far from the edge is all in or all out."""
    right, bottom = min(left + BLOCK, len(lines[0])), min(top + BLOCK, len(lines))
    middle = shape((left + BLOCK / 2) * unit, (top + BLOCK / 2) * unit)
    if middle > BLOCK * unit:
        return
    if middle < -BLOCK * unit:
        for row in range(top, bottom):
            lines[row][left:right] = b"\xff" * (right - left)
        return
    for row in range(top, bottom):
        for column in range(left, right):
            cover = 0.5 - shape((column + 0.5) * unit, (row + 0.5) * unit) / unit
            lines[row][column] = 0 if cover <= 0 else 255 if cover >= 1 else round(cover * 255)


@lru_cache
def round_box(side: int, radius: int, inset: int) -> Mask:
    """A box of ``side`` pixels with round corners; a quarter is drawn and mirrored."""
    half = side // 2
    near, far = float(inset), float(side - inset)
    quarter = mask(box(near, near, far, far, radius), half, half, 1.0)
    upper = [line + line[::-1] for line in quarter]
    return upper + upper[::-1]


def stretched(lines: Mask, wider: int, higher: int) -> Mask:
    """With the middle column and row repeated.

    Tk fills a large box by laying the middle of a picture side by side: a small one would be laid thousands of times.
    """
    half = len(lines) // 2
    lines = [line[:half] + line[half : half + 1] * wider + line[half:] for line in lines]
    return lines[:half] + [lines[half]] * higher + lines[half:]


def indented(lines: Mask, by: int) -> Mask:
    """With ``by`` empty pixels before it."""
    return [bytes(by) + line for line in lines]


def png(
    cover: Mask, colour: Colour, inner: Mask | None = None, inner_colour: Colour = "#000000", ground: Colour = ""
) -> bytes:
    """A picture in ``colour``, and ``inner`` (which lies inside) in another; in base64, as Tk takes it. Where the
    ``ground`` is known nothing shines through: Tk fetches what lies below a picture from the display to mix the two."""
    width, height = len(cover[0]), len(cover)
    colours = list(zip(_channels(colour), _channels(inner_colour), _channels(ground or colour), strict=True))
    pixels = bytearray()
    for row in range(height):
        line = bytearray(4 * width)
        for channel, (back, front, under) in enumerate(colours):
            drawn = inner[row].translate(_mixed(back, front)) if inner else bytes((back,)) * width
            line[channel::4] = _laid(drawn, cover[row], under) if ground else drawn
        line[3::4] = b"\xff" * width if ground else cover[row]
        pixels += b"\0" + line
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 1)), (b"IEND", b""))
    parts = (struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in chunks)
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """``part`` of the way from one colour to another."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(start + (end - start) * part):02x}" for start, end in pairs)


def _channels(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache
def _laid(drawn: bytes, cover: bytes, ground: int) -> bytes:
    """One channel of a line over the ground, as far as it covers that."""
    return bytes(ground + (above - ground) * part // 255 for above, part in zip(drawn, cover, strict=True))


@lru_cache
def _mixed(back: int, front: int) -> bytes:
    """From one strength of a channel to another in 256 steps."""
    return bytes(back + (front - back) * part // 255 for part in range(256))
