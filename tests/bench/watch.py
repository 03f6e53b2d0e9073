"""Keeping up: an archive unpacked into a watched folder, and the first answer of a rescan from folder times.

``python -m tests.bench.watch [--files N]``. Ratios are of medians measured in alternation with a bare scandir + stat.
"""

import argparse
import itertools
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ctk
from ctk.catalog import source_rows
from ctk.catalog.store import Store, revision_of
from ctk.events import CatalogChanged
from ctk.sources.freshness import Freshness
from ctk.sources.watch.watch import open_eye
from ctk.toolkit import Toolkit
from tests.bench.scan import alternating, stat_walk, timed
from tests.bench.table import Result, show
from tests.sources.watch.eyes import go_on, tree

FILES = 300_000
A_FOLDER = 20
UNPACKED = 5_000
UNPACKED_BYTES = 20_000
ROUNDS = 5
TICK_S = 0.005
ASK_S = 0.1
"""A window asks less often."""


def run(files: int = FILES) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "library"
        grow(library, files)
        with ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([library]).result()
            yield _quick(toolkit, library, files)
            yield _first_answer(toolkit, library)
            yield _full(toolkit, library)
            yield _set_up(library)
            yield from _unpack(toolkit, library, Path(folder))


def grow(library: Path, files: int) -> None:
    """Small WAV files that all differ, so many a folder, in two levels; some time ago."""
    numbers = iter(range(files))
    for folder in range(-(-files // A_FOLDER)):
        place = library / f"Pack {folder // 100}" / f"{folder}"
        place.mkdir(parents=True)
        for number in itertools.islice(numbers, A_FOLDER):
            (place / f"sound {number}.wav").write_bytes(_wav(struct.pack("<q", number)))
    time.sleep(4)  # until the times of folders are trusted


def _wav(samples: bytes) -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 44100, 88200, 2, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + len(samples), b"WAVE")
        + form
        + struct.pack("<4sI", b"data", len(samples))
        + samples
    )


def _quick(toolkit: Toolkit, library: Path, files: int) -> Result:
    store = Store(toolkit.home / "catalog.db")
    root = source_rows.roots(store.read())[0]

    def quick() -> None:
        stale = Freshness(store, root.id, root.path).stale(lambda: None)
        assert not stale.changed and not stale.gone

    ours, base = alternating(quick, lambda: stat_walk(library))
    store.close()
    return Result(
        f"unchanged, {files:,} files: folder times, against scandir + stat",
        f"{ours * 1000:.0f} ms",
        f"{base * 1000:.0f} ms",
        ours / base,
        "<= 0.2",
    )


def _first_answer(toolkit: Toolkit, library: Path) -> Result:
    times: list[float] = []
    there = threading.Event()
    end = toolkit.events.subscribe(CatalogChanged, lambda _: there.set())
    for number in range(ROUNDS):
        (library / "Pack 0" / "7" / f"new {number}.wav").write_bytes(_wav(struct.pack("<q", -1 - number)))
        there.clear()
        started = time.perf_counter()
        job = toolkit.sources.scan()
        there.wait()
        times.append(time.perf_counter() - started)
        assert toolkit.catalog.search(f"new {number}").total == 1
        job.result()
    end()
    base = statistics.median(timed(lambda: stat_walk(library)) for _ in range(ROUNDS))
    ours = statistics.median(times)
    return Result(
        "one new file among them is in the list, from the start of a scan",
        f"{ours * 1000:.0f} ms",
        f"{base * 1000:.0f} ms",
        ours / base,
        "<= 0.2",
    )


def _full(toolkit: Toolkit, library: Path) -> Result:
    ours, base = alternating(lambda: toolkit.sources.scan().result(), lambda: stat_walk(library))
    return Result(
        "the whole scan behind it, against scandir + stat",
        f"{ours * 1000:.0f} ms",
        f"{base * 1000:.0f} ms",
        ours / base,
        "<= 1.6",
    )


def _set_up(library: Path) -> Result:
    eye = open_eye()
    folders = sum(1 for _ in tree(library).folders(""))
    seconds = timed(lambda: eye.watch(tree(library), go_on))
    eye.close()
    return Result(
        f"{folders:,} folders are watched after", f"{seconds * 1000:.0f} ms", "", None, "behind the first paint"
    )


def _unpack(toolkit: Toolkit, library: Path, folder: Path) -> Iterator[Result]:
    archive = folder / "pack.zip"
    dice = random.Random(1)
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(UNPACKED):
            file.writestr(f"Unpacked/{number // 250}/{number}.wav", _wav(dice.randbytes(UNPACKED_BYTES)))
    toolkit.sources.watch(True)
    time.sleep(3)
    while toolkit.jobs.running():
        time.sleep(0.1)
    total = toolkit.catalog.search().total + UNPACKED
    revision = _revision(toolkit)
    with ticking() as delays:
        subprocess.run([sys.executable, "-m", "zipfile", "-e", str(archive), str(library)], check=True)
        written = time.perf_counter()
        while toolkit.catalog.search().total < total:
            time.sleep(ASK_S)
        took = time.perf_counter() - written
        time.sleep(1)
    delays.sort()
    yield Result(f"{UNPACKED:,} files unpacked are in the list, after the last", f"{took:.2f} s", "", None, "<= 2 s")
    yield Result("write transactions for them", f"{_revision(toolkit) - revision}", "", None, "a few batches")
    worst = delays[-max(1, len(delays) // 1000)]
    yield Result("another thread is late meanwhile, p99.9", f"{worst * 1000:.0f} ms", "", None, "<= 50 ms")


def _revision(toolkit: Toolkit) -> int:
    store = Store(toolkit.home / "catalog.db")
    try:
        return revision_of(store.read())
    finally:
        store.close()


@contextmanager
def ticking() -> Iterator[list[float]]:
    """How late a thread is that wakes every few milliseconds, as a window does."""
    delays: list[float] = []
    over = threading.Event()

    def tick() -> None:
        while not over.is_set():
            due = time.perf_counter() + TICK_S
            time.sleep(TICK_S)
            delays.append(time.perf_counter() - due)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        yield delays
    finally:
        over.set()
        thread.join()


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--files", type=int, default=FILES)
    show(run(options.parse_args().files))
