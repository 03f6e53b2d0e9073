"""The pages of the window with their tabs, and the drawer below them."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from tkinter import ttk

from ctk.ui.models.signal import Signal
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Drawer
from ctk.ui.views.tabs import Tabs
from ctk.ui.widgets.retiring import retire

CATALOG, SOURCES, DUPLICATES, MAP = "Catalog", "Sources", "Duplicates", "Map"
NAMES = {"catalog": CATALOG, "sources": SOURCES, "duplicates": DUPLICATES, "map": MAP}
"""What pages are called, by what a look calls them."""
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
        self._listed: tuple[str, ...] = ()
        self._tabs: Tabs | None = None
        self._shown: ttk.Frame | None = None
        self._cover: ttk.Frame | None = None
        self.stage.grid(row=1, column=0, sticky="nswe")
        self.drawer.grid(row=2, column=0, sticky="we")
        self.drawer.grid_remove()
        self.rowconfigure(1, weight=1)
        self.columnconfigure(0, weight=1)

    def add(self, pages: Mapping[str, Make], tabs: Sequence[str] | None = None) -> None:
        """All pages by their names, each made when it is first shown; the first is shown now. These have ``tabs``, if
        not all."""
        self._makers = pages
        self.list(tuple(pages) if tabs is None else tabs)
        self.show(next(iter(pages)))

    def list(self, names: Sequence[str]) -> None:
        """These have tabs, in this order; without any there are no tabs. The page in sight stays."""
        names = tuple(name for name in names if name in self._makers)
        if names == self._listed:
            return
        self._listed = names
        if self._tabs is not None:
            retire(self._tabs)
            self._tabs = None
        if names:
            self._tabs = Tabs(self, self._theme, names, self.show)
            self._tabs.mark(self.name or names[0])
            self._tabs.lower(self.stage)
            self._put_tabs()

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
        self._put_tabs()

    def _put_tabs(self) -> None:
        if self._tabs is not None and self._cover is None:
            self._tabs.grid(row=0, column=0, sticky="we")
        elif self._tabs is not None:
            self._tabs.grid_remove()
