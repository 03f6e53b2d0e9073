"""Discovering audio on a large disk, against a bare walk over the same folders.

``python -m tests.bench discover``. The files are empty: neither side opens any. Medians measured in alternation.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import ctk
from ctk.toolkit import Toolkit
from tests.bench.scan import alternating
from tests.bench.table import Result

FILES = 300_000
IN_A_FOLDER = 40
CANCELS = 9
PLACES = ("Music", "Documents", "Downloads", "Samples")
OTHERS = ("txt", "jpg", "json", "asd", "als", "png", "pdf", "xml")


def run(files: int = FILES) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    for share, reach in ((1 / 3, "<= 1.5"), (1.0, "")):
        with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
            home = Path(folder) / "user"
            audio = disk(home, files, share)
            with environment(user(home)), ctk.open(Path(folder) / "home") as toolkit:
                yield from _measured(toolkit, home, files, audio, reach)


def disk(home: Path, files: int, share: float) -> int:
    """Folders of empty files, a ``share`` of them audio by name; how many are."""
    rng = random.Random(7)
    audio = 0
    for number in range(files):
        if not number % IN_A_FOLDER:
            part = number // IN_A_FOLDER
            place = home / PLACES[part % len(PLACES)] / f"Shelf {part % 23}" / f"Pack {part % 97}" / f"Folder {part}"
            place.mkdir(parents=True)
        is_audio = rng.random() < share
        audio += is_audio
        (place / f"Some Sample Name {number}.{'wav' if is_audio else rng.choice(OTHERS)}").touch()
    return audio


def user(home: Path) -> dict[str, str]:
    """What the environment says of a user who lives there."""
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def walk(home: Path) -> None:
    """Every folder and every name, and nothing else."""
    pending = [os.fsencode(home)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            pending += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]


def _measured(toolkit: Toolkit, home: Path, files: int, audio: int, reach: str) -> Iterator[Result]:
    found = toolkit.sources.discover().result()
    assert sum(place.files for place in found if place.path.startswith(str(home))) == audio
    ours, base = alternating(lambda: toolkit.sources.discover().result(), lambda: walk(home))
    what = f"discover, {files:,} files, {100 * audio / files:.0f} % audio, against a bare walk"
    yield Result(what, f"{ours * 1000:.0f} ms", f"{base * 1000:.0f} ms", ours / base, reach)
    yield Result("discover, from cancelling to its end", f"{_cancelling(toolkit) * 1000:.0f} ms", "", None, "<= 200 ms")


def _cancelling(toolkit: Toolkit) -> float:
    took = []
    for _ in range(CANCELS):
        job = toolkit.sources.discover()
        time.sleep(0.1)
        started = time.perf_counter()
        job.cancel()
        job.wait()
        took.append(time.perf_counter() - started)
    return statistics.median(took)
