"""CNN14 in its worker against the bare model on the same windows, and against one file at a time as it is.

``python -m tests.bench.panns``. The weights are random, which costs the same. Rounds take turns, so that all see the
same machine, and the best of each counts. The bare model has a thread as nice as the worker is.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ctk.classify import panns
from ctk.classify.buckets import LENGTHS, RATE_HZ, Window, windows
from ctk.classify.steady import Batch, Piece, Steady
from tests.bench.table import Result, show
from tests.classify import checkpoint

FILES = {0.4: 32, 0.8: 8, 1.6: 6, 4.0: 3, 9.0: 2}
"""Seconds, and how many of that length: packs hold mostly short sounds."""
ROUNDS = 3


def run() -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        file = Path(folder) / "random.pth"
        checkpoint.write(file)
        yield from compared(str(file))


def compared(file: str) -> Iterator[Result]:
    chance = np.random.default_rng(1)
    lengths = [round(seconds * RATE_HZ) for seconds, count in FILES.items() for _ in range(count)]
    sounds = [chance.normal(0, 0.1, length).astype(np.float32) for length in lengths]
    with (
        Steady(file, "cpu", "fp32") as exact,
        Steady(file, "cpu", "auto") as quick,
        ThreadPoolExecutor(1, initializer=nicely) as pool,
    ):
        parts = batches(sounds, exact)
        model = checkpoint.load(file)
        found = best(
            {
                "bare": lambda: pool.submit(bare, model, parts).result(),
                "naive": lambda: pool.submit(naive, model, sounds).result(),
                "exact": lambda: through(exact, parts),
                "quick": lambda: through(quick, parts),
            },
            len(sounds),
        )
        automatic = f"CNN14 in its worker, {quick.about().precision} (auto)"
    yield row("CNN14 in its worker, fp32; bare model", found["exact"], found["bare"], ">= 0.9")
    yield row(f"{automatic}; bare model, fp32", found["quick"], found["bare"], ">= 1.5 (bf16)")
    yield row("CNN14 in its worker, fp32; a file at a time", found["exact"], found["naive"], "")
    yield row(f"{automatic}; a file at a time", found["quick"], found["naive"], "")


def row(name: str, ours: float, other: float, reach: str) -> Result:
    return Result(name, f"{ours:.1f} files/s", f"{other:.1f} files/s", ours / other, reach)


def best(ways: dict[str, Callable[[], None]], files: int) -> dict[str, float]:
    """Files a second of each way, in its best round."""
    found = dict.fromkeys(ways, 0.0)
    for number in range(ROUNDS + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            speed = files / (time.perf_counter() - start)
            found[name] = max(found[name], speed if number else 0.0)
    return found


def nicely() -> None:
    """On Linux a thread has a niceness of its own."""
    if hasattr(os, "nice"):
        os.nice(panns.NICE)
    torch.set_num_threads(panns.cores())


def batches(sounds: list[Window], steady: Steady) -> list[Batch]:
    """All windows by length, as many at a time as are good for the device."""
    found: list[Batch] = []
    for length in LENGTHS:
        pieces = [Piece(0, "", window) for sound in sounds for window in windows(sound) if len(window) == length]
        size = steady.about().batch_of(length)
        found += [pieces[start : start + size] for start in range(0, len(pieces), size)]
    return found


def through(steady: Steady, parts: list[Batch]) -> None:
    assert all(heard.trouble is None for heard in steady.each(parts))


def bare(model: Any, parts: list[Batch]) -> None:
    for part in parts:
        hear(model, np.stack([piece.window for piece in part]))


def naive(model: Any, sounds: list[Window]) -> None:
    """As ``AudioTagging`` would be called: each file as it is, but for the shortest, which it does not take."""
    for sound in sounds:
        hear(model, sound[None])


def hear(model: Any, sounds: Window) -> None:
    with torch.no_grad():
        heard = model(torch.from_numpy(sounds), None)
    assert heard["embedding"].numpy().shape == (len(sounds), 2048)


if __name__ == "__main__":
    show(run())
