"""Open the window on a home and stop when its first rows are painted: ``python -m tests.bench.first_paint HOME STARTED``.

Prints the seconds from ``STARTED`` (``time.monotonic()`` of whoever started it), and the process's memory in MB.
"""

import sys
import time
import tkinter as tk
from pathlib import Path

import ctk
from ctk.ui.app import Window


def memory_mb() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    with ctk.open(sys.argv[1]) as toolkit:
        window = Window(tk.Tk(className="ctk"), toolkit)
        window.open()
        while not window.catalog.table.lines_shown:
            window.root.update()
        window.root.update()
        window.root.winfo_pointerxy()  # a round trip: the display has done all that was asked of it
        print(time.monotonic() - float(sys.argv[2]), memory_mb(), "numpy" in sys.modules)
        window.quit()
