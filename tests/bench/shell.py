"""An empty ttk window with the widgets of ours and nothing in them, for comparison: ``python shell.py STARTED``.

Prints the seconds from ``STARTED`` (``time.monotonic()`` of whoever started it) to the first paint. There is nothing of
the program in it, neither styles nor anything that happens; that it has the same widgets is tested. Where ours show
pictures it has a plain square, since the first picture in a window costs Tk as much as all else.
"""

import sys
import time
import tkinter as tk
from tkinter import ttk
from typing import Any, NamedTuple

COLUMNS = {
    "Name": 291,
    "Folder": 169,
    "Stars": 88,
    "Tags": 67,
    "Format": 67,
    "Length": 71,
    "Tempo": 60,
    "Key": 52,
    "Type": 86,
    "What it is": 88,
    "Rate": 81,
    "Channels": 77,
    "Depth": 63,
    "Size": 75,
}
SHOWN = ("Folder", "Stars", "Tags", "Length", "Tempo", "Key", "Type", "What it is")
MENUS = {
    "File": "cccc-xx-c",
    "Edit": "cc-ccc-cc-cccc-ccc-cc",
    "Mark": "ccccc-cccccc",
    "Play": "ccc-cc-ccccc-xxx-c-xc",
    "View": "cccccc-cxxccccc->",
    "Help": "c-cc-c",
}
"""The entries of each: a command, one with a mark, a line, a menu of its own."""
LABELS = {"c": "A command...", "x": "A switch", ">": "Looks"}


class Part(NamedTuple):
    """A widget and those in it; ``place`` is the side where it is packed, ``all`` for the whole rest, or nowhere."""

    kind: type[tk.Widget]
    place: str
    options: dict[str, Any]
    parts: tuple["Part", ...]


def part(kind: type[tk.Widget], place: str = "", *parts: Part, **options: Any) -> Part:
    return Part(kind, place, options, parts)


def line(place: str = "") -> Part:
    return part(ttk.Frame, place, width=1, height=1)


TABS = part(
    *(ttk.Frame, "top"),
    *(part(ttk.Radiobutton, "left", text=name) for name in ("Catalog", "Sources", "Duplicates", "Map")),
)
FIELD = part(
    *(ttk.Frame, "all"),
    part(ttk.Label, "left", image=True),
    part(ttk.Label, image=True),
    part(ttk.Entry, "all", part(ttk.Label, "left", text="Search names and folders")),
)
SEARCH = part(
    *(ttk.Frame, "top"),
    part(ttk.Button, "left", image=True),
    part(ttk.Label),
    part(ttk.Label, "right", text="20,770 sounds"),
    FIELD,
)
LIST = part(
    *(ttk.Frame, "all"),
    part(ttk.Scrollbar, "right"),
    part(ttk.Scrollbar),
    part(ttk.Label),
    part(tk.Menu, tearoff=False),
    part(ttk.Treeview, "all", columns=tuple(COLUMNS)[1:], displaycolumns=SHOWN),
)
TOAST = part(ttk.Frame, "", part(ttk.Label), part(ttk.Label))
PAGE = part(ttk.Frame, "all", part(ttk.Frame, "all", SEARCH, line("top"), line("left"), LIST), TOAST)
PLAYER = part(
    *(ttk.Frame, "bottom"),
    part(ttk.Button, "left", image=True),
    part(ttk.Frame, "left", part(ttk.Label, "top", text="Nothing playing", width=22), part(ttk.Label)),
    part(ttk.Button, "right", image=True),
    part(ttk.Label, "right", text="0.0 dB", width=8),
    part(tk.Canvas, "right", width=84, height=18),
    part(ttk.Label, "right", image=True),
    *(part(ttk.Checkbutton, "right", image=True) for _ in range(3)),
    part(tk.Canvas, "all", height=48),
    *(part(tk.Menu, tearoff=False) for _ in range(2)),
)
STATUS = part(
    *(ttk.Frame, "bottom"),
    part(ttk.Label),
    *(part(ttk.Button, text=text) for text in ("Details", "Cancel")),
    *(part(ttk.Frame) for _ in range(5)),
    part(ttk.Label, "right"),
    part(ttk.Label, "all"),
)
WINDOW = (
    STATUS,
    line("bottom"),
    PLAYER,
    line("bottom"),
    part(ttk.Frame, "all", TABS, part(ttk.Frame, "", line()), PAGE),
)


def build(root: tk.Tk) -> ttk.Treeview:
    """All of it; the list, which shows when there is something to see."""
    ttk.Style(root).theme_use("clam")
    root.geometry("1180x760")
    add_menus(root)
    found: list[ttk.Treeview] = []
    square = tk.PhotoImage(master=root, width=16, height=16)
    square.put("#808080", to=(0, 0, 16, 16))
    for each in WINDOW:
        grow(root, each, found, square)
    for name, width in COLUMNS.items():
        column = "#0" if name == "Name" else name
        found[0].heading(column, text=name)
        found[0].column(column, width=width)
    return found[0]


def grow(master: tk.Misc, part: Part, found: list[ttk.Treeview], square: tk.PhotoImage) -> None:
    pictured = {"image": square} if part.options.get("image") else {}
    widget = part.kind(master, **(part.options | pictured))
    if isinstance(widget, ttk.Treeview):
        found.append(widget)
    if part.place == "all":
        widget.pack(fill="both", expand=True)
    elif part.place:
        widget.pack(side=part.place, fill="x" if part.place in ("top", "bottom") else "y")  # type: ignore[arg-type]
    for each in part.parts:
        grow(widget, each, found, square)


def add_menus(root: tk.Tk) -> None:
    bar = tk.Menu(root, tearoff=False)
    for title, entries in MENUS.items():
        menu = tk.Menu(bar, tearoff=False)
        for entry in entries:
            if entry == "-":
                menu.add_separator()
            elif entry == "c":
                menu.add_command(label=LABELS[entry], accelerator="Ctrl+K")
            elif entry == "x":
                menu.add_checkbutton(label=LABELS[entry], accelerator="Ctrl+L")
            else:
                menu.add_cascade(label=LABELS[entry], menu=tk.Menu(menu, tearoff=False))
        bar.add_cascade(label=title, menu=menu)
    root.configure(menu=bar)


if __name__ == "__main__":
    window = tk.Tk()
    tree = build(window)
    painted: list[object] = []
    tree.bind("<Expose>", painted.append)
    while not painted:
        window.update()
    window.update()
    window.winfo_pointerxy()  # a round trip: the display has done all that was asked of it
    print(time.monotonic() - float(sys.argv[1]))
