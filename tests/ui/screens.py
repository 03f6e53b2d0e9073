"""Pictures of what is on the display."""

import tkinter as tk

from PIL import Image, ImageGrab

from tests.display import settle


def shot(widget: tk.Misc) -> Image.Image:
    """All of the display, once all is drawn."""
    settle(widget)
    return ImageGrab.grab(xdisplay=str(widget.winfo_toplevel().winfo_screen()).split(".")[0]).convert("RGB")


def of(widget: tk.Misc) -> Image.Image:
    """A widget and what is in it."""
    picture = shot(widget)
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return picture.crop((left, top, left + widget.winfo_width(), top + widget.winfo_height()))
