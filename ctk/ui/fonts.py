"""The fonts of the window by their names, in the family and the sizes that a look wants."""

import tkinter as tk
from tkinter import font
from typing import Final

from ctk.looks.look import Fonts as Wanted
from ctk.ui.widgets.columns import WRITING

SMALL, LARGE, STRONG, STRONG_LARGE, HERO = "CtkSmall", "CtkLarge", "CtkStrong", "CtkStrongLarge", "CtkHero"
PLAIN: Final = ("TkDefaultFont", "TkTextFont", "TkMenuFont")
BOLD: Final = (STRONG, STRONG_LARGE, HERO)
LEAST_POINTS: Final = 8


class Fonts:
    """``use`` changes them wherever they are shown. They begin as the system's own, in four sizes."""

    def __init__(self, root: tk.Misc) -> None:
        base = font.nametofont("TkDefaultFont", root)
        self._root = root
        self._family, size = str(base.actual("family")), int(base.actual("size"))
        points = {SMALL: max(size - 1, LEAST_POINTS), LARGE: size + 1}
        self._points = points | {STRONG: size, STRONG_LARGE: size + 2, HERO: size * 2}
        made = [font.Font(root, name=name, weight="bold" if name in BOLD else "normal") for name in self._points]
        self._fonts = dict(zip(self._points, made, strict=True))
        for name in PLAIN:
            self._points[name] = size
            self._fonts[name] = font.nametofont(name, root)
        self._used: Wanted | None = None
        self.use(Wanted())

    def use(self, wanted: Wanted) -> None:
        """The first family that is installed, and so many per cent of the usual sizes."""
        if wanted == self._used:
            return
        family = self._installed(wanted.family)
        for name, made in self._fonts.items():
            made.configure(family=family, size=self._size(self._points[name], wanted.size))
        self._root.setvar(WRITING, str(wanted.size))
        self._used = wanted

    def _installed(self, families: tuple[str, ...]) -> str:
        there = {name.casefold(): name for name in font.families(self._root)} if families else {}
        return next((there[name.casefold()] for name in families if name.casefold() in there), self._family)

    def _size(self, points: int, percent: int) -> int:
        """Points where they are whole, or else pixels, which Tk takes below zero."""
        if percent == 100:
            return points
        return -max(1, round(points * percent / 100 * float(self._root.tk.call("tk", "scaling"))))
