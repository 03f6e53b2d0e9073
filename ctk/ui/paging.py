"""The pages of the window: made when they are first turned to, given the keys, and covered while there is nothing."""

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from ctk.ui.models.search import Answer
from ctk.ui.views.pages import CATALOG, DUPLICATES, MAP, SOURCES, Make

if TYPE_CHECKING:
    from ctk.ui.app import Window


class Paging:
    """Knows what is behind each name of a page."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def makers(self) -> dict[str, Make]:
        """What builds each page, by the name of its tab; the first is the one to begin with."""
        return {
            CATALOG: lambda _: self._window.catalog,
            SOURCES: lambda stage: self._window.folders.make_page(stage),  # noqa: PLW0108  # made when it is due
            DUPLICATES: self._make_duplicates,
            MAP: lambda stage: self._window.map.make_page(stage),  # noqa: PLW0108
        }

    def here(self) -> bool:
        """Whether the catalog is in sight."""
        return self._window.pages.name == CATALOG

    def arrive(self, name: str) -> None:
        """Another page is in sight: it gets the keys."""
        if name == DUPLICATES:
            self._window.cleanup.arrive()
        elif name == SOURCES:
            self._window.folders.arrive()
        elif name == MAP:
            self._window.map.arrive()
        else:
            self._window.catalog.arrive()

    def cover(self, answer: Answer, *_: bool) -> None:
        """The first page stands for an empty catalog, until there is something to list."""
        pages = self._window.pages
        if not answer.total and not answer.ask.text:
            if pages.cover(self._window.discovery.page):
                self._window.discovery.page.arrive()
        elif pages.cover(None):
            self.arrive(pages.name)

    def _make_duplicates(self, master: tk.Misc) -> ttk.Frame:
        page = self._window.cleanup.make_page(master)
        self._window.keyboard.add_list(page.table.tree)
        return page
