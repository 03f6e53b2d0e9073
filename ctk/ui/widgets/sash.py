"""Borders that can be dragged: a strip to take hold of comes up where the pointer is near one."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

_BUTTONS = 0x1F00
"""Bits of an event's state: a button is held."""


class Border(NamedTuple):
    """A line at ``x``, ``y`` in the master, ``length`` pixels long; ``key`` tells its owner which one it is."""

    key: Any
    upright: bool
    x: int
    y: int
    length: int


class Sashes:
    """``borders()`` says where they are now. ``begun(key)``, ``moved(key, by)`` and ``ended(key)`` tell of a drag,
    ``by`` how many pixels from where it began; ``reset(key)`` of a double click."""

    def __init__(
        self,
        master: tk.Misc,
        borders: Callable[[], Sequence[Border]],
        *,
        reach: int,
        colour: Callable[[], str],
        begun: Callable[[Any], None],
        moved: Callable[[Any, int], None],
        ended: Callable[[Any], None],
        reset: Callable[[Any], None],
    ) -> None:
        self._master = master
        self._borders = borders
        self._reach = reach
        self._colour = colour
        self._begun, self._moved, self._ended, self._reset = begun, moved, ended, reset
        self._near: Border | None = None
        self._held: int | None = None
        self.strip = strip = tk.Frame(master, borderwidth=0, highlightthickness=0)
        strip.bind("<Leave>", lambda _: self._hide() if self._held is None else None)
        strip.bind("<Button-1>", self._press)
        strip.bind("<B1-Motion>", self._drag)
        strip.bind("<ButtonRelease-1>", self._release)
        strip.bind("<Double-Button-1>", self._double)
        master.winfo_toplevel().bind("<Motion>", self._pass, add=True)

    def _pass(self, event: "tk.Event[Any]") -> None:
        """The pointer goes by."""
        inside = str(event.widget)
        if self._held is not None or int(event.state) & _BUTTONS or not inside.startswith(f"{self._master}"):
            return
        if inside == str(self.strip) or not self._master.winfo_viewable():
            return
        x, y = event.x_root - self._master.winfo_rootx(), event.y_root - self._master.winfo_rooty()
        for border in self._borders():
            away, along = (x - border.x, y - border.y) if border.upright else (y - border.y, x - border.x)
            if abs(away) <= self._reach and 0 <= along < border.length:
                self._show(border)
                return

    def _show(self, border: Border) -> None:
        self._near = border
        wide = 2 * self._reach + 1
        cursor = "sb_h_double_arrow" if border.upright else "sb_v_double_arrow"
        self.strip.configure(background=self._colour(), cursor=cursor)
        if border.upright:
            self.strip.place(x=border.x - self._reach, y=border.y, width=wide, height=border.length)
        else:
            self.strip.place(x=border.x, y=border.y - self._reach, width=border.length, height=wide)
        self.strip.lift()

    def _hide(self) -> None:
        self._near = None
        self.strip.place_forget()

    def _press(self, event: "tk.Event[Any]") -> None:
        if self._near is not None:
            self._held = event.x_root if self._near.upright else event.y_root
            self._begun(self._near.key)

    def _drag(self, event: "tk.Event[Any]") -> None:
        if self._near is None or self._held is None:
            return
        key = self._near.key
        self._moved(key, (event.x_root if self._near.upright else event.y_root) - self._held)
        for border in self._borders():
            if border.key == key:
                self._show(border)

    def _release(self, event: "tk.Event[Any]") -> None:
        if self._near is not None and self._held is not None:
            self._held = None
            self._ended(self._near.key)
            if self.strip.winfo_containing(event.x_root, event.y_root) is not self.strip:
                self._hide()

    def _double(self, _: "tk.Event[Any]") -> None:
        if self._near is not None:
            self._held = None
            self._reset(self._near.key)
            self._hide()
