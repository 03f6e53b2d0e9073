"""The map: painting twenty thousand dots anew for another view, and finding the one below the pointer.

``python -m tests.bench map``. The bare way is a canvas with an oval for each dot: Tk pushes them all at once, but each
is told its new place when the map is zoomed and dots are to stay as large as they are. Their edges are not soft.
"""

import random
import statistics
import time
import tkinter as tk
from collections.abc import Callable, Iterator

from ctk.records import CATEGORIES
from ctk.ui.theme import Theme
from ctk.ui.views.map import inks
from ctk.ui.widgets.plane import View
from ctk.ui.widgets.scatter import FIRST, Scatter
from tests.bench.table import Result
from tests.display import display, settle

DOTS = 20_000
WIDTH, HEIGHT = 1180, 520
TURNS = 15
POINTS = 2000


def run(dots: int = DOTS) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    drawn = random.Random(7)
    places = [(drawn.random(), drawn.random(), drawn.randrange(len(CATEGORIES))) for _ in range(dots)]
    with display():
        root = tk.Tk()
        root.geometry(f"{WIDTH}x{HEIGHT}+0+0")
        theme = Theme(root)
        theme.use("dark")
        ours, find_s = _ours(root, theme, places)
        bare = _bare(root, places)
        root.destroy()
    for name, mine, plain in zip(("zoom out to the whole map", "push it when twice as near"), ours, bare, strict=True):
        took, reach = f"{mine * 1000:.0f} ms", "< 50 ms"
        yield Result(f"{name}, {dots:,} dots", took, f"{plain * 1000:.0f} ms as ovals", plain / mine, reach)
    yield Result("the dot below the pointer", f"{find_s * 1e6:.0f} µs", "", None, "< 1 ms")


def _ours(root: tk.Tk, theme: Theme, places: list[tuple[float, float, int]]) -> tuple[list[float], float]:
    """How long both take, and finding a dot."""
    dots = Scatter(root, unit=theme.scale, inks=inks(theme))
    dots.pack(fill="both", expand=True)
    dots.load([x for x, _, _ in places], [y for _, y, _ in places])
    dots.dress(bytes(FIRST + category for *_, category in places))
    settle(root)

    def look(view: View) -> Callable[[], None]:
        def paint() -> None:
            dots.view = view
            dots.repaint()

        return paint

    took = [_timed(root, look(view)) for view in (View(), View(0.25, 0.25, 0.5))]
    began_s = time.perf_counter()
    for at in range(POINTS):
        dots.dot_at(at * 37 % WIDTH, at * 53 % HEIGHT)
    find_s = (time.perf_counter() - began_s) / POINTS
    dots.destroy()
    return took, find_s


def _bare(root: tk.Tk, places: list[tuple[float, float, int]]) -> list[float]:
    canvas = tk.Canvas(root, highlightthickness=0)
    canvas.pack(fill="both", expand=True)
    ovals = [canvas.create_oval(0, 0, 0, 0, width=0, fill="orange") for _ in places]

    def zoom(near: int) -> None:
        for oval, (x, y, _) in zip(ovals, places, strict=True):
            across, down = (near * (x - 0.5) + 0.5) * WIDTH, (near * (y - 0.5) + 0.5) * HEIGHT
            canvas.coords(oval, across - 2, down - 2, across + 2, down + 2)

    zoom(2)
    settle(root)
    push = _timed(root, lambda: canvas.move("all", 1, 0))
    return [_timed(root, lambda: zoom(1)), push]


def _timed(root: tk.Tk, paint: Callable[[], None]) -> float:
    """The median time to the last pixel."""
    took = []
    for _ in range(TURNS):
        began_s = time.perf_counter()
        paint()
        root.update()
        root.winfo_pointerxy()  # a round trip to the display
        took.append(time.perf_counter() - began_s)
    return statistics.median(took)
