"""The first page: what this is, and one thing to do."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from ctk.records import JobStatus
from ctk.ui.models.jobs import Scans
from ctk.ui.theme import Theme


class StartPage(ttk.Frame):
    """Shown while the catalog is empty."""

    def __init__(self, master: tk.Misc, theme: Theme, scans: Scans, add: Callable[[], None]) -> None:
        super().__init__(master, style="Surface.TFrame")
        px = theme.px
        middle = ttk.Frame(self, style="Surface.TFrame")
        middle.place(relx=0.5, rely=0.45, anchor="center")
        self._logo = theme.logo() if theme.scale >= 1.5 else theme.logo().subsample(2)
        ttk.Label(middle, image=self._logo, style="Surface.TLabel").pack(pady=(0, px(24)))
        ttk.Label(middle, text="Where are all your sounds?", style="Hero.Surface.TLabel").pack()
        ttk.Label(
            middle,
            text="Point at the folders and drives that hold your samples, loops and recordings.\n"
            "Every sound in them can then be found by typing, and heard by pressing an arrow key.",
            style="Quiet.Surface.TLabel",
            justify="center",
        ).pack(pady=(px(10), px(26)))
        self.add = ttk.Button(middle, text="Add folder...", style="Accent.TButton", command=add)
        self.add.bind("<Return>", lambda _: self.add.invoke())
        self.add.pack()
        self._note = ttk.Label(middle, style="Quiet.Surface.TLabel", justify="center")
        self._note.pack(pady=(px(22), 0))
        self._rest()
        scans.changed.connect(self._paint)

    def _rest(self) -> None:
        self._note.configure(text="Your files stay where they are; nothing is moved or changed.")

    def _paint(self, status: JobStatus | None) -> None:
        if status is None:
            self._rest()
        else:
            self._note.configure(text=status.progress.words)
