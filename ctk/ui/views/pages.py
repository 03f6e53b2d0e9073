"""The pages of the window with their tabs, and the drawer below them."""

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk

from ctk.ui.models.signal import Signal
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Drawer
from ctk.ui.views.tabs import Tabs

CATALOG, SOURCES, DUPLICATES, MAP = "Catalog", "Sources", "Duplicates", "Map"
Make = Callable[[tk.Misc], ttk.Frame]
"""Builds a page inside the widget it is given."""


class Pages(ttk.Frame):
    """``add`` pages, which live in ``stage``; ``show`` one, or a ``cover`` over all. ``turned(name)`` tells of it."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self.turned: Signal[[str]] = Signal()
        self.name = ""
        self.stage = ttk.Frame(self)
        self.drawer = Drawer(self, theme)
        self._theme = theme
        self._makers: Mapping[str, Make] = {}
        self._pages: dict[str, ttk.Frame] = {}
        self._tabs: Tabs | None = None
        self._shown: ttk.Frame | None = None
        self._cover: ttk.Frame | None = None
        self.stage.grid(row=1, column=0, sticky="nswe")
        self.drawer.grid(row=2, column=0, sticky="we")
        self.drawer.grid_remove()
        self.rowconfigure(1, weight=1)
        self.columnconfigure(0, weight=1)

    def add(self, pages: Mapping[str, Make]) -> None:
        """All pages by the names of their tabs, each made when it is first shown; the first is shown now."""
        self._makers = pages
        self._tabs = Tabs(self, self._theme, tuple(pages), self.show)
        self._tabs.grid(row=0, column=0, sticky="we")
        self.show(next(iter(pages)))

    def show(self, name: str) -> None:
        """Turn to a page."""
        if name == self.name:
            return
        self.name = name
        if name not in self._pages:
            self._pages[name] = self._makers[name](self.stage)
        if self._tabs is not None:
            self._tabs.mark(name)
        self._put()
        self.turned(name)

    def cover(self, page: ttk.Frame | None) -> bool:
        """Show this instead of everything, or (``None``) what it covered; false when it is so already."""
        if page is self._cover:
            return False
        self._cover = page
        self._put()
        return True

    def _put(self) -> None:
        page = self._cover or self._pages[self.name]
        if page is self._shown:
            return
        if self._shown is not None:
            self._shown.pack_forget()
        page.pack(in_=self.stage, fill="both", expand=True)
        self._shown = page
        if self._tabs is not None:
            if self._cover is None:
                self._tabs.grid()
            else:
                self._tabs.grid_remove()
