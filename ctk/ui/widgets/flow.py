"""Widgets in lines, as words in a text: those that do not fit go on below."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from ctk.ui.widgets.retiring import retire


class Flow(ttk.Frame):
    """As high as the lines are, for the width it is given. ``gap`` pixels are between neighbours and lines."""

    def __init__(self, master: tk.Misc, *, gap: int, style: str = "TFrame") -> None:
        super().__init__(master, style=style, width=1, height=1)
        self._gap = gap
        self._shown: Sequence[tk.Widget] = ()
        self.bind("<Configure>", lambda _: self._lay_out())
        self.bind("<<ThemeChanged>>", lambda _: self.after_idle(self._dress))

    def show(self, widgets: Sequence[tk.Widget]) -> None:
        """These now, which were made inside; those that were shown before and are not any more go."""
        for widget in self._shown:
            if widget not in widgets:
                retire(widget)
        self._shown = widgets
        self._lay_out()

    def _dress(self) -> None:
        """There is another look, and all that is shown has taken it on."""
        if self.winfo_exists():
            self._lay_out()

    def _lay_out(self) -> None:
        room, gap = self.winfo_width(), self._gap
        x = y = line = 0
        for widget in self._shown:
            width, height = widget.winfo_reqwidth(), widget.winfo_reqheight()
            if x and x + width > room:
                x, y, line = 0, y + line + gap, 0
            widget.place(x=x, y=y, width=min(width, max(room, 1)))
            x, line = x + width + gap, max(line, height)
        wanted = max(1, y + line)
        if int(self.cget("height")) != wanted:
            self.configure(height=wanted)
