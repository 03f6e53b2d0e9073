"""Texts in parts, such as ``Samples / Drums / Kicks``, made to fit: what comes last tells most, so the first parts go.

A character is measured once, and a text once for a width: a list that scrolls has no time for more.
"""

import tkinter as tk
from tkinter import ttk
from typing import Final

BETWEEN: Final = " / "
LEFT_OUT: Final = "…"
KEPT: Final = 5_000
"""So many texts are remembered."""


class Fitting:
    """``fit`` texts that are drawn in the font of a style; ``renew`` when this may be another."""

    def __init__(self, widget: tk.Misc, style: str) -> None:
        self._widget = widget
        self._style = style
        self._room = 0
        self._fitted: dict[str, str] = {}
        self.renew()

    def renew(self) -> None:
        """Measure anew."""
        self._font = ttk.Style(self._widget).lookup(self._style, "font") or "TkDefaultFont"
        self._widths: dict[str, int] = {}
        self._fitted.clear()

    def fit(self, text: str, room: int) -> str:
        """``text``, or as many of its last parts as are no wider than ``room`` pixels; never less than the last."""
        if room != self._room or len(self._fitted) > KEPT:
            self._room = room
            self._fitted.clear()
        known = self._fitted.get(text)
        if known is None:
            known = self._fitted[text] = self._shortened(text, room)
        return known

    def _shortened(self, text: str, room: int) -> str:
        parts, shorter = text.split(BETWEEN), text
        for first in range(1, len(parts)):
            if self._width(shorter) <= room:
                break
            shorter = BETWEEN.join((LEFT_OUT, *parts[first:]))
        return shorter

    def _width(self, text: str) -> int:
        widths = self._widths
        for char in {*text}.difference(widths):
            widths[char] = int(self._widget.tk.call("font", "measure", self._font, char))
        return sum([widths[char] for char in text])
