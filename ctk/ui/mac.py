"""What macOS asks of a program beside its windows."""

import tkinter as tk
from collections.abc import Callable


def answer(root: tk.Misc, *, quit: Callable[[], None], show: Callable[[], None], help: Callable[[], None]) -> None:
    """``quit`` from the menu of the program and when the computer is shut down, ``show`` from the Dock, ``help`` from
    the Help menu. Command-w closes the window, as everywhere there."""
    for name, act in (("Quit", quit), ("ReopenApplication", show), ("ShowHelp", help)):
        root.tk.createcommand(f"::tk::mac::{name}", act)
    top = root.winfo_toplevel()
    top.bind("<Command-w>", lambda _: top.tk.eval(top.wm_protocol("WM_DELETE_WINDOW")))
