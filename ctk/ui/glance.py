"""The window, opened to see whether it paints, and closed again: for the self-test."""

import gc
import time
import tkinter as tk

from ctk.contract import Toolkit
from ctk.errors import CtkError
from ctk.ui import system
from ctk.ui.app import SETTLE_MS, Window

NO_DISPLAY = "no display here"
_PAINT_S = 20.0
_LINGER_S = 2 * SETTLE_MS / 1000
"""By then the window has also done what it leaves for after its first rows."""
_TURN_S = 0.005
_NO_SCREEN = ("no display name", "couldn't connect to display")


def glance(toolkit: Toolkit) -> str:
    """What was to be seen. Raises ``CtkError`` where the window does not paint, and what Tk raises."""
    tk.Tcl()  # also where there is no display, its files have to be here
    system.be_sharp()
    try:
        root = tk.Tk(className="ctk")
    except tk.TclError as exc:
        if any(words in str(exc) for words in _NO_SCREEN):
            return NO_DISPLAY
        raise
    seen = _seen(root, toolkit)
    del root
    gc.collect()  # here, since Tcl aborts when another thread clears away what is left of a window
    return seen


def _seen(root: tk.Tk, toolkit: Toolkit) -> str:
    window = Window(root, toolkit)
    try:
        tree = window.catalog.table.tree
        exposed: list[tk.Event[tk.Misc]] = []
        root.bind("<Expose>", exposed.append, add="+")
        window.open()
        wanted = bool(toolkit.catalog.search(limit=0).total)
        begun = time.monotonic()
        rows: list[str] = []
        while not (exposed and root.winfo_viewable() and bool(rows) == wanted):
            if time.monotonic() - begun > _PAINT_S:
                raise CtkError("The window opens, but does not paint its rows.")
            root.update()
            time.sleep(_TURN_S)
            rows = [item for item in tree.get_children() if tree.item(item, "text") and tree.bbox(item)]
        while time.monotonic() - begun < _LINGER_S:
            root.update()
            time.sleep(_TURN_S)
        return f"{root.winfo_width()} x {root.winfo_height()} pixels with {len(rows)} rows painted"
    finally:
        window.quit()
