"""The built-in listener on 600 files: decoding, features and probabilities, on one core.

``python -m tests.bench.listener``. Files a second of processor time, so that a busy machine does not count; the
baseline decodes the same seconds of the same files and does no more.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import debian
from ctk.audio import decode
from ctk.classify import features
from ctk.classify.builtin import Model
from ctk.classify.features.spectrum import Array
from tests.audio import signals
from tests.bench.table import Result, show

FILES = 600
PACKS = ("sonic-pi-samples", "lmms-common")


def run() -> Iterator[Result]:
    Model.load()
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        yield told("of 16-bit WAVs of 0.1 to 3 s", written(Path(folder)))
    files = [
        file for name in PACKS for file in (debian.PACKS / name).rglob("*") if file.suffix in {".flac", ".ogg", ".wav"}
    ]
    if files:
        yield told("of Sonic Pi and LMMS (FLAC, Ogg, WAV)", sorted(files))
    rows = np.random.default_rng(1).standard_normal((20_000, features.SIZE)).astype(np.float32)
    taken = timed_s(Model.load().probabilities, rows)
    yield Result("features of 20,000 sounds to probabilities", f"{taken * 1_000:.0f} ms", "", None, "")


def told(name: str, files: Sequence[Path]) -> Result:
    ours, bare = (len(files) / timed_s(work, files) for work in (listened, decoded))
    return Result(
        f"listen to {len(files)} files {name}", f"{ours:.0f} files/s", f"{bare:.0f} files/s", ours / bare, ">= 150"
    )


def listened(files: Sequence[Path]) -> Array:
    return Model.load().probabilities(np.stack([features.of(samples(file), features.RATE) for file in files]))


def decoded(files: Sequence[Path]) -> None:
    for file in files:
        samples(file)


def samples(file: Path) -> Array:
    with decode.open(file, rate=features.RATE, channels=1) as stream:
        return stream.read(round(features.LISTEN_S * features.RATE))[:, 0]


def written(folder: Path) -> list[Path]:
    """Sounds of 0.1 to 3 seconds, most of them short, as in a pack of one-shots."""
    chance = random.Random(1)
    files = []
    for number in range(FILES):
        files.append(folder / f"{number}.wav")
        signals.write("wav_16", files[-1], signals.chirp(0.1 * 30 ** chance.random() ** 1.5, 44_100))
    return files


def timed_s(work: Callable[[Any], object], about: Any) -> float:
    start = time.thread_time()
    work(about)
    return time.thread_time() - start


if __name__ == "__main__":
    show(run())
