"""Help windows: the keys, how to search, what this is."""

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk

from ctk import __version__
from ctk.contract import SEARCH_FIELDS
from ctk.ui import keys
from ctk.ui.theme import Theme

Lines = Sequence[tuple[str, str]]
TALL = 18
"""More lines than these stand side by side in two halves."""

KEYS: Lines = (
    ("Up, Down", "Go to the next sound and hear it"),
    ("Page up, Page down, Home, End", "Go further"),
    ("Space", "Play or pause"),
    ("Enter, double-click", "Play from the start"),
    ("Shift with any of these or a click", "Pick everything up to there"),
    (f"{keys.shown('Control-space', mac=False)}, {keys.shown('Control-X')[:-1]}click", "Pick one more, or one less"),
    (keys.shown("Control-a"), "Pick all"),
    ("F3, Shift+F3", "The next sound, the one before, from anywhere"),
    ("←, →, with Shift", "One second back or on, five seconds"),
    ("Esc in the list", "Clear the part that is marked in the waveform"),
    (f"{keys.shown('Control-l')}, {keys.shown('Control-g')}", "Loop, go on through the list"),
    (f"{keys.shown('Control-e')}, {keys.shown('Control-period')}", "Move in silence, stop"),
    (f"{keys.shown('Control-Shift-E')}, {keys.shown('Control-Shift-R')}", "Even loudness, what was played last"),
    (keys.shown("Control-i"), "All about the sound in focus"),
    (keys.shown("Control-f"), "Search; letters typed in the list go there, too"),
    ("Esc", "Clear the search"),
    ("Delete", "Remove what is picked; Undo brings it back"),
    (f"{keys.shown('Alt-1')} to {keys.shown('Alt-5')}, {keys.shown('Alt-0')}", "Give what is picked stars, or none"),
    (f"{keys.shown('Control-d')}, {keys.shown('Control-t')}", "Make it a favourite, tag it"),
    (f"{keys.shown('Control-b')}, {keys.shown('Control-Shift-N')}", "Put it into a collection, write a note"),
    (f"{keys.shown('Control-j')}, {keys.shown('Control-k')}", "Find what is most like it, say what it is"),
    (f"F2, {keys.shown('Control-m')}", "Rename what is picked, move it to a folder"),
    (keys.shown("Control-Shift-C"), "Copy the paths of what is picked"),
    (keys.shown("Control-z"), "Take back the last change to files"),
    (f"{keys.shown('Control-1')} to {keys.shown('Control-3')}", "The catalog, the sources, the duplicates"),
    ("X, K", "Among duplicates: leave a copy out, keep this copy"),
    (keys.shown("Control-o"), "Add a folder"),
    (keys.shown("F5"), "Scan all folders again"),
)

WORDS: Lines = (
    ("kick 909", "both words, anywhere in the name or the folders"),
    ("kick -loop", "without loop"),
    ('"dub techno"', "these words together"),
    ("lo-fi", "finds lo_fi and lo fi as well"),
)


def show(topic: str, root: tk.Misc, theme: Theme, home: Path) -> tk.Toplevel:
    """Open the window about keys, search, or the program itself."""
    if topic == "keys":
        return HelpWindow(root, theme, "Keys", KEYS)
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
        wide, wider = (px(330), px(400)) if halves == 1 else (px(200), px(270))
        for at, (left, right) in enumerate(lines):
            half, row = divmod(at, many)
            first = ttk.Label(self, text=left, style="Strong.Surface.TLabel", wraplength=wide)
            first.grid(row=row, column=2 * half, sticky="nw", pady=px(4), padx=(px(36) * half, 0))
            second = ttk.Label(self, text=right, style="Surface.TLabel", wraplength=wider)
            second.grid(row=row, column=2 * half + 1, sticky="nw", pady=px(4), padx=(px(20), 0))
        self.bind("<Escape>", lambda _: self.destroy())
        self._centre(root.winfo_toplevel())
        self.focus_set()

    def _centre(self, over: tk.Misc) -> None:
        self.update_idletasks()
        x = over.winfo_rootx() + (over.winfo_width() - self.winfo_reqwidth()) // 2
        y = over.winfo_rooty() + (over.winfo_height() - self.winfo_reqheight()) // 3
        self.geometry(f"+{max(0, x)}+{max(0, y)}")
