"""A row of stars to click on."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

COUNT = 5


class Stars(ttk.Frame):
    """``picked(stars)`` is called for a click: that many, or none for a click on the last one that is lit."""

    def __init__(self, master: tk.Misc, *, picked: Callable[[int], None]) -> None:
        super().__init__(master)
        self.value = 0
        self._picked = picked
        self._lit: tk.PhotoImage | str = ""
        self._dark: tk.PhotoImage | str = ""
        self._stars = [self._make(number) for number in range(1, COUNT + 1)]
        self.bind("<Leave>", lambda _: self._paint(self.value))

    def set(self, value: int) -> None:
        self.value = value
        self._paint(value)

    def set_icons(self, lit: tk.PhotoImage, dark: tk.PhotoImage) -> None:
        """Its pictures, also after a change of look."""
        self._lit, self._dark = lit, dark
        self._paint(self.value)

    def _make(self, number: int) -> ttk.Label:
        star = ttk.Label(self, cursor="hand2")
        star.bind("<Enter>", lambda _: self._paint(number))
        star.bind("<Button-1>", lambda _: self._picked(0 if number == self.value else number))
        star.pack(side="left")
        return star

    def _paint(self, value: int) -> None:
        for number, star in enumerate(self._stars, 1):
            star.configure(image=self._lit if number <= value else self._dark)
