"""Folders that lie inside others: which pack is mostly in which."""

import os
import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from ctk.records import Overlap
from ctk.ui.models import plan_words, words
from ctk.ui.models.duplicates import Duplicates
from ctk.ui.models.library import Library
from ctk.ui.theme import Theme
from ctk.ui.widgets.columns import Column
from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.table import HERE, Line, Table


class FolderList(ttk.Frame):
    """One line for each folder that shares its sounds with another."""

    def __init__(self, master: tk.Misc, theme: Theme, duplicates: Duplicates, library: Library) -> None:
        super().__init__(master)
        self._theme = theme
        self._duplicates = duplicates
        self._library = library
        px = theme.px
        self.table = Table(
            self,
            [
                Column("folder", "Folder", px(360), px(140), stretch=True),
                Column("share", "How much of it", px(110), px(80), "e"),
                Column("inside", "Is also in", px(360), px(140), stretch=True),
                Column("files", "Files", px(120), px(60), "e"),
                Column("size", "Size", px(90), px(60), "e"),
            ],
            self._lines,
        )
        self.table.on_pick = self._pick
        self.table.pack(fill="both", expand=True)
        library.changed.connect(self.table.refresh)
        duplicates.changed.connect(lambda: self.table.reset(len(duplicates.overlaps), focus=self.table.focus_at))
        theme.changed.connect(self._paint_look)
        self._paint_look()

    def focused(self) -> Overlap | None:
        """The line with the focus."""
        at, overlaps = self.table.focus_at, self._duplicates.overlaps
        return overlaps[at] if at is not None and at < len(overlaps) else None

    def focus_on(self, position: int) -> None:
        self.table.focus_on(position)

    def _pick(self, position: int, _: Pick) -> None:
        self.table.focus_on(position)

    def _lines(self, offset: int, limit: int) -> Sequence[Line | None]:
        return [
            Line(self._cells(overlap), offset + at == self.table.focus_at)
            for at, overlap in enumerate(self._duplicates.overlaps[offset : offset + limit])
        ]

    def _cells(self, overlap: Overlap) -> tuple[str, ...]:
        roots = self._library.roots
        return (
            words.folder(os.path.join(overlap.folder, ""), roots),
            "all of it" if overlap.shared >= overlap.files else f"{min(overlap.percent, 99.9):.3g} %",
            words.folder(os.path.join(overlap.inside, ""), roots),
            f"{overlap.shared:,} of {plan_words.files(overlap.files)}",
            words.size(overlap.bytes),
        )

    def _paint_look(self) -> None:
        self.table.colour(HERE, background=self._theme.tokens.hover)
