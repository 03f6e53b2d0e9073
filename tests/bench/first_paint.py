"""Open the window on a home: ``python -m tests.bench.first_paint HOME STARTED [use]``.

Prints the seconds from ``STARTED`` (``time.monotonic()`` of whoever started it) to the first painted rows. With ``use``
it then searches, sorts, scrolls and picks everything. Last comes the memory of the process in MB.
"""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctk.ui.app import Window


def memory_mb() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def wait(window: "Window", until: Callable[[], object]) -> None:
    while not until():
        window.root.update()
        time.sleep(0.001)


def use(window: "Window") -> None:
    """What a user does in the first minute."""
    wait(window, lambda: window.library.stats)
    for text in ("kick", "snare loop", "len:<1", ""):
        window.search.type(text)
        wait(window, lambda text=text: window.search.ask.text == text)  # type: ignore[misc]
    window.search.sort_by("size_bytes")
    wait(window, lambda: window.search.ask.sort == "size_bytes")
    for part in range(50):
        window.catalog.table.show(window.search.total * part // 50)
        window.root.update()
    window.catalog.pick_all()
    wait(window, lambda: len(window.selection.marks) == window.search.total)


if __name__ == "__main__":
    gc.disable()  # as ctk.__main__ does
    import tkinter as tk

    import ctk
    from ctk.ui.app import Window

    with ctk.open(sys.argv[1]) as toolkit:
        gc.freeze()
        gc.enable()
        window = Window(tk.Tk(className="ctk"), toolkit)
        window.open()
        while not window.catalog.table.lines_shown:
            window.root.update()
        window.root.update()
        window.root.winfo_pointerxy()  # a round trip: the display has done all that was asked of it
        print(time.monotonic() - float(sys.argv[2]))
        if "use" in sys.argv[3:]:
            use(window)
        print(memory_mb())
        window.pump.close()
        window.pictures.save()  # and no settings: every start but the first finds the same
        window.root.destroy()
