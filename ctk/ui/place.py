"""Where the window was, and a good place where that is not on this screen."""

import re
import tkinter as tk
from collections.abc import Callable

WIDTH, HEIGHT = 1180, 760
LEAST_WIDTH, LEAST_HEIGHT = 640, 400
IN_SIGHT = 80
"""So much of the window must be on the screen for a hand to reach it."""


def restore(root: tk.Tk, geometry: str, px: Callable[[float], int]) -> int:
    """Put the window where ``geometry`` says, as Tk writes it, or take the size for a first time. Its width."""
    wide, high = root.winfo_screenwidth(), root.winfo_screenheight()
    root.minsize(min(px(LEAST_WIDTH), wide), min(px(LEAST_HEIGHT), high))
    kept = re.fullmatch(r"(\d+)x(\d+)\+(\d+)\+(\d+)", geometry)
    width, height, x, y = (int(part) for part in kept.groups()) if kept else (0, 0, 0, 0)
    if kept and x < wide - px(IN_SIGHT) and y < high - px(IN_SIGHT):
        width = min(width, wide)
        root.geometry(f"{width}x{min(height, high)}+{x}+{y}")
    else:
        width = min(px(WIDTH), wide * 9 // 10)
        root.geometry(f"{width}x{min(px(HEIGHT), high * 9 // 10)}")
    return width
