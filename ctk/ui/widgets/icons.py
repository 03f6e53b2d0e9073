"""The icons, as shapes on a 24 by 24 grid; drawn when first asked for."""

import tkinter as tk
import zlib
from collections.abc import Callable, Mapping

from ctk.ui.widgets.drawing import (
    GRID,
    Mask,
    Shape,
    box,
    circle,
    indented,
    line,
    mask,
    outline,
    png,
    polygon,
    ring,
    round_box,
    scaled,
    star,
    union,
    without,
)
from ctk.ui.widgets.kept import Kept

ON_DISC = 0.62
"""So much of a disc its icon takes up."""

SHAPES: dict[str, Shape] = {
    "play": polygon((8, 5.5), (18.5, 12), (8, 18.5), radius=1),
    "pause": union(box(6.5, 5, 10.3, 19, 1), box(13.7, 5, 17.5, 19, 1)),
    "loop": union(
        without(outline(box(3.5, 7, 20.5, 18, 4), 2), box(10, 4, 16, 10, 0)),
        polygon((9.5, 3.6), (14, 7), (9.5, 10.4), radius=0.3),
    ),
    "through": union(
        line(4, 7, 13, 7, 2),
        line(4, 12, 11, 12, 2),
        line(4, 17, 11, 17, 2),
        polygon((14.5, 10.5), (20, 14.5), (14.5, 18.5), radius=0.6),
    ),
    "output": union(
        line(4, 7, 20, 7, 2),
        line(4, 12, 20, 12, 2),
        line(4, 17, 20, 17, 2),
        circle(9, 7, 2.6),
        circle(15.5, 12, 2.6),
        circle(8, 17, 2.6),
    ),
    "headphones": union(
        without(ring(12, 13, 8, 2), box(0, 13, 24, 24, 0)),
        box(3, 12.5, 8, 20, 2),
        box(16, 12.5, 21, 20, 2),
    ),
    "search": union(ring(10.5, 10.5, 6, 2), line(15, 15, 20, 20, 2.2)),
    "clear": union(line(7, 7, 17, 17, 2), line(17, 7, 7, 17, 2)),
    "volume": union(
        box(3.5, 9, 9, 15, 1),
        polygon((5.5, 12), (11.5, 5.5), (11.5, 18.5), radius=0.5),
        without(ring(12, 12, 5, 1.8), box(0, 0, 14.5, 24, 0)),
        without(ring(12, 12, 8.6, 1.8), box(0, 0, 16, 24, 0)),
    ),
    "folder": union(box(3, 7, 21, 19, 2), box(3, 5, 11, 12, 2)),
    "checked": without(box(3, 3, 21, 21, 4), union(line(7.5, 12.3, 10.7, 15.5, 2.4), line(10.7, 15.5, 16.5, 8.8, 2.4))),
    "partly": without(box(3, 3, 21, 21, 4), line(8, 12, 16, 12, 2.4)),
    "unchecked": outline(box(4, 4, 20, 20, 3.5), 2),
    "lock": union(
        box(5, 10.5, 19, 20.5, 2.5),
        without(ring(12, 9.5, 4.5, 2.2), box(0, 10.5, 24, 24, 0)),
    ),
    "pencil": union(line(6.5, 17.5, 16, 8, 3.6), line(18, 6, 18.4, 5.6, 3.6), circle(5.2, 18.8, 1.2)),
    "up": union(line(7, 14.5, 12, 9.5, 2), line(12, 9.5, 17, 14.5, 2)),
    "down": union(line(7, 9.5, 12, 14.5, 2), line(12, 14.5, 17, 9.5, 2)),
    "right": union(line(9.5, 7, 14.5, 12, 2), line(14.5, 12, 9.5, 17, 2)),
    "check": union(line(5.5, 12.5, 10, 17, 2.6), line(10, 17, 18.5, 7, 2.6)),
    "filter": union(line(4, 7, 20, 7, 2), line(7, 12, 17, 12, 2), line(10, 17, 14, 17, 2)),
    "alert": without(circle(12, 12, 9), union(line(12, 7.5, 12, 12.5, 2), circle(12, 16.3, 1.3))),
    "heart": union(
        circle(8.1, 9.3, 4.7),
        circle(15.9, 9.3, 4.7),
        polygon((4.2, 11.6), (12, 9), (19.8, 11.6), (12, 19.6), radius=0.6),
    ),
    "star": star(12, 12.8, 10, 0.44),
    "plus": union(line(12, 6, 12, 18, 2), line(6, 12, 18, 12, 2)),
    "dot": circle(12, 12, 8.5),
    "circle": ring(12, 12, 7.5, 2.4),
    "blank": circle(-9, -9, 1),
}


class Icons:
    """Pictures by name, size and colour; each is drawn once and kept alive here, since Tk itself does not."""

    def __init__(self, master: tk.Misc, kept: Kept | None = None) -> None:
        self._master = master
        self._kept = kept or Kept()
        self._made: dict[tuple[object, ...], tk.PhotoImage] = {}
        self._masks: dict[tuple[object, ...], Mask] = {}
        self._others: dict[str, tuple[str, Mask]] = {}

    def use(self, files: Mapping[str, bytes]) -> None:
        """PNG pictures in the place of some of the shapes. Raises ``TclError`` or ``ValueError`` for one that is
        none, and then nothing is changed."""
        self._others = {
            name: (f"{zlib.crc32(data):08x}{len(data):x}", self._read(data)) for name, data in files.items()
        }

    def get(self, name: str, size: int, colour: str, gap: int = 0, indent: int = 0) -> tk.PhotoImage:
        """An icon, with a ``gap`` to its right, and pushed in by ``indent``."""
        key = (*self._key(name), size, colour, gap, indent)
        if key not in self._made:
            self._made[key] = self._image(key, lambda: png(indented(self._mask(name, size, gap), indent), colour))
        return self._made[key]

    def cover(self, name: str, size: int) -> Mask:
        """How much of each pixel an icon covers, for pictures that it is a part of."""
        return self._mask(name, size)

    def disc(self, name: str, size: int, back: str, front: str) -> tk.PhotoImage:
        """An icon on a filled circle."""
        key = ("disc", *self._key(name), size, back, front)
        if key not in self._made:
            size -= size % 2
            self._made[key] = self._image(key, lambda: self._draw_disc(name, size, back, front))
        return self._made[key]

    def _read(self, data: bytes) -> Mask:
        from ctk.ui.widgets import masks

        return masks.read(self._master, data)

    def _key(self, name: str) -> tuple[str, ...]:
        return (name, self._others[name][0]) if name in self._others else (name,)

    def _mask(self, name: str, size: int, gap: int = 0, part: float = 1.0) -> Mask:
        key = (*self._key(name), size, gap, part)
        if key not in self._masks:
            self._masks[key] = self._draw(name, size, gap, part)
        return self._masks[key]

    def _draw(self, name: str, size: int, gap: int, part: float) -> Mask:
        if name in self._others:
            from ctk.ui.widgets import masks

            return [line + bytes(gap) for line in masks.fitted(self._others[name][1], size, part)]
        shape = SHAPES[name] if part == 1 else scaled(SHAPES[name], part)
        return mask(shape, size + gap, size, GRID / size)

    def _draw_disc(self, name: str, size: int, back: str, front: str) -> bytes:
        return png(round_box(size, size // 2, 0), back, self._mask(name, size, part=ON_DISC), front)

    def _image(self, key: tuple[object, ...], draw: Callable[[], bytes]) -> tk.PhotoImage:
        return tk.PhotoImage(master=self._master, data=self._kept.get(key, draw))
