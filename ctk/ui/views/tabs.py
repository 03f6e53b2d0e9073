"""The names of the pages, side by side above them; one is always chosen."""

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from ctk.ui.theme import Theme


class Tabs(ttk.Frame):
    """``chosen(name)`` is called for a click or an arrow key; ``mark(name)`` shows which page is in sight."""

    def __init__(self, master: tk.Misc, theme: Theme, names: Sequence[str], chosen: Callable[[str], None]) -> None:
        px = theme.px
        super().__init__(master, padding=(px(12), px(8), px(12), 0))
        self._names = names
        self._tell = chosen
        self._chosen = tk.StringVar(self, names[0])
        self._tabs = {name: self._tab(name) for name in names}
        for tab in self._tabs.values():
            tab.pack(side="left", padx=(0, px(4)))

    def mark(self, name: str) -> None:
        self._chosen.set(name)
        for each, tab in self._tabs.items():
            tab.configure(takefocus=each == name)

    def _tab(self, name: str) -> ttk.Radiobutton:
        tab = ttk.Radiobutton(
            self,
            text=name,
            value=name,
            variable=self._chosen,
            style="Tab.Toolbutton",
            takefocus=False,
            command=lambda: self._tell(self._chosen.get()),
        )
        for key, by in (("Left", -1), ("Right", 1), ("Up", -1), ("Down", 1)):
            tab.bind(f"<{key}>", partial(self._turn, by))
        return tab

    def _turn(self, by: int, _: object) -> str:
        """To the page beside this one; the keys stay here."""
        at = (self._names.index(self._chosen.get()) + by) % len(self._names)
        self._tell(self._names[at])
        self._tabs[self._names[at]].focus_set()
        return "break"
