"""Take a widget away without losing a key.

X11 sends a key to the window under the pointer and Tk passes it on to the widget that has the keys; one that is still
on its way to a window that is gone goes nowhere. So a widget is hidden first and destroyed when nothing can be on its
way any more.
"""

import tkinter as tk
from typing import Final

LATER_MS: Final = 2_000


def retire(widget: tk.Widget) -> None:
    """Hide it now, wherever it was packed, gridded or placed, and destroy it later."""
    widget.tk.call(widget.winfo_manager() or "place", "forget", widget)
    root = widget.nametowidget(".")
    timer = root.after(LATER_MS, widget.destroy)
    widget.bind("<Destroy>", lambda _: root.after_cancel(timer), add=True)  # the window may be closed before
