"""Drives and folders that move: a renamed folder against an unchanged rescan, sources that are not here, counting.

``python -m tests.bench.sources [--files N] [--rows N]``. Every ratio is of medians measured in alternation.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import ctk
from ctk.catalog import sums
from ctk.catalog.store import Store
from ctk.toolkit import Toolkit
from tests.bench.table import Result, show
from tests.catalog import synthetic
from tests.sounds import tree

FILES = 20_000
ROWS = 1_000_000
ROUNDS = 5
OFFLINE_SOURCES = 5


def run(files: int = FILES, rows: int = ROWS) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "Music" / "Samples"
        tree(library / "Packs", files, seed=1)
        with ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([library]).result()
            yield _renamed_folder(toolkit, library, files)
            yield _renamed_root(toolkit, library, files)
            yield from _offline(toolkit, library)
        yield _counting(Path(folder), rows)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def rescan(toolkit: Toolkit, moved: int = 0) -> float:
    """Seconds of a scan that finds ``moved`` files elsewhere and nothing else."""
    started = time.perf_counter()
    report = toolkit.sources.scan().result()
    seconds = time.perf_counter() - started
    if (report.moved, report.added, report.missing) != (moved, 0, 0):
        raise RuntimeError(f"the scan did not find what it should: {report}")
    return seconds


def _renamed_folder(toolkit: Toolkit, library: Path, files: int) -> Result:
    """The one folder that everything in a source is in."""
    folder, plain, renamed = library / "Packs", [], []
    for number in range(ROUNDS):
        plain.append(rescan(toolkit))
        folder = folder.rename(library / f"Packs {number}")
        renamed.append(rescan(toolkit, files))
    return _against_rescan(f"recognising a renamed folder of {files:,} files", renamed, plain)


def _renamed_root(toolkit: Toolkit, library: Path, files: int) -> Result:
    """The folder that is the source itself."""
    plain, renamed = [], []
    name = library
    for number in range(ROUNDS):
        plain.append(rescan(toolkit))
        name = name.rename(library.with_name(f"Samples {number}"))
        renamed.append(rescan(toolkit))
    name.rename(library)
    rescan(toolkit)
    return _against_rescan(f"recognising a renamed source of {files:,} files", renamed, plain)


def _against_rescan(name: str, ours: list[float], plain: list[float]) -> Result:
    mine, theirs = statistics.median(ours), statistics.median(plain)
    return Result(name, f"{mine * 1000:.0f} ms", f"{theirs * 1000:.0f} ms", mine / theirs, "<= 2")


def _offline(toolkit: Toolkit, library: Path) -> Iterator[Result]:
    """What it costs a scan to look for sources that are not here, and what a look at the list costs."""
    small = library.parent / "Small"
    tree(small, 20, seed=2)
    toolkit.sources.scan([small]).result()
    alone = statistics.median(timed(lambda: toolkit.sources.scan([small]).result()) for _ in range(ROUNDS * 4))
    for number in range(OFFLINE_SOURCES):
        shutil.copytree(small, library.parent / "drives" / f"{number}" / "Gone")
        toolkit.sources.scan([library.parent / "drives" / f"{number}" / "Gone"]).result()
        shutil.rmtree(library.parent / "drives" / f"{number}")
    with_them = statistics.median(timed(lambda: toolkit.sources.scan([small]).result()) for _ in range(ROUNDS * 4))
    each = (with_them - alone) / OFFLINE_SOURCES
    yield Result("an offline source, in a scan", f"{each * 1000:.1f} ms", f"{alone * 1000:.1f} ms", None, "< 50 ms")
    look = statistics.median(timed(toolkit.sources.refresh_presence) for _ in range(ROUNDS * 4))
    yield Result(f"looking for {OFFLINE_SOURCES + 2} sources", f"{look * 1000:.1f} ms", "", None, "")


def _counting(folder: Path, rows: int) -> Result:
    """The list of sources after a change, with all its counts."""
    with closing(Store(folder / "counted.db")) as store:
        synthetic.fill(store, rows)
        seconds = statistics.median(timed(lambda: sums.stats(store.read())) for _ in range(ROUNDS))
    return Result(f"counting {rows:,} sounds by source and state", f"{seconds * 1000:.0f} ms", "", None, "")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--rows", type=int, default=ROWS)
    chosen = options.parse_args()
    show(run(chosen.files, chosen.rows))
