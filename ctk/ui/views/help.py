"""Help windows: the keys, how to search, what this is."""

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk

from ctk import __version__
from ctk.actions import Actions
from ctk.contract import SEARCH_FIELDS
from ctk.ui.models.key_help import key_lines
from ctk.ui.theme import Theme

Lines = Sequence[tuple[str, str]]
TALL = 18
"""More lines than these stand side by side in two halves."""

WORDS: Lines = (
    ("kick 909", "both words, anywhere in the name or the folders"),
    ("kick -loop", "without loop"),
    ('"dub techno"', "these words together"),
    ("lo-fi", "finds lo_fi and lo fi as well"),
)


def show(topic: str, root: tk.Misc, theme: Theme, home: Path, actions: Actions) -> tk.Toplevel:
    """Open the window about keys, search, or the program itself."""
    if topic == "keys":
        return HelpWindow(root, theme, "Keys", key_lines(actions))
    if topic == "search":
        fields = [(field.forms, field.meaning) for field in SEARCH_FIELDS]
        return HelpWindow(root, theme, "How to search", [*WORDS, *fields])
    about = (
        ("Version", __version__),
        ("Your catalog", str(home)),
        ("Your files", "stay where they are until you say otherwise, and what you did can be undone"),
        ("Licence", "MIT"),
    )
    return HelpWindow(root, theme, "About Creator's Toolkit", about)


class HelpWindow(tk.Toplevel):
    """What to type, and what it does, in one half or two."""

    def __init__(self, root: tk.Misc, theme: Theme, title: str, lines: Lines) -> None:
        px = theme.px
        super().__init__(root, background=theme.tokens.surface, padx=px(28), pady=px(22))
        self.title(title)
        self.transient(root.winfo_toplevel())
        self.resizable(False, False)
        halves = 1 if len(lines) <= TALL else 2
        many = -(-len(lines) // halves)
        wide, wider = (px(330), px(400)) if halves == 1 else (px(190), px(330))
        for at, (left, right) in enumerate(lines):
            half, row = divmod(at, many)
            first = ttk.Label(self, text=left, style="Strong.Surface.TLabel", wraplength=wide)
            first.grid(row=row, column=2 * half, sticky="nw", pady=px(3), padx=(px(36) * half, 0))
            second = ttk.Label(self, text=right, style="Surface.TLabel", wraplength=wider)
            second.grid(row=row, column=2 * half + 1, sticky="nw", pady=px(3), padx=(px(20), 0))
        self.bind("<Escape>", lambda _: self.destroy())
        self._centre(root.winfo_toplevel())
        self.focus_set()

    def _centre(self, over: tk.Misc) -> None:
        self.update_idletasks()
        x = over.winfo_rootx() + (over.winfo_width() - self.winfo_reqwidth()) // 2
        y = over.winfo_rooty() + (over.winfo_height() - self.winfo_reqheight()) // 3
        self.geometry(f"+{max(0, x)}+{max(0, y)}")
