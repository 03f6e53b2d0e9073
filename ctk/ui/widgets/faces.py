"""Round boxes that stretch behind widgets, as ttk elements made of pictures."""

import tkinter as tk
from tkinter import ttk
from typing import Any

from ctk.ui.widgets.drawing import Colour, png, round_box, stretched
from ctk.ui.widgets.kept import Kept


class Faces:
    """One for each state of a widget. ``radius`` of the corners, ``line`` around them and ``inset`` are pixels,
    ``middle`` is how far a picture goes without laying it twice. ``ground`` is what they lie on, where that is one
    colour: they are drawn several times as fast then."""

    def __init__(
        self,
        style: ttk.Style,
        kept: Kept,
        fill: Colour,
        edge: Colour,
        *,
        radius: int,
        line: int = 1,
        inset: int = 0,
        ground: Colour = "",
        middle: tuple[int, int] = (32, 12),
    ) -> None:
        self.images: list[tk.PhotoImage] = []
        self._style = style
        self._kept = kept
        self._line = max(1, line)
        self._radius = max(1, radius)
        self._plain = (fill, edge)
        self._ground = ground
        self._inset = inset
        self._middle = middle

    def make(self, name: str, states: dict[str, tuple[Colour, Colour]], *, width: int = 0, height: int = 0) -> None:
        """Create the element ``name``: its plain face, and others for ``states``, the first that fits; one without
        a colour to fill it is filled as the plain one, one without any colour is not to be seen."""
        border = self._radius + self._inset
        side = 2 * border + 2
        plain = self._face(side, *self._plain)
        faces = [
            (state, self._face(side, fill or self._plain[0], edge) if edge else self._none(side))
            for state, (fill, edge) in states.items()
        ]
        options = {"border": border, "sticky": "nswe", "padding": self._line}
        create: Any = self._style.element_create  # its stub knows no list of states
        create(name, "image", plain, *faces, width=max(width, side), height=max(height, side), **options)

    def _face(self, side: int, fill: Colour, edge: Colour) -> tk.PhotoImage:
        shape = (side, self._radius, self._inset, self._line, self._middle)
        picture = self._kept.get(("face", shape, fill, edge, self._ground), lambda: self._draw(side, fill, edge))
        image = tk.PhotoImage(master=self._style.master, data=picture)
        self.images.append(image)
        return image

    def _none(self, side: int) -> tk.PhotoImage:
        self.images.append(tk.PhotoImage(master=self._style.master, width=side, height=side))
        return self.images[-1]

    def _draw(self, side: int, fill: Colour, edge: Colour) -> bytes:
        outer = stretched(round_box(side, self._radius, self._inset), *self._middle)
        inner = None
        if fill != edge:
            within = round_box(side, max(0, self._radius - self._line), self._inset + self._line)
            inner = stretched(within, *self._middle)
        return png(outer, edge, inner, fill, self._ground)
