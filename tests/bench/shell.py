"""An empty ttk window with the same kinds of widgets as ours, for comparison: ``python shell.py STARTED``.

Prints the seconds from ``STARTED`` (``time.monotonic()`` of whoever started it) to the first paint.
"""

import sys
import time
import tkinter as tk
from tkinter import ttk

COLUMNS = ("Folder", "Format", "Length", "Rate", "Channels", "Depth", "Size")


def build(root: tk.Tk) -> ttk.Treeview:
    """Menus, search box, list, player bar and status line, with nothing in them."""
    ttk.Style(root).theme_use("clam")
    root.geometry("1180x760")
    bar = tk.Menu(root)
    for title, entries in (("File", 4), ("Edit", 2), ("Play", 5), ("View", 3), ("Help", 3)):
        menu = tk.Menu(bar, tearoff=False)
        for _ in range(entries):
            menu.add_command(label=title)
        bar.add_cascade(label=title, menu=menu)
    root.configure(menu=bar)
    top, player, status = ttk.Frame(root), ttk.Frame(root), ttk.Frame(root)
    ttk.Entry(top).pack(side="left", fill="x", expand=True)
    ttk.Label(top, text="20,770 sounds").pack(side="left")
    ttk.Button(player, text="Play").pack(side="left")
    ttk.Label(player, text="Nothing playing").pack(side="left")
    for text in ("Loop", "Play on move"):
        ttk.Checkbutton(player, text=text).pack(side="right")
    for _ in range(2):
        ttk.Scale(player).pack(side="right")
        ttk.Label(player, text="0:00").pack(side="right")
    ttk.Label(status, text="Ready").pack(side="left")
    ttk.Progressbar(status).pack(side="right")
    ttk.Button(status, text="Cancel").pack(side="right")
    status.pack(side="bottom", fill="x")
    player.pack(side="bottom", fill="x")
    top.pack(fill="x")
    tree = ttk.Treeview(root, columns=COLUMNS)
    for column in ("#0", *COLUMNS):
        tree.heading(column, text=column)
        tree.column(column, width=120)
    scrollbar = ttk.Scrollbar(root, command=tree.yview)
    scrollbar.pack(side="right", fill="y")
    tree.pack(fill="both", expand=True)
    return tree


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
