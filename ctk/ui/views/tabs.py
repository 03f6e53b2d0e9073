"""The names of the pages, side by side above them; one is always chosen."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from ctk.ui.theme import Theme


class Tabs(ttk.Frame):
    """``chosen(name)`` is called for a click; ``mark(name)`` shows which page is in sight."""

    def __init__(self, master: tk.Misc, theme: Theme, names: Sequence[str], chosen: Callable[[str], None]) -> None:
        px = theme.px
        super().__init__(master, padding=(px(12), px(8), px(12), 0))
        self._chosen = tk.StringVar(self, names[0])
        for name in names:
            ttk.Radiobutton(
                self,
                text=name,
                value=name,
                variable=self._chosen,
                style="Tab.Toolbutton",
                takefocus=False,
                command=lambda: chosen(self._chosen.get()),
            ).pack(side="left", padx=(0, px(4)))

    def mark(self, name: str) -> None:
        self._chosen.set(name)
