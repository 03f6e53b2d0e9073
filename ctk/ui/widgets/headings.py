"""Headings of a table that can be dragged to another place; a line shows where one would go."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Any

DISTANCE = "5p"
"""A hand shakes, so that much is no drag yet."""


class Headings:
    """``shown()`` names the columns in sight, the first of which stays where it is; ``moved(id, before)`` tells that
    one was dragged before another, or (``None``) to the end."""

    def __init__(
        self, tree: ttk.Treeview, shown: Callable[[], Sequence[str]], moved: Callable[[str, str | None], None]
    ) -> None:
        self._tree = tree
        self._shown = shown
        self._moved = moved
        self._from: tuple[int, int] | None = None
        self._to: int | None = None
        self._mark: tk.Frame | None = None
        tag = f"Headings{tree}"
        tree.bindtags((tag, *tree.bindtags()))
        tree.bind_class(tag, "<Button-1>", self._press)
        tree.bind_class(tag, "<B1-Motion>", self._drag)
        tree.bind_class(tag, "<ButtonRelease-1>", self._release)

    def _press(self, event: "tk.Event[Any]") -> None:
        self._from = self._to = None
        if str(self._tree.identify_region(event.x, event.y)) == "heading":
            at = self._at(event.x)
            self._from = (at, event.x) if at else None

    def _drag(self, event: "tk.Event[Any]") -> None:
        if self._from is None:
            return
        at, x = self._from
        if self._to is None and abs(event.x - x) < self._tree.winfo_pixels(DISTANCE):
            return
        edges = self._edges()
        self._to = min(range(1, len(edges)), key=lambda place: abs(edges[place] - event.x))
        if self._to in (at, at + 1):  # where it is
            self._hide()
        else:
            self._show(edges[self._to])

    def _release(self, _: "tk.Event[Any]") -> None:
        begun, to, shown = self._from, self._to, self._shown()
        self._from = self._to = None
        self._hide()
        if begun is not None and to is not None and to not in (begun[0], begun[0] + 1):
            self._tree.after_idle(self._moved, shown[begun[0]], shown[to] if to < len(shown) else None)

    def _edges(self) -> list[int]:
        """Where columns begin, and where the last one ends, in pixels from the left."""
        edges = [-round(float(self._tree.xview()[0]) * self._whole())]
        for width in self._widths():
            edges.append(edges[-1] + width)
        return edges

    def _widths(self) -> list[int]:
        names = ["#0", *self._shown()[1:]]
        return [int(self._tree.column(name, "width")) for name in names]

    def _whole(self) -> int:
        return sum(self._widths())

    def _at(self, x: int) -> int:
        edges = self._edges()
        return max(place for place in range(len(edges)) if edges[place] <= x or place == 0)

    def _show(self, x: int) -> None:
        if self._mark is None:
            self._mark = tk.Frame(self._tree, borderwidth=0, highlightthickness=0)
        colour = ttk.Style(self._tree).lookup("Table.Treeview.Heading", "foreground")
        self._mark.configure(background=str(colour))
        self._mark.place(x=x - 1, y=0, width=2, relheight=1)

    def _hide(self) -> None:
        if self._mark is not None:
            self._mark.place_forget()
