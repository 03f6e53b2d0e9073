"""The window: scrolling against a bare Treeview, start against an empty ttk window, typing, another look, memory.

``python -m tests.bench window``. Every ratio is of medians measured in alternation.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tkinter import ttk

import ctk
from ctk.looks.shelf import BUILTIN
from ctk.ui.app import Window
from ctk.ui.models.search import DEBOUNCE_MS
from ctk.ui.views.columns import COLUMNS
from tests import house
from tests.bench.table import Result
from tests.catalog.synthetic import fill
from tests.display import display, settle, turn

SMALL, MIDDLE, LARGE = 20_000, 200_000, 1_000_000
PAGES = 60
STARTS = 9
SWITCHES = 5
BUILT_S, PAINTED_S = 1.5, 0.15
"""By then what follows the first rows, and what follows another look, is done."""
WORDS = ("kick", "snare loop", "hat", "pad warm", "120", "bass deep")


def run(small: int = SMALL, large: int = LARGE) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder, display():
        few, some, many = (Path(folder) / name for name in ("few", "some", "many"))
        for home, count in ((few, small), (some, MIDDLE), (many, large)):
            prepare(home, count)
        yield from _scroll(many, large)
        for home, count, reach in ((few, small, "about 30 ms"), (some, MIDDLE, "about 50 ms")):
            yield _type(home, count, reach)
        yield _switch(few)
        yield _start(few, small, "<= 1.4")
        yield _start(many, large, "<= 1.8")
        for home, count, reach in ((few, small, "about 120 MB"), (many, large, "about 350 MB")):
            _, at_first = first_paint(home)
            _, at_work = first_paint(home, "use")
            yield Result(f"memory, {count:,} sounds", f"{at_work:.0f} MB", f"{at_first:.0f} at start", None, reach)


def prepare(home: Path, count: int) -> None:
    """A home of ``count`` sounds, with a search index as the last session left it."""
    with ctk.open(home) as toolkit:
        fill(toolkit._store, count)
        toolkit.catalog.search("kick")


def _scroll(home: Path, count: int) -> Iterator[Result]:
    """One page, to the last pixel: ours fetches, formats and paints; the bare one paints what is ready."""
    with ctk.open(home) as toolkit:
        toolkit.settings.geometry = "1180x700+0+0"
        window = Window(tk.Tk(), toolkit)
        window.open()
        table = window.catalog.table
        turn(window.root, lambda: table.lines_shown > table.height)
        table.show(count // 2)  # needs the search index
        turn(window.root, lambda: table.lines_shown > table.height and window.library.stats, "the index")
        bare = Bare(window, table.height + 1)
        for name, step in (("next page", table.height), ("far page", count // PAGES - 7)):
            ours, theirs = [], []
            table.show(count // 10)
            for _ in range(PAGES):
                top = (table.top + step) % (table.total - table.height)
                ours.append(timed(window, partial(table.show, top), lambda: table.lines_shown > table.height))
                theirs.append(timed(window, bare.refill))
            ratio = statistics.median(ours) / statistics.median(theirs)
            yield Result(f"{name}, {count:,} sounds", ms(ours), f"{ms(theirs)} bare", ratio, "<= 1.2")
        window.quit()


def _type(home: Path, count: int, reach: str) -> Result:
    """Each letter of some words, from the end of the wait for more letters to the last pixel of what it finds."""
    taken = []
    with ctk.open(home) as toolkit:
        toolkit.settings.geometry = "1180x700+0+0"
        window = Window(tk.Tk(className="ctk"), toolkit)
        window.open()
        turn(window.root, lambda: window.catalog.table.lines_shown > 1 and window.library.stats)
        letters = (word[:many].strip() for word in WORDS for many in range(1, len(word) + 1))
        for text in dict.fromkeys(("piano", *letters)):
            begun = time.perf_counter() + DEBOUNCE_MS / 1000
            window.search.type(text)
            while window.search.ask.text != text:
                window.root.update()
            window.root.update()
            window.root.winfo_pointerxy()
            taken.append(time.perf_counter() - begun)
        window.pump.close()
        window.root.destroy()  # keeps no search for the next start
    del taken[0]  # which waited for the index
    slow = sorted(taken)[round(0.95 * len(taken))]
    return Result(f"a letter to its rows, {count:,} sounds", ms(taken), f"p95 {slow * 1000:.0f} ms", None, reach)


def _switch(home: Path) -> Result:
    """Another look, to the last pixel, against building the window once: those of the program in turn, for the first
    time and again, so that fonts, rows, air, columns and layout change with the colours."""
    switched: dict[str, list[float]] = {id: [] for id in BUILTIN}
    built = []
    with ctk.open(home) as toolkit:
        toolkit.settings.geometry = "1180x700+0+0"
        for _ in range(SWITCHES):
            begun = time.perf_counter()
            window = Window(tk.Tk(className="ctk"), toolkit)
            window.open()
            turn(window.root, lambda window=window: window.catalog.table.lines_shown > 1)  # type: ignore[misc]
            window.root.winfo_pointerxy()
            built.append(time.perf_counter() - begun)
            rest(window, BUILT_S)
            for id in 2 * BUILTIN:
                switched[id].append(timed(window, partial(window.theme.use, id)))
                rest(window, PAINTED_S)
            window.pump.close()
            window.root.destroy()
    slowest = max(switched, key=lambda id: statistics.median(switched[id]))
    ratio = statistics.median(switched[slowest]) / statistics.median(built)
    whole = statistics.median(time for times in switched.values() for time in times)
    name = f"switch a look, the slowest ({slowest}; all: {whole * 1000:.0f} ms)"
    return Result(name, ms(switched[slowest]), f"{ms(built)} window", ratio, "<= 0.5")


class Bare:
    """A plain Treeview beside the window, of the same size, fed with text that is ready."""

    def __init__(self, window: Window, rows: int) -> None:
        rest = [id for id, *_ in COLUMNS][1:]
        place = tk.Toplevel(window.root)
        place.geometry(f"{window.catalog.table.winfo_width()}x{window.catalog.table.winfo_height()}+0+0")
        ours = window.catalog.table.tree
        self._tree = ttk.Treeview(
            place, columns=rest, displaycolumns=ours["displaycolumns"], show=ours["show"], style="Table.Treeview"
        )
        for column in ("#0", *rest):
            anchor = str(ours.column(column, "anchor"))
            self._tree.column(column, width=int(ours.column(column, "width")), anchor=anchor)  # type: ignore[call-overload]
        self._tree.pack(fill="both", expand=True)
        self._items = [self._tree.insert("", "end") for _ in range(rows)]
        self._catalog = window.search
        self._offset = 0
        self._lines = [window.catalog._line(row) for row in window.search.rows(0, 2 * rows) if row is not None]
        settle(window.root)

    def refill(self) -> None:
        """Other text in every row."""
        self._offset = len(self._items) - self._offset
        for item, line in zip(self._items, self._lines[self._offset :], strict=False):
            self._tree.item(item, text=line.cells[0], values=line.cells[1:], image=line.image, tags=line.tag)


def timed(window: Window, action: Callable[[], None], whole: Callable[[], bool] = lambda: True) -> float:
    """From the action until the display has drawn the ``whole`` of it."""
    begun = time.perf_counter()
    action()
    window.root.update()
    while not whole():
        window.root.update()
    window.root.winfo_pointerxy()
    return time.perf_counter() - begun


def rest(window: Window, long_s: float) -> None:
    """Let the window live for a while."""
    end = time.monotonic() + long_s
    turn(window.root, lambda: time.monotonic() > end)


def _start(home: Path, count: int, reach: str) -> Result:
    first_paint(home), child("tests.bench.shell")  # compiles
    ours, shell = [], []
    for _ in range(STARTS):
        ours.append(first_paint(home)[0])
        shell.append(float(child("tests.bench.shell")))
    ratio = statistics.median(ours) / statistics.median(shell)
    return Result(f"start to first rows, {count:,} sounds", ms(ours), f"{ms(shell)} empty ttk", ratio, reach)


def first_paint(home: Path, *then: str) -> tuple[float, float]:
    """Seconds to the first rows, and the memory in MB."""
    seconds, memory = child("tests.bench.first_paint", str(home), then=then).split()
    return float(seconds), float(memory)


def child(module: str, *before: str, then: tuple[str, ...] = ()) -> str:
    """What a fresh process prints, whose modules are compiled as an installation's are."""
    command = [sys.executable, "-m", module, *before, str(time.monotonic()), *then]
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(house.ROOT / ".cache" / "bytecode")}
    done = subprocess.run(
        command, cwd=house.ROOT, env=os.environ | compiled, capture_output=True, text=True, check=True
    )
    return done.stdout


def ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.1f} ms"
