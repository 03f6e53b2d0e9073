"""Outlines: of a long WAV against a plain read of its bytes, of an MP3 against a bare decode, and of a whole screen.

``python -m tests.bench.peaks``. All of it runs on one thread; every ratio is of medians measured in turn.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

import ctk
from ctk.toolkit import Toolkit
from ctk.waveforms.listening import listen
from tests.bench.scan import alternating
from tests.bench.table import Result, show
from tests.sounds import tree
from tests.writers import encoded, waves

SECONDS = 300
RATE = 44_100
ROWS = 60
FILES = 2_000


def run() -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        sound = _music()
        wav, mp3 = Path(folder) / "long.wav", Path(folder) / "long.mp3"
        wav.write_bytes(waves.wav(sound, RATE, 24))
        encoded.write(mp3, sound, RATE, muxer="mp3", codec="libmp3lame", sample_format="s16p", bit_rate=192_000)
        library = Path(folder) / "library"
        tree(library, FILES, seed=1)
        with ctk.open(Path(folder) / "home") as toolkit:
            toolkit.sources.scan([library]).result()
            yield from _long_files(toolkit, wav, mp3)
            yield _whole_library(toolkit)
            yield _screen(toolkit)


def _music() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Five minutes of noise that swells, in stereo."""
    frames = SECONDS * RATE
    swell = 0.5 + 0.4 * np.sin(np.arange(frames) / RATE)
    return np.random.default_rng(1).uniform(-1, 1, (frames, 2)) * swell[:, None]


def _long_files(toolkit: Toolkit, wav: Path, mp3: Path) -> Iterator[Result]:
    for points in (1_024, 100_000):
        ours, base = alternating(lambda points=points: toolkit.waveforms.peaks(wav, points), wav.read_bytes)  # type: ignore[misc]
        yield _row(f"{points:,} peaks of 5 minutes of 24-bit stereo WAV, against read()", ours, base, "<= 2")
    ours, base = alternating(lambda: listen(str(wav)), wav.read_bytes)
    yield _row("the same with its health and loudness", ours, base)
    ours, base = alternating(lambda: toolkit.waveforms.peaks(mp3), lambda: _bare_decode(mp3))
    yield _row("1,024 peaks of 5 minutes of MP3, against a bare PyAV decode", ours, base, "<= 1.5")
    ours, base = alternating(lambda: listen(str(mp3)), lambda: _bare_decode(mp3))
    yield _row("the same with its health, loudness and seek index", ours, base)


def _bare_decode(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(frame.samples for frame in container.decode(audio=0))


def _whole_library(toolkit: Toolkit) -> Result:
    paths = [row.path for row in toolkit.catalog.search(limit=FILES).rows]

    def read_all() -> None:
        for path in paths:
            Path(path).read_bytes()

    ours, base = alternating(lambda: listen_afresh(toolkit), read_all)
    return Result(
        f"listening to {FILES:,} small files, kept, on 2 threads, against read()",
        f"{FILES / ours:,.0f} files/s",
        f"{FILES / base:,.0f} files/s",
        ours / base,
        "",
    )


def listen_afresh(toolkit: Toolkit) -> None:
    """Listen to everything once more; nothing of it is kept yet."""
    toolkit.waveforms.close()
    del toolkit.waveforms
    for name in ("derived.db", "derived.db-wal", "derived.db-shm"):
        (toolkit.home / name).unlink(missing_ok=True)
    toolkit.waveforms.build().result()


def _screen(toolkit: Toolkit) -> Result:
    ids = list(toolkit.catalog.ids())[:ROWS]
    ours, base = alternating(lambda: toolkit.waveforms.kept(ids), lambda: toolkit.catalog.search(limit=ROWS))
    return Result(
        f"{ROWS} kept pictures, against {ROWS} rows",
        f"{ours * 1_000:.2f} ms",
        f"{base * 1_000:.2f} ms",
        ours / base,
        "< 2 ms",
    )


def _row(name: str, ours: float, base: float, reach: str = "") -> Result:
    return Result(name, f"{ours * 1_000:.0f} ms", f"{base * 1_000:.0f} ms", ours / base, reach)


if __name__ == "__main__":
    show(run())
