"""Small smooth pictures made of shapes, at any scale, without an image library.

A shape is a function ``(x, y) -> distance`` in units of the picture's side divided by 24, negative inside.
"""

import base64
import math
import struct
import zlib
from collections.abc import Callable

Shape = Callable[[float, float], float]
Colour = str
"""``#rrggbb``."""

GRID = 24.0
BLOCK = 4

_Paint = tuple[Shape, int, int, int]


def circle(cx: float, cy: float, radius: float) -> Shape:
    return lambda x, y: math.hypot(x - cx, y - cy) - radius


def ring(cx: float, cy: float, radius: float, width: float) -> Shape:
    return lambda x, y: abs(math.hypot(x - cx, y - cy) - radius) - width / 2


def line(x1: float, y1: float, x2: float, y2: float, width: float) -> Shape:
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy

    def distance(x: float, y: float) -> float:
        along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
        return math.hypot(x - x1 - along * dx, y - y1 - along * dy) - width / 2

    return distance


def box(x1: float, y1: float, x2: float, y2: float, radius: float) -> Shape:
    """A rectangle with round corners."""
    cx, cy, hw, hh = (x1 + x2) / 2, (y1 + y2) / 2, (x2 - x1) / 2 - radius, (y2 - y1) / 2 - radius

    def distance(x: float, y: float) -> float:
        px, py = abs(x - cx) - hw, abs(y - cy) - hh
        return math.hypot(max(px, 0.0), max(py, 0.0)) + min(max(px, py), 0.0) - radius

    return distance


def polygon(*points: tuple[float, float], radius: float = 0.0) -> Shape:
    """A convex polygon, corners in clockwise order as seen on screen, made larger by ``radius``."""
    edges = []
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        length = math.hypot(x2 - x1, y2 - y1)
        edges.append((x1, y1, (y2 - y1) / length, (x1 - x2) / length))
    sides = [line(*a, *b, 2 * radius) for a, b in zip(points, points[1:] + points[:1], strict=True)]

    def distance(x: float, y: float) -> float:
        inside = max((x - x1) * nx + (y - y1) * ny for x1, y1, nx, ny in edges)
        return inside - radius if inside < 0 else min(side(x, y) for side in sides)

    return distance


def outline(shape: Shape, width: float) -> Shape:
    return lambda x, y: abs(shape(x, y)) - width / 2


def union(*shapes: Shape) -> Shape:
    return lambda x, y: min(shape(x, y) for shape in shapes)


def without(shape: Shape, hole: Shape) -> Shape:
    return lambda x, y: max(shape(x, y), -hole(x, y))


def scaled(shape: Shape, factor: float) -> Shape:
    """``shape`` made smaller or larger around the middle of the picture."""
    middle = GRID / 2
    return lambda x, y: shape((x - middle) / factor + middle, (y - middle) / factor + middle) * factor


def picture(size: int, *layers: tuple[Shape, Colour]) -> bytes:
    """A square PNG, ``size`` pixels wide, of layers painted over each other; base64 as Tk takes it."""
    return render(size, size, GRID / size, layers)


def render(width: int, height: int, unit: float, layers: tuple[tuple[Shape, Colour], ...]) -> bytes:
    """A PNG where a pixel is ``unit`` wide in the shapes' measure."""
    paints = [(shape, *_rgb(colour)) for shape, colour in layers]
    lines = [bytearray(4 * width) for _ in range(height)]
    for top in range(0, height, BLOCK):
        for left in range(0, width, BLOCK):
            _block(lines, left, top, unit, paints)
    return base64.b64encode(_png(width, height, b"".join(b"\0" + line for line in lines)))


def _block(lines: list[bytearray], left: int, top: int, unit: float, paints: list[_Paint]) -> None:
    """Fill a block; one far from every edge takes the colour of its middle."""
    right, bottom = min(left + BLOCK, len(lines[0]) // 4), min(top + BLOCK, len(lines))
    x, y = (left + BLOCK / 2) * unit, (top + BLOCK / 2) * unit
    if all(abs(paint[0](x, y)) > BLOCK * unit for paint in paints):
        plain = _pixel(x, y, unit, paints) * (right - left)
        for row in range(top, bottom):
            lines[row][4 * left : 4 * right] = plain
        return
    for row in range(top, bottom):
        for column in range(left, right):
            pixel = _pixel((column + 0.5) * unit, (row + 0.5) * unit, unit, paints)
            lines[row][4 * column : 4 * column + 4] = pixel


def _pixel(x: float, y: float, unit: float, paints: list[_Paint]) -> bytes:
    red = green = blue = alpha = 0.0
    for shape, r, g, b in paints:
        cover = 0.5 - shape(x, y) / unit
        if cover <= 0:
            continue
        cover = min(cover, 1.0)
        rest = alpha * (1 - cover)
        alpha = cover + rest
        red = (r * cover + red * rest) / alpha
        green = (g * cover + green * rest) / alpha
        blue = (b * cover + blue * rest) / alpha
    return bytes((round(red), round(green), round(blue), round(alpha * 255)))


def _rgb(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(width: int, height: int, lines: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
