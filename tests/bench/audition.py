"""Auditioning in the window: the arrow key held down while a scan runs, and what waveforms cost the list.

``python -m tests.bench audition``. A turn is the time between two looks at the keyboard.
"""

import statistics
import tempfile
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path

import ctk
from ctk.toolkit import Toolkit
from ctk.ui.app import Window
from tests.bench.table import Result
from tests.bench.window import ms, timed
from tests.display import display, turn
from tests.sounds import KINDS, make

SECONDS = 60.0
ROWS_A_SECOND = 30
BEAT_MS = 4
SOUNDS, NEW = 400, 4000
FRAMES = 300


def run(seconds: float = SECONDS, sounds: int = SOUNDS, new: int = NEW) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder, display():
        known, unknown = Path(folder) / "known", Path(folder) / "unknown"
        mixed(known, sounds)
        mixed(unknown, new, only="wav_16")
        with ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([known]).result()
            toolkit.settings.geometry = "1180x700+0+0"
            window = Window(tk.Tk(), toolkit)
            window.open()
            turn(window.root, lambda: window.search.total)
            yield from _hold(window, toolkit, unknown, seconds)
            yield from _pages(window, toolkit)
            yield _frame(window, toolkit)
            window.quit()


def mixed(folder: Path, count: int, only: str = "") -> None:
    """Short sounds of every kind."""
    folder.mkdir()
    kinds = [only] if only else list(KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        make(kind, folder / f"{folder.name} {number}.{KINDS[kind].extension}", seconds=0.3 + number % 7 * 0.2)


def _hold(window: Window, toolkit: Toolkit, unknown: Path, seconds: float) -> Iterator[Result]:
    """The arrow key down, so many rows a second; the window's own main loop runs."""
    root, tree, selection = window.root, window.catalog.table.tree, window.selection
    turns: list[float] = []
    last = time.perf_counter()
    key, held = "<Down>", True

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        turns.append(now - last - BEAT_MS / 1000)
        last = now
        if held:
            root.after(BEAT_MS, beat)

    def press() -> None:
        nonlocal key
        if held:
            root.after(1000 // ROWS_A_SECOND, press)
        key = {0: "<Down>", window.search.total - 1: "<Up>"}.get(selection.focus or 0, key)
        tree.event_generate(key)

    window.catalog.enter()
    window.scans.scan([str(unknown)])
    root.after(BEAT_MS, beat)
    root.after(BEAT_MS, press)
    root.after(int(seconds * 1000), root.quit)
    last = time.perf_counter()
    root.mainloop()
    held = False
    turns.sort()
    worst = turns[min(len(turns) - 1, int(len(turns) * 0.999))]
    name = f"arrow held {seconds:.0f} s at {ROWS_A_SECOND} rows/s, a scan running"
    yield Result(f"{name}: turn p99.9", ms([worst]), f"{ms(turns)} median", None, "<= 50 ms")
    yield Result(f"{name}: underruns", f"{toolkit.audio.underruns}", "", None, "<= 1 a minute")
    toolkit.audio.stop()
    turn(root, lambda: not window.scans.running, "the end of the scan")


def _pages(window: Window, toolkit: Toolkit) -> Iterator[Result]:
    """A page of the list with waveforms, and the same without."""
    table, playing = window.catalog.table, window.playing
    toolkit.waveforms.build().result()
    tops = range(0, max(1, window.search.total - table.height), table.height)

    def pages() -> list[float]:
        return [timed(window, _shower(table.show, top)) for _ in range(5) for top in tops]

    def rest() -> float:
        """The longest turn while a page fills in."""
        longest, until = 0.0, time.perf_counter() + 0.3
        while (begun := time.perf_counter()) < until:
            window.root.update()
            longest = max(longest, time.perf_counter() - begun)
        return longest

    filling = []
    for top in tops[:30]:
        table.show(top)
        filling.append(rest())
    shown = pages()
    playing.switch_waveforms()
    bare = pages()
    playing.switch_waveforms()
    ratio = statistics.median(shown) / statistics.median(bare)
    yield Result("page with waveforms", ms(shown), f"{ms(bare)} without", ratio, "<= 1.3")
    yield Result("a page of waveforms filling in: longest turn", ms(filling), "", None, "<= 30 ms")


def _frame(window: Window, toolkit: Toolkit) -> Result:
    """A step of the cursor, to the last pixel, in the large waveform."""
    window.detail.toggle()
    row = toolkit.catalog.search("is:ok").rows[0]
    window.detail.model.show(row)
    wave = window.detail.view.wave.widget
    turn(window.root, lambda: wave.duration_s and wave.winfo_width() > 100)
    times = [timed(window, _follower(wave.follow, step * wave.duration_s / FRAMES)) for step in range(FRAMES)]
    return Result("a step of the cursor", ms(times), "", None, "<= 2 ms")


def _shower(show: Callable[[int], None], top: int) -> Callable[[], None]:
    return lambda: show(top)


def _follower(follow: Callable[[float | None], None], position_s: float) -> Callable[[], None]:
    return lambda: follow(position_s)
