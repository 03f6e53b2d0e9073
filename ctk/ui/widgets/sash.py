"""Borders that can be moved: a strip to take hold of comes up where the pointer is near one, or where the keys are."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

WAYS: Final = {"Left": (True, -1), "Right": (True, 1), "Up": (False, -1), "Down": (False, 1)}
"""Keys that move an upright or a lying border, to the left and up or to the right and down."""
STEP, SMALL_STEP = "12p", "1p"
"""How far, and with Shift."""
_SHIFT = 0x1
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
    ``by`` how many pixels from where it began; ``reset(key)`` of a double click. ``colours()`` are those of the strip,
    without and with the keys."""

    def __init__(
        self,
        master: tk.Misc,
        borders: Callable[[], Sequence[Border]],
        *,
        reach: int,
        colours: Callable[[], tuple[str, str]],
        begun: Callable[[Any], None],
        moved: Callable[[Any, int], None],
        ended: Callable[[Any], None],
        reset: Callable[[Any], None],
    ) -> None:
        self._master = master
        self._borders = borders
        self._reach = reach
        self._colours = colours
        self._begun, self._moved, self._ended, self._reset = begun, moved, ended, reset
        self._near: Border | None = None
        self._held: int | None = None
        self._left: Callable[[int], None] | None = None
        self.strip = strip = tk.Frame(master, borderwidth=0, highlightthickness=0)
        strip.bind("<Leave>", lambda _: self._hide())
        strip.bind("<Button-1>", self._press)
        strip.bind("<B1-Motion>", self._drag)
        strip.bind("<ButtonRelease-1>", self._release)
        strip.bind("<Double-Button-1>", self._double)
        strip.bind("<Key>", self._typed)
        strip.bind("<FocusOut>", lambda _: self._let_go())
        master.winfo_toplevel().bind("<Motion>", self._pass, add=True)

    def all(self) -> list[Any]:
        """Of the borders there are now."""
        return [border.key for border in self._borders()]

    def place(self, key: Any) -> Border | None:
        """Where a border is now."""
        return next((border for border in self._borders() if border.key == key), None)

    def hold(self, key: Any, left: Callable[[int], None]) -> None:
        """Give the keys to a border: arrows move it, Home has it where it usually is. ``left`` tells where they are to
        go from there: to the next border (1), the one before (-1), or back (0)."""
        self._left = left
        self._follow(key)
        self.strip.update_idletasks()  # what is not in sight yet gets the keys late
        self.strip.focus_set()

    def _pass(self, event: "tk.Event[Any]") -> None:
        """The pointer goes by."""
        inside = str(event.widget)
        if self._is_taken or int(event.state) & _BUTTONS or not inside.startswith(f"{self._master}"):
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
        self.strip.configure(background=self._colours()[self._left is not None], cursor=cursor)
        if border.upright:
            self.strip.place(x=border.x - self._reach, y=border.y, width=wide, height=border.length)
        else:
            self.strip.place(x=border.x, y=border.y - self._reach, width=border.length, height=wide)
        self.strip.lift()

    def _hide(self) -> None:
        if not self._is_taken:
            self._near = None
            self.strip.place_forget()

    @property
    def _is_taken(self) -> bool:
        return self._held is not None or self._left is not None

    def _follow(self, key: Any) -> None:
        """The strip goes to where the border is now."""
        border = self.place(key)
        if border is not None:
            self._show(border)

    def _press(self, event: "tk.Event[Any]") -> None:
        if self._near is not None:
            self._held = event.x_root if self._near.upright else event.y_root
            self._begun(self._near.key)

    def _drag(self, event: "tk.Event[Any]") -> None:
        if self._near is None or self._held is None:
            return
        key = self._near.key
        self._moved(key, (event.x_root if self._near.upright else event.y_root) - self._held)
        self._follow(key)

    def _release(self, event: "tk.Event[Any]") -> None:
        if self._near is not None and self._held is not None:
            self._held = None
            self._ended(self._near.key)
            if self.strip.winfo_containing(event.x_root, event.y_root) is not self.strip:
                self._hide()

    def _double(self, _: "tk.Event[Any]") -> None:
        if self._near is not None:
            self._held = None
            self._put_back(self._near.key)
            self._hide()

    def _typed(self, event: "tk.Event[Any]") -> str | None:
        border, key, shift = self._near, event.keysym, bool(int(event.state) & _SHIFT)
        if border is None or self._left is None:
            return None
        if key in WAYS:
            upright, way = WAYS[key]
            if upright == border.upright:
                self._step(border.key, way * self.strip.winfo_pixels(SMALL_STEP if shift else STEP))
        elif key == "Home":
            self._put_back(border.key)
        elif key in ("Tab", "ISO_Left_Tab", "F8"):
            self._let_go(-1 if shift else 1)
        elif key in ("Return", "KP_Enter", "Escape"):
            self._let_go(0)
        else:
            return None
        return "break"

    def _step(self, key: Any, by: int) -> None:
        self._begun(key)
        self._moved(key, by)
        self._ended(key)
        self._follow(key)

    def _put_back(self, key: Any) -> None:
        self._reset(key)
        self._follow(key)

    def _let_go(self, step: int | None = None) -> None:
        """The keys go on, or (``None``) have gone already."""
        left, self._left = self._left, None
        self._hide()
        if left is not None and step is not None:
            left(step)
