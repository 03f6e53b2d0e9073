"""A word in a frame of its own, with a cross that takes it away."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import Any


class Chip(ttk.Button):
    """``pressed()`` is called for a click on the word, ``dropped()`` for one on the cross, where there is one; Space
    and Delete do the same."""

    def __init__(
        self,
        master: tk.Misc,
        text: str,
        *,
        pressed: Callable[[], None],
        dropped: Callable[[], None] | None = None,
        cross: tk.PhotoImage | str = "",
        style: str = "Chip.TButton",
    ) -> None:
        super().__init__(master, text=text, image=cross, compound="right", style=style)
        self._pressed = pressed
        self._dropped = dropped
        self._cross_width = cross.width() if isinstance(cross, tk.PhotoImage) else 0
        self.bind("<ButtonRelease-1>", self._released)
        for keys, act in ((("space", "Return"), pressed), (("Delete", "BackSpace"), dropped)):
            for key in keys:
                self.bind(f"<{key}>", partial(self._keyed, act))

    def _keyed(self, act: Callable[[], None] | None, _: object) -> str:
        if act is not None:
            self.after_idle(act)
        return "break"

    def _released(self, event: "tk.Event[Any]") -> None:
        width, height = self.winfo_width(), self.winfo_height()
        if not (self.instate(["pressed"]) and 0 <= event.x < width and 0 <= event.y < height):
            return
        if self._dropped is not None and event.x >= width - self._cross_width - height // 3:
            self.after_idle(self._dropped)
        else:
            self.after_idle(self._pressed)
