"""The line below the search box that says whose likes are listed."""

import tkinter as tk
from tkinter import ttk

from ctk.ui.models.likeness import Likeness
from ctk.ui.theme import Theme


class LikeLine(ttk.Frame):
    """In sight while there is something to say; its button brings the likest to the top."""

    def __init__(self, master: tk.Misc, theme: Theme, likeness: Likeness) -> None:
        super().__init__(master, padding=(theme.px(4), theme.px(6), 0, 0))
        self._likeness = likeness
        self._title = ttk.Label(self, style="Muted.TLabel")
        self.first = ttk.Button(self, text="Likest first", style="Link.TButton", command=likeness.order)
        self._title.pack(side="left")
        likeness.changed.connect(self._paint)
        self._paint()

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._title.cget("text")) if self.winfo_manager() else ""

    def _paint(self) -> None:
        self._title.configure(text=self._likeness.title)
        if self._likeness.out_of_order:
            self.first.pack(side="left")
        else:
            self.first.pack_forget()
        if self._likeness.title:
            self.grid(row=2, column=1, columnspan=2, sticky="w")
        else:
            self.grid_remove()
