"""Taking hold of what is picked in a list, to drag it away, beside what clicks mean there."""

import tkinter as tk
from collections.abc import Callable
from typing import Any, Protocol

from ctk.ui.widgets.gestures import Pick

_SHIFT, _CONTROL, _COMMAND = 0x1, 0x4, 0x8
"""Bits of an event's state; the last is only on macOS the Command key."""
DISTANCE = "5p"
"""A hand shakes, so that much is no drag yet."""


class List(Protocol):
    """The list, as far as it is taken hold of."""

    on_pick: Callable[[int, Pick], None]

    def position(self, y: int) -> int | None: ...


class Grip:
    """Calls ``lift(event)`` when the pointer moves on from a position that ``is_picked`` with the button down.

    A press on one of ``several`` picked ones leaves them picked, so that all can be dragged; they are let go of
    when the button is released right there.
    """

    def __init__(
        self,
        tree: tk.Misc,
        table: List,
        *,
        is_picked: Callable[[int], bool],
        several: Callable[[], bool],
        lift: Callable[["tk.Event[Any]"], None],
    ) -> None:
        self._tree = tree
        self._table = table
        self._is_picked = is_picked
        self._several = several
        self._lift = lift
        self._press: tuple[int, int, int] | None = None
        self._late = False
        tag = f"Grip{tree}"
        tree.bindtags((tag, *tree.bindtags()))
        tree.bind_class(tag, "<Button-1>", self._pressed)
        tree.bind_class(tag, "<B1-Motion>", self._moved)
        tree.bind_class(tag, "<ButtonRelease-1>", self._released)

    def _pressed(self, event: "tk.Event[Any]") -> str | None:
        position = self._table.position(event.y)
        self._press = None if position is None else (position, event.x_root, event.y_root)
        plain = not self._held(event)
        self._late = plain and position is not None and self._several() and self._is_picked(position)
        if not self._late:
            return None
        self._tree.focus_set()
        return "break"

    def _moved(self, event: "tk.Event[Any]") -> str | None:
        if self._press is None:
            return None
        position, x, y = self._press
        if max(abs(event.x_root - x), abs(event.y_root - y)) >= self._tree.winfo_pixels(DISTANCE):
            self._press, self._late = None, False
            if self._is_picked(position):
                self._lift(event)
        return "break"

    def _released(self, _: "tk.Event[Any]") -> None:
        late, press = self._late, self._press
        self._press, self._late = None, False
        if late and press is not None:
            self._table.on_pick(press[0], "only")

    def _held(self, event: "tk.Event[Any]") -> bool:
        """Whether a key is held that gives a click another meaning."""
        mac = self._tree.tk.call("tk", "windowingsystem") == "aqua"
        return bool(int(event.state) & (_SHIFT | _CONTROL | (_COMMAND if mac else 0)))
