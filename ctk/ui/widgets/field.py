"""A text box with an icon before it, a hint while it is empty, and a button that clears it."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk


class Field(ttk.Frame):
    """``changed(text)`` is called for every edit. ``set_icons`` gives it its pictures, also after a change of look."""

    def __init__(self, master: tk.Misc, *, hint: str, changed: Callable[[str], None]) -> None:
        super().__init__(master, style="Field.TFrame")
        self._text = tk.StringVar(self)
        self._icon = ttk.Label(self, style="Field.TLabel")
        self.entry = ttk.Entry(self, style="Field.TEntry", textvariable=self._text, width=10)
        self._hint = ttk.Label(self.entry, style="Field.TLabel", text=hint, cursor="xterm")
        self._clear = ttk.Label(self, style="Field.TLabel", cursor="hand2")
        self._icon.pack(side="left", padx=(0, self._icon.winfo_pixels("6p")))
        self.entry.pack(side="left", fill="x", expand=True)
        for label in (self._icon, self._hint):
            label.bind("<Button-1>", lambda _: self.entry.focus_set())
        self._clear.bind("<Button-1>", lambda _: self.clear())
        self.entry.bind("<FocusIn>", lambda _: self.state(["focus"]), add=True)
        self.entry.bind("<FocusOut>", lambda _: self.state(["!focus"]), add=True)
        self.bind("<<ThemeChanged>>", lambda _: self._fit(), add=True)
        self._fit()
        self._text.trace_add("write", lambda *_: self._edited(changed))

    @property
    def text(self) -> str:
        return self._text.get()

    def set_icons(self, icon: tk.PhotoImage, clear: tk.PhotoImage) -> None:
        self._icon.configure(image=icon)
        self._clear.configure(image=clear)

    def hint(self, text: str) -> None:
        """Another hint."""
        self._hint.configure(text=text)
        if not self.text:
            self._place_hint()

    def clear(self) -> None:
        self._text.set("")
        self.entry.focus_set()

    def put(self, text: str) -> None:
        """Stand as if ``text`` had been typed; the keys stay where they are."""
        self._text.set(text)
        self.entry.icursor("end")
        self.entry.xview_moveto(1)

    def type(self, char: str) -> None:
        """Take a character that was typed elsewhere, and the keys."""
        self.entry.focus_set()
        self.entry.icursor("end")
        self.entry.insert("end", char)

    def mark(self, wrong: bool) -> None:
        """Show that the text cannot be used as it stands."""
        self.state(["invalid" if wrong else "!invalid"])

    def _fit(self) -> None:
        """A frame does not take the padding of its style by itself."""
        self.configure(padding=ttk.Style(self).lookup("Field.TFrame", "padding"))
        if not self.text:
            self._place_hint()

    def _place_hint(self) -> None:
        """Where what is typed begins: a label has a border around its text, an entry has none."""
        hint = self._hint
        written = int(self.tk.call("font", "measure", "TkDefaultFont", hint.cget("text")))
        self._hint.place(x=(written - hint.winfo_reqwidth()) // 2, rely=0.5, anchor="w")

    def _edited(self, changed: Callable[[str], None]) -> None:
        if self.text:
            self._hint.place_forget()
            self._clear.pack(side="right")
        else:
            self._place_hint()
            self._clear.pack_forget()
        changed(self.text)
