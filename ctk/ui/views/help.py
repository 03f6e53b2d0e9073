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
from ctk.ui.widgets.wheel import bind_wheel

Lines = Sequence[tuple[str, str]]
TALL = 18
"""More lines than these stand side by side in two halves, where the screen is wide enough."""
LEFT = 80
"""So much of the screen's height is left to bars and titles, at 100 %."""

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
    """What to type, and what it does, in one half or two; where the screen is too low for that it can be scrolled."""

    def __init__(self, root: tk.Misc, theme: Theme, title: str, lines: Lines) -> None:
        super().__init__(root)
        self._theme = theme
        self.title(title)
        self.transient(root.winfo_toplevel())
        self.resizable(False, False)
        self.sheet = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=False)
        self.page = ttk.Frame(self.sheet, style="Surface.TFrame", padding=(theme.px(28), theme.px(22)))
        self._bar = ttk.Scrollbar(self, command=self.sheet.yview)
        self._write(lines)
        self.sheet.create_window(0, 0, anchor="nw", window=self.page)
        self.sheet.pack(side="left", fill="both", expand=True)
        self._bind_events()
        self._paint_look()
        self._fit(root.winfo_toplevel())
        self.focus_set()

    def _write(self, lines: Lines) -> None:
        px = self._theme.px
        wide, wider = px(190), px(330)
        room = self.winfo_screenwidth() - px(40)
        halves = 2 if len(lines) > TALL and 2 * (wide + wider + px(20)) + px(36 + 2 * 28) <= room else 1
        if halves == 1:
            wide, wider = min(px(330), room * 2 // 5), min(px(400), room // 2)
        many = -(-len(lines) // halves)
        for at, (left, right) in enumerate(lines):
            half, row = divmod(at, many)
            first = ttk.Label(self.page, text=left, style="Strong.Surface.TLabel", wraplength=wide)
            first.grid(row=row, column=2 * half, sticky="nw", pady=px(3), padx=(px(36) * half, 0))
            second = ttk.Label(self.page, text=right, style="Surface.TLabel", wraplength=wider)
            second.grid(row=row, column=2 * half + 1, sticky="nw", pady=px(3), padx=(px(20), 0))

    def _bind_events(self) -> None:
        self.bind("<Escape>", lambda _: self.destroy())
        self.bind("<<ThemeChanged>>", lambda event: self._paint_look() if event.widget is self else None)
        for key, by, what in (("Up", -1, "units"), ("Down", 1, "units"), ("Prior", -1, "pages"), ("Next", 1, "pages")):
            self.bind(f"<{key}>", lambda _, by=by, what=what: self.sheet.yview_scroll(by, what))  # type: ignore[misc]
        for key, part in (("Home", 0.0), ("End", 1.0)):
            self.bind(f"<{key}>", lambda _, part=part: self.sheet.yview_moveto(part))  # type: ignore[misc]
        bind_wheel(self, lambda rows: self.sheet.yview_scroll(rows, "units"))

    def _paint_look(self) -> None:
        surface = str(ttk.Style(self).lookup("Surface.TFrame", "background"))
        self.configure(background=surface)
        self.sheet.configure(background=surface)

    def _fit(self, over: tk.Misc) -> None:
        """As large as its page, where the screen is, and in the middle of the window."""
        self.update_idletasks()
        px, wide, high = self._theme.px, self.page.winfo_reqwidth(), self.page.winfo_reqheight()
        shown = min(high, self.winfo_screenheight() - px(LEFT))
        self.sheet.configure(
            width=wide,
            height=shown,
            scrollregion=(0, 0, wide, high),
            yscrollincrement=px(24),
            yscrollcommand=self._bar.set,
        )
        if shown < high:
            self._bar.pack(side="right", fill="y", before=self.sheet)
        self.update_idletasks()
        x = over.winfo_rootx() + (over.winfo_width() - self.winfo_reqwidth()) // 2
        y = over.winfo_rooty() + (over.winfo_height() - self.winfo_reqheight()) // 3
        x = min(x, self.winfo_screenwidth() - self.winfo_reqwidth())
        self.geometry(f"+{max(0, x)}+{max(0, y)}")
