"""A drawer below the list, in which the window asks and shows; the list above it stays alive."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from ctk.ui.theme import Theme

SHARE = 0.58
"""How much of the height it takes."""
LEAST, TABS = 300, 60
"""At 100 %: it is this high at least, where that leaves the tabs in sight."""


class Panel(ttk.Frame):
    """What is in a drawer, made once and filled anew: a title, words, the matter in ``middle``, buttons in ``foot``."""

    def __init__(self, master: tk.Misc, theme: Theme, close: Callable[[], None]) -> None:
        px = theme.px
        super().__init__(master, padding=(px(20), px(14), px(20), px(12)))
        self.theme = theme
        self.close = close
        self.title = ttk.Label(self, style="Title.TLabel")
        self.words = ttk.Label(self, style="Muted.TLabel")
        self.middle = ttk.Frame(self)
        self.foot = ttk.Frame(self)
        self._cross = ttk.Button(self, style="Flat.TButton", command=close)
        self.title.grid(row=0, column=0, sticky="w")
        self._cross.grid(row=0, column=1, sticky="e")
        self.words.grid(row=1, column=0, columnspan=2, sticky="we", pady=(px(2), 0))
        self.middle.grid(row=2, column=0, columnspan=2, sticky="nswe", pady=(px(10), px(12)))
        self.foot.grid(row=3, column=0, columnspan=2, sticky="we")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        self.bind("<Configure>", lambda event: self.words.configure(wraplength=max(1, event.width - px(60))))
        self.bind("<<ThemeChanged>>", lambda _: self.paint_look())
        Panel.paint_look(self)

    def arrive(self) -> None:
        """Take the keys."""
        self.focus_set()

    def paint_look(self) -> None:
        """Take on the colours of the look."""
        self._cross.configure(image=self.theme.icon("clear", 16, self.theme.tokens.muted))

    def button(self, text: str, act: Callable[[], None], *, accent: bool = False) -> ttk.Button:
        """One more button, to the left of those before."""
        made = ttk.Button(self.foot, text=text, style="Go.TButton" if accent else "TButton", command=act)
        made.pack(side="right", padx=(self.theme.px(8), 0))
        return made


class Drawer(ttk.Frame):
    """Shut until ``show``; one panel at a time. Esc closes it while the keys are in it."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self._theme = theme
        self.panel: Panel | None = None
        self._back = ""
        ttk.Frame(self, style="Line.TFrame", height=max(1, theme.px(1))).pack(side="top", fill="x")
        self.pack_propagate(False)
        master.bind("<Configure>", lambda event: self._fit(event.height), add=True)
        self.winfo_toplevel().bind("<Escape>", self._escape, add=True)

    def show(self, panel: Panel) -> None:
        """Open, with this panel, which was made inside."""
        if self.panel is None:
            self._back = self._keys()
        else:
            self.panel.pack_forget()
        self.panel = panel
        panel.pack(fill="both", expand=True)
        self._fit(self.master.winfo_height())
        self.grid()
        panel.arrive()

    def shut(self) -> None:
        """Close, and give the keys back to where they were."""
        if self.panel is None:
            return
        held = self._has_keys()
        self.panel.pack_forget()
        self.panel = None
        self.grid_remove()
        if held and self._back and int(self.tk.call("winfo", "viewable", self._back)):
            self.tk.call("focus", self._back)

    def _has_keys(self) -> bool:
        return self._keys().startswith(str(self))

    def _keys(self) -> str:
        """The widget that has the keys, by its path: a menu may have them, which is no widget of ours."""
        return str(self.tk.call("focus"))

    def _escape(self, _: "tk.Event[tk.Misc]") -> None:
        if self.panel is not None and self._has_keys():
            self.panel.close()

    def _fit(self, height: int) -> None:
        px, share = self._theme.px, int(height * SHARE)
        self.configure(height=max(share, min(px(LEAST), height - px(TABS))))
