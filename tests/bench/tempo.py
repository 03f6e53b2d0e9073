"""Tempo by ear: what it costs beside decoding, and what listening to a library costs with and without it.

``python -m tests.bench.tempo``. Loops of three to sixteen seconds whose tempo nobody states, and as many one-shots
beside them. The share of one thread is measured in CPU time, the whole pass by the clock; both in turn.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import ctk
from ctk.toolkit import Toolkit
from ctk.waveforms import rhythm
from ctk.waveforms.listening import listen
from tests.bench.peaks import listen_afresh
from tests.bench.scan import ROUNDS, alternating
from tests.bench.table import Result, show
from tests.writers import waves
from tests.writers.samples import lively

LOOPS = 120
RATE = 44_100


def run() -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "library"
        library.mkdir()
        loops = _library(library)
        yield _beside_decoding(loops)
        with ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([library]).result()
            yield _whole_pass(toolkit)


def _library(folder: Path) -> list[str]:
    """The paths of the loops."""
    chance = random.Random(1)
    sound = lively(16.0, RATE, 2, 110.0)
    loops = []
    for number in range(LOOPS):
        beats, bpm = chance.choice((8, 16, 16, 32)), chance.uniform(80, 170)
        loop, shot = folder / f"dusty {number} loop.wav", folder / f"one shot {number}.wav"
        loop.write_bytes(waves.wav(sound[: round(beats * 60 / bpm * RATE)], RATE, 16))
        shot.write_bytes(waves.wav(sound[number : number + 20_000], RATE, 16))
        loops.append(str(loop))
    return loops


def _beside_decoding(loops: list[str]) -> Result:
    def heard(with_tempo: bool) -> Callable[[], object]:
        return lambda: [listen(path, lambda: None, with_tempo) for path in loops]

    ours, base = [], []
    for _ in range(ROUNDS):
        base.append(_cpu_s(heard(False)))
        ours.append(_cpu_s(heard(True)))
    with_it, without = (statistics.median(times) / len(loops) * 1_000 for times in (ours, base))
    return Result(
        f"tempo of {len(loops)} loops, CPU a file beside decoding and measuring it",
        f"{with_it - without:.1f} ms",
        f"{without:.1f} ms",
        with_it / without,
        "<= 12 ms",
    )


def _cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _whole_pass(toolkit: Toolkit) -> Result:
    def without() -> None:
        with patch.object(rhythm, "may_have", lambda place: False):
            listen_afresh(toolkit)

    ours, base = alternating(lambda: listen_afresh(toolkit), without)
    return Result(
        f"listening to {LOOPS} loops and {LOOPS} one-shots, kept, with their tempo, against without",
        f"{2 * LOOPS / ours:,.0f} files/s",
        f"{2 * LOOPS / base:,.0f} files/s",
        ours / base,
        "",
    )


if __name__ == "__main__":
    show(run())
