"""The search box with its count, and why a text cannot be read."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from ctk.ui.models import words
from ctk.ui.models.library import Library
from ctk.ui.models.remembered import let_go
from ctk.ui.models.search import Search
from ctk.ui.models.selection import Selection
from ctk.ui.theme import Theme
from ctk.ui.widgets.field import Field
from ctk.ui.widgets.tip import Tip

FILTERS, NO_FILTERS = "Filters", "This look has no place for filters"


class SearchBar(ttk.Frame):
    """``enter()`` is called when the user goes on to what was found, ``leave()`` when only the keys do. ``filters`` is
    the button for the panel."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        search: Search,
        selection: Selection,
        library: Library,
        *,
        enter: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(master, padding=(theme.px(16), theme.px(12), theme.px(16), theme.px(10)))
        self._theme = theme
        self._search = search
        self._selection = selection
        self._library = library
        self.filters = ttk.Button(self, style="Flat.TButton")
        self._filters_tip = Tip(self.filters, FILTERS)
        self.field = Field(self, hint="Search names and folders", changed=search.type)
        self._count = ttk.Label(self, style="Muted.TLabel", anchor="e")
        self._width = 0
        self._trouble = ttk.Label(self, style="Danger.TLabel", padding=(theme.px(4), theme.px(6), 0, 0))
        self.filters.grid(row=0, column=0, padx=(0, theme.px(8)))
        self.field.grid(row=0, column=1, sticky="we")
        self._count.grid(row=0, column=2, padx=(theme.px(16), 0))
        self.columnconfigure(1, weight=1)
        self.bind("<Configure>", lambda event: self._trouble.configure(wraplength=event.width - theme.px(32)))
        self._bind_keys(enter, leave)
        self.field.put(search.wanted.text)
        let_go(search, lambda: self.field.put(""))
        theme.changed.connect(self._paint_icons)
        search.answered.connect(lambda *_: self._paint())
        search.trouble.connect(self._show_trouble)
        selection.changed.connect(self._paint)
        library.changed.connect(self._paint)
        self._paint_icons()

    @property
    def trouble(self) -> str:
        """Why the text cannot be read; empty when it can."""
        return str(self._trouble.cget("text"))

    def allow_filters(self, on: bool) -> None:
        """Whether there can be filters."""
        self.filters.state(["!disabled" if on else "disabled"])
        self._filters_tip.text = FILTERS if on else NO_FILTERS

    def _bind_keys(self, enter: Callable[[], None], leave: Callable[[], None]) -> None:
        entry = self.field.entry
        for key in ("Down", "Next", "Return"):
            entry.bind(f"<{key}>", lambda _: enter())
        entry.bind("<Escape>", lambda _: self.field.clear() if self.field.text else leave())

    def _paint(self) -> None:
        """``3 picked · 1,234 of 20,770 sounds``; never narrower than before, so that the box stays put."""
        total, picked = self._search.total, len(self._selection.marks)
        stats = self._library.stats
        text = words.sounds(total)
        if self._search.ask.text and stats is not None:
            text = f"{total:,} of {words.sounds(max(stats.files, total))}"
        if picked > 1:
            text = f"{picked:,} picked  ·  {text}"
        self._width = max(self._width, len(text))
        self._count.configure(text=text, width=self._width)

    def _show_trouble(self, sentence: str) -> None:
        self.field.mark(bool(sentence))
        self._trouble.configure(text=sentence)
        if sentence:
            self._trouble.grid(row=1, column=1, columnspan=2, sticky="w")
        else:
            self._trouble.grid_remove()

    def _paint_icons(self) -> None:
        theme = self._theme
        muted = theme.tokens.muted
        self.filters.configure(image=theme.icon("filter", 18, muted))
        self.field.set_icons(theme.icon("search", 18, muted), theme.icon("clear", 16, muted))
