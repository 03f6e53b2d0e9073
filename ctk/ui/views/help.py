"""Help windows: the keys, how to search, what this is."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from ctk.ui import keys
from ctk.ui.theme import Theme

Lines = Sequence[tuple[str, str]]

KEYS: Lines = (
    ("Up, Down", "Go to the next sound and hear it"),
    ("Page up, Page down, Home, End", "Go further"),
    ("Space", "Play or pause"),
    ("Enter, double-click", "Play from the start"),
    ("Shift with any of these or a click", "Pick everything up to there"),
    (f"{keys.shown('Control-space', mac=False)}, {keys.shown('Control-X')[:-1]}click", "Pick one more, or one less"),
    (keys.shown("Control-a"), "Pick all"),
    (keys.shown("Control-f"), "Search; letters typed in the list go there, too"),
    ("Esc", "Clear the search"),
    (keys.shown("Control-o"), "Add a folder"),
    (keys.shown("F5"), "Scan all folders again"),
)

WORDS: Lines = (
    ("kick 909", "both words, anywhere in the name or the folders"),
    ("kick -loop", "without loop"),
    ('"dub techno"', "these words together"),
    ("lo-fi", "finds lo_fi and lo fi as well"),
)


class HelpWindow(tk.Toplevel):
    """Two columns: what to type, and what it does."""

    def __init__(self, root: tk.Misc, theme: Theme, title: str, lines: Lines, note: str = "") -> None:
        super().__init__(root, background=theme.tokens.surface, padx=theme.px(28), pady=theme.px(22))
        self.title(title)
        self.transient(root.winfo_toplevel())
        self.resizable(False, False)
        px = theme.px
        for row, (left, right) in enumerate(lines):
            ttk.Label(self, text=left, style="Strong.Surface.TLabel").grid(row=row, column=0, sticky="nw", pady=px(4))
            ttk.Label(self, text=right, style="Surface.TLabel", wraplength=px(460)).grid(
                row=row, column=1, sticky="nw", pady=px(4), padx=(px(28), 0)
            )
        if note:
            ttk.Label(self, text=note, style="Quiet.Surface.TLabel", wraplength=px(640)).grid(
                columnspan=2, sticky="w", pady=(px(14), 0)
            )
        self.bind("<Escape>", lambda _: self.destroy())
        self.focus_set()
