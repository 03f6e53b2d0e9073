"""A few words that appear when the pointer rests on a widget, or the keys."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

REST_MS = 600


class Tip:
    """Shows ``text`` above ``widget``, or what it says at that moment."""

    def __init__(self, widget: tk.Misc, text: str | Callable[[], str]) -> None:
        self._widget = widget
        self.text = text
        self.window: tk.Toplevel | None = None
        self._timer: str | None = None
        for event in ("<Leave>", "<ButtonPress>", "<Destroy>"):
            widget.bind(event, lambda _: self._hide(), add=True)
        widget.bind("<Enter>", lambda _: self._soon(), add=True)
        if isinstance(widget, ttk.Button | ttk.Checkbutton):  # others would be taken for such
            widget.bind("<FocusIn>", lambda _: self._soon(), add=True)
            for event in ("<FocusOut>", "<KeyPress>"):
                widget.bind(event, lambda _: self._hide(), add=True)

    def _soon(self) -> None:
        self._hide()
        self._timer = self._widget.after(REST_MS, self._show)

    def _show(self) -> None:
        self._timer = None
        widget = self._widget
        if widget.tk.call("grab", "current"):  # a menu is open
            return
        self.window = window = tk.Toplevel(widget)
        window.wm_overrideredirect(True)
        text = self.text if isinstance(self.text, str) else self.text()
        ttk.Label(window, text=text, style="Tip.TLabel").pack()
        window.update_idletasks()
        x = widget.winfo_rootx() + (widget.winfo_width() - window.winfo_reqwidth()) // 2
        y = widget.winfo_rooty() - window.winfo_reqheight() - 4
        x = max(0, min(x, widget.winfo_screenwidth() - window.winfo_reqwidth()))
        window.wm_geometry(f"+{x}+{y}")

    def _hide(self) -> None:
        if self._timer is not None:
            self._widget.after_cancel(self._timer)
            self._timer = None
        if self.window is not None:
            self.window.destroy()
            self.window = None
