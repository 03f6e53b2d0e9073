"""What is technical about an error, in the drawer, to be read or copied for somebody who helps."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from ctk.ui.theme import Theme
from ctk.ui.views.drawer import Panel

MEANING = "This is for whoever helps you; it is also in the log in your catalog's folder."


class TechnicalPanel(Panel):
    """``show`` the sentence and the details of an error; ``copy`` is the button that puts both into the clipboard."""

    def __init__(self, master: tk.Misc, theme: Theme, close: Callable[[], None]) -> None:
        super().__init__(master, theme, close)
        self._said = ""
        self.words.configure(text=MEANING)
        self.text = tk.Text(
            self.middle, width=1, height=1, relief="flat", borderwidth=0, highlightthickness=0, wrap="word"
        )
        down = ttk.Scrollbar(self.middle, command=self.text.yview)
        self.text.configure(yscrollcommand=down.set)
        down.pack(side="right", fill="y")
        self.text.pack(fill="both", expand=True)
        self.copy = self.button("Copy", self._copy, accent=True)
        self.button("Close", close)
        self.paint_look()

    def show(self, sentence: str, details: str) -> None:
        """Of this error."""
        self._said = f"{sentence}\n\n{details}"
        self.title.configure(text=sentence)
        self.copy.configure(text="Copy")
        self.text.configure(state="normal")
        self.text.delete("1.0", "end")
        self.text.insert("1.0", details)
        self.text.configure(state="disabled")
        self.text.see("end")

    def arrive(self) -> None:
        self.copy.focus_set()

    def paint_look(self) -> None:
        super().paint_look()
        tokens = self.theme.tokens
        self.text.configure(
            background=tokens.surface,
            foreground=tokens.text,
            selectbackground=tokens.focused,
            selectforeground=tokens.on_focused,
            font="TkFixedFont",
            padx=self.theme.px(8),
            pady=self.theme.px(6),
        )

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self._said)
        self.copy.configure(text="Copied")
