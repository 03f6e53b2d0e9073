"""Batches: removing ten thousand files, the journal included, and taking that back, against a bare os.rename loop.

``python -m tests.bench.batch [--files N]``. The loop has its paths ready and its folders made; nobody could undo it.
"""

import argparse
import os
import random
import statistics
import tempfile
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ctk
from ctk.toolkit import Toolkit
from tests.bench.scan import ROUNDS, drop_caches, timed
from tests.bench.table import Result, show

FILES = 10_000
A_FOLDER = 200
"""Files in each folder of the library."""


def run(files: int = FILES) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "library"
        paths = fill(library, files)
        aside = Path(folder) / "aside"
        pairs = [(path, str(aside / os.path.relpath(path, library))) for path in paths]
        for target in {os.path.dirname(target) for _, target in pairs}:
            os.makedirs(target)
        with ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([library]).result()
            yield from _measured(toolkit, pairs, files)


def fill(library: Path, files: int) -> list[str]:
    """Small sounds in folders; where they are."""
    paths = []
    for number in range(files):
        path = library / f"Pack {number // A_FOLDER}" / f"sound {number}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 44100, 0, "NONE", ""))
            file.writeframes(random.Random(number).randbytes(400))
        paths.append(str(path))
    return paths


def bare(pairs: Sequence[tuple[str, str]]) -> None:
    for path, target in pairs:
        os.rename(path, target)


def _measured(toolkit: Toolkit, pairs: Sequence[tuple[str, str]], files: int) -> Iterator[Result]:
    warm = _rounds(toolkit, pairs, lambda: None)
    yield _row(f"removing {files:,} files, journal included", warm.applying, warm.loop, files, "<= 4")
    yield _row(f"taking back the removal of {files:,} files", warm.undoing, warm.loop, files)
    yield _row(f"planning the removal of {files:,} files", warm.planning, warm.loop, files)
    try:
        cold = _rounds(toolkit, pairs, drop_caches)
    except OSError as exc:
        yield Result("the same on a cold cache", f"not measured: {exc}", "", None, "<= 4")
        return
    yield _row(f"removing {files:,} files, journal included, cold cache", cold.applying, cold.loop, files, "<= 4")


@dataclass(frozen=True, slots=True)
class _Times:
    """In seconds, one of each round."""

    loop: list[float] = field(default_factory=list)
    planning: list[float] = field(default_factory=list)
    applying: list[float] = field(default_factory=list)
    undoing: list[float] = field(default_factory=list)


def _rounds(toolkit: Toolkit, pairs: Sequence[tuple[str, str]], before: Callable[[], None]) -> _Times:
    ids = list(toolkit.catalog.ids())
    times = _Times()
    for _ in range(ROUNDS):
        before()
        times.loop.append(timed(lambda: bare(pairs)))
        bare([(target, path) for path, target in pairs])
        times.planning.append(timed(lambda: toolkit.batch.plan_remove(ids)))
        plan = toolkit.batch.plan_remove(ids)
        before()
        times.applying.append(timed(lambda plan=plan: toolkit.batch.apply(plan).result()))  # type: ignore[misc]
        times.undoing.append(timed(lambda: toolkit.batch.undo().result()))
    return times


def _row(name: str, ours: list[float], base: list[float], files: int, reach: str = "") -> Result:
    mine, theirs = statistics.median(ours), statistics.median(base)
    return Result(name, _each(mine, files), _each(theirs, files), mine / theirs, reach)


def _each(seconds: float, files: int) -> str:
    return f"{seconds / files * 1e6:.1f} us a file"


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=FILES)
    show(run(options.parse_args().files))
