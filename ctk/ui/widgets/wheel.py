"""The mouse wheel, which every system tells in its own way."""

import tkinter as tk
from collections.abc import Callable
from typing import Any

ROWS = 3
NOTCH = 120
"""What Windows, and Tk 8.7 everywhere, reports for one notch; touchpads send parts of it."""


def bind_wheel(widget: tk.Misc, turn: Callable[[int], None]) -> None:
    """Call ``turn(rows)``, downwards positive, for each turn of the wheel over ``widget``."""
    system = widget.tk.call("tk", "windowingsystem")
    per_row = 1.0 if system == "aqua" and tk.TkVersion < 8.7 else NOTCH / ROWS
    rest = 0.0

    def wheel(event: "tk.Event[Any]") -> str:
        nonlocal rest
        rest -= event.delta / per_row
        rows = int(rest)
        rest -= rows
        if rows:
            turn(rows)
        return "break"

    def button(rows: int) -> Callable[["tk.Event[Any]"], str]:
        def pressed(_: "tk.Event[Any]") -> str:
            turn(rows)
            return "break"

        return pressed

    widget.bind("<MouseWheel>", wheel)
    if system == "x11":
        widget.bind("<Button-4>", button(-ROWS))
        widget.bind("<Button-5>", button(ROWS))
