"""The panel beside the list: what the result can be narrowed down by, with counts, and the saved searches."""

import tkinter as tk
from collections.abc import Callable, Hashable
from tkinter import ttk

from ctk.ui.models.filter_lines import Line
from ctk.ui.models.filters import Filters
from ctk.ui.models.words import safe
from ctk.ui.theme import Theme
from ctk.ui.widgets.ticks import Item, Ticks


class FiltersView(ttk.Frame):
    """``ticks`` is the list; ``leave()`` gives the keys back."""

    def __init__(self, master: tk.Misc, theme: Theme, filters: Filters, leave: Callable[[], None]) -> None:
        px = theme.px
        super().__init__(master)
        self.pack_propagate(False)
        self._filters = filters
        self._lines: dict[Hashable, Line] = {}
        head = ttk.Frame(self, padding=(px(14), px(8), px(8), px(4)))
        ttk.Label(head, text="Filters", style="Muted.TLabel").pack(side="left")
        self.clear = ttk.Button(head, text="Clear", style="Link.TButton", command=filters.clear)
        head.configure(height=self.clear.winfo_reqheight() + px(12))
        head.pack_propagate(False)
        head.pack(fill="x")
        self.ticks = Ticks(self, px=px, icon=lambda name, colour: theme.icon(name, 14, colour))
        self.ticks.pack(fill="both", expand=True)
        self.ticks.on_press = self._press
        self.ticks.on_cross = lambda key: filters.forget(self._lines[key])
        self.ticks.on_fold = lambda key, folded: filters.fold(self._lines[key], folded)
        self.ticks.canvas.bind("<Escape>", lambda _: leave())
        filters.changed.connect(self._paint)
        self._paint()

    def _press(self, key: Hashable) -> None:
        line = self._lines[key]
        if line.kind != "save":
            self._filters.press(line)
        elif not line.idle:
            self.ticks.ask(key, self._filters.save)

    def _paint(self) -> None:
        self._lines = {line.key: line for line in self._filters.lines}
        self.ticks.show([_item(line) for line in self._filters.lines])
        if self._filters.any_chosen:
            self.clear.pack(side="right")
        else:
            self.clear.pack_forget()


def _item(line: Line) -> Item:
    text = safe(line.text)
    match line.kind:
        case "title":
            return Item("title", line.key, text, _label(line, line.note), "down" if line.on else "right", line.on)
        case "saved":
            return Item("choice", line.key, text, mark="search", on=line.on, loose=True)
        case "save":
            return Item("link", line.key, text, mark="plus", dim=line.idle)
        case "more":
            return Item("link", line.key, text)
    mark = "check" if line.on else ""
    return Item("choice", line.key, _label(line, line.text), line.note, mark, line.on, line.idle)


def _label(line: Line, text: str) -> str:
    """Formats are written as in the list."""
    return safe(text.upper() if line.part == "format" else text)
