"""A slider for click and drag: a thin trough, filled up to where it stands, and a knob."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from ctk.ui.widgets.drawing import png, round_box

STEP = 0.02


class Slider(tk.Canvas):
    """Stands between 0 and 1. ``moved(value)`` is called while the user drags, ``settled(value)`` at the end.

    Its colours are those of the ttk style ``Slider``.
    """

    def __init__(
        self,
        master: tk.Misc,
        *,
        width: int,
        height: int,
        moved: Callable[[float], None] | None = None,
        settled: Callable[[float], None] | None = None,
    ) -> None:
        super().__init__(master, width=width, height=height, highlightthickness=0, borderwidth=0, takefocus=True)
        self.value = 0.0
        self.dragging = False
        self._moved = moved
        self._settled = settled
        self._enabled = True
        self._height = height
        self.bind("<Configure>", lambda _: self._paint())
        self.bind("<<ThemeChanged>>", lambda _: self._recolour())
        self.bind("<Button-1>", self._press)
        self.bind("<B1-Motion>", self._drag)
        self.bind("<ButtonRelease-1>", self._release)
        for key, step in (("Left", -STEP), ("Right", STEP), ("Down", -STEP), ("Up", STEP)):
            self.bind(f"<{key}>", self._stepper(step))
        self.bind("<FocusIn>", lambda _: self._recolour())
        self.bind("<FocusOut>", lambda _: self._recolour())
        self._recolour()

    def set(self, value: float) -> None:
        """Stand at ``value``; ignored while the user drags."""
        value = min(max(value, 0.0), 1.0)
        if not self.dragging and value != self.value:
            self.value = value
            self._paint()

    def enable(self, on: bool) -> None:
        if on != self._enabled:
            self._enabled = on
            self._paint()

    def _recolour(self) -> None:
        style = ttk.Style(self)
        focused = str(self.tk.call("focus")) == str(self)  # the menu bar, which may have it, is no widget
        self._trough = style.lookup("Slider", "troughcolor")
        self._fill = style.lookup("Slider", "foreground")
        knob = self._fill if focused else style.lookup("Slider", "indicatorcolor")
        self.configure(background=style.lookup("Slider", "background"))
        radius = max(4, self._height * 3 // 8)
        self._knob = tk.PhotoImage(master=self, data=png(round_box(2 * radius, radius, 0), knob))
        self._paint()

    def _paint(self) -> None:
        self.delete("all")
        margin, width = self._height / 2, self.winfo_width()
        x = margin + self.value * max(0.0, width - 2 * margin)
        self._stroke(width - margin, self._trough)
        if self._enabled:
            self._stroke(x, self._fill)
            self.create_image(x, self._height / 2, image=self._knob)

    def _stroke(self, end: float, colour: str) -> None:
        middle, thick = self._height / 2, max(2, self._height // 5)
        self.create_line(middle, middle, max(end, middle), middle, fill=colour, width=thick, capstyle="round")

    def _press(self, event: "tk.Event[Any]") -> None:
        if self._enabled:
            self.focus_set()
            self.dragging = True
            self._drag(event)

    def _drag(self, event: "tk.Event[Any]") -> None:
        if not self.dragging:
            return
        margin = self._height / 2
        self.value = min(max((event.x - margin) / max(1.0, self.winfo_width() - 2 * margin), 0.0), 1.0)
        self._paint()
        if self._moved:
            self._moved(self.value)

    def _release(self, _: "tk.Event[Any]") -> None:
        if self.dragging:
            self.dragging = False
            if self._settled:
                self._settled(self.value)

    def _stepper(self, step: float) -> Callable[["tk.Event[Any]"], str]:
        def stepped(_: "tk.Event[Any]") -> str:
            if self._enabled:
                self.set(self.value + step)
                for tell in (self._moved, self._settled):
                    if tell:
                        tell(self.value)
            return "break"

        return stepped
