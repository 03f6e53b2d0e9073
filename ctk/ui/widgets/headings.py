"""Headings of a table that can be dragged to another place; a line shows where one would go.

They can have the keys as well; then a bar shows which of them has.
"""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Any, Final

DISTANCE = "5p"
"""A hand shakes, so that much is no drag yet."""
STEP, BAR = "9p", "3p"
"""How much wider or narrower by a key, and how high the bar is."""
WAYS: Final = {"Left": -1, "Right": 1}
WIDTHS: Final = {"Up": 1, "Down": -1}
_SHIFT = 0x1


class Headings:
    """``shown()`` names the columns in sight, the first of which stays where it is; ``moved(id, before)`` tells that
    one goes before another, or (``None``) to the end, ``widened(id, by)`` that it is to be so many pixels wider."""

    def __init__(
        self,
        tree: ttk.Treeview,
        shown: Callable[[], Sequence[str]],
        moved: Callable[[str, str | None], None],
        widened: Callable[[str, int], None],
    ) -> None:
        self._tree = tree
        self._shown = shown
        self._moved = moved
        self._widened = widened
        self._here = ""
        self._done: Callable[[], None] | None = None
        self._from: tuple[int, int] | None = None
        self._to: int | None = None
        self._mark: tk.Frame | None = None
        tag = f"Headings{tree}"
        tree.bindtags((tag, *tree.bindtags()))
        tree.bind_class(tag, "<Button-1>", self._press)
        tree.bind_class(tag, "<B1-Motion>", self._drag)
        tree.bind_class(tag, "<ButtonRelease-1>", self._release)

    def hold(self, colour: str, done: Callable[[], None]) -> None:
        """Give the keys to the heading that had them last, or the first; ``done()`` when they are to go back."""
        self._done = done
        mark = self._made_mark()
        mark.configure(background=colour)
        mark.bind("<Key>", self._typed)
        mark.bind("<FocusOut>", lambda _: self._leave(told=False))
        self._point(self._here)
        mark.update_idletasks()  # what is not in sight yet gets the keys late
        mark.focus_set()

    def _typed(self, event: "tk.Event[Any]") -> str | None:
        shown, key = list(self._shown()), event.keysym
        at = shown.index(self._here) if self._here in shown else 0
        if key in WAYS and int(event.state) & _SHIFT:
            to = at + WAYS[key]
            if at and 0 < to < len(shown):
                shown.insert(to, shown.pop(at))
                self._moved(self._here, shown[to + 1] if to + 1 < len(shown) else None)
        elif key in WAYS:
            self._here = shown[max(0, min(at + WAYS[key], len(shown) - 1))]
        elif key in WIDTHS:
            self._widened(self._here, WIDTHS[key] * self._tree.winfo_pixels(STEP))
        elif key in ("Return", "KP_Enter", "Escape", "Tab", "F8"):
            self._leave(told=True)
            return "break"
        else:
            return None
        self._point(self._here)
        return "break"

    def _point(self, id: str) -> None:
        """Put the bar above a column, which comes into sight."""
        shown = self._shown()
        at = shown.index(id) if id in shown else 0
        self._here = shown[at]
        left, right = self._edges()[at : at + 2]
        room = self._tree.winfo_width()
        if left < 0 or right > room:
            first = left if left < 0 or right - left > room else right - room
            self._tree.xview_moveto((first - self._edges()[0]) / max(1, self._whole()))
            left, right = self._edges()[at : at + 2]
        high = self._tree.winfo_pixels(BAR)
        self._made_mark().place(in_=self._tree, x=left, y=0, width=right - left, height=high, relheight=0)

    def _leave(self, *, told: bool) -> None:
        done, self._done = self._done, None
        if done is not None:
            self._hide()
            if told:
                done()

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

    def _made_mark(self) -> tk.Frame:
        if self._mark is None:
            beside = self._tree.master  # not inside: that the keys go there would not be told to who binds the tree
            self._mark = tk.Frame(beside, borderwidth=0, highlightthickness=0)
        return self._mark

    def _show(self, x: int) -> None:
        mark = self._made_mark()
        colour = ttk.Style(self._tree).lookup("Table.Treeview.Heading", "foreground")
        mark.configure(background=str(colour))
        mark.place(in_=self._tree, x=x - 1, y=0, width=2, height="", relheight=1)

    def _hide(self) -> None:
        if self._mark is not None:
            self._mark.place_forget()
