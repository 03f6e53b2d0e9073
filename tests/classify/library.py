"""A library of short sounds whose names say nothing, a few kinds of them, each sound another."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import ctk
from ctk.catalog.store import Store
from ctk.classify.judging import Judging
from ctk.classify.keeper import Keeper
from ctk.classify.vectors import Ear, Vectors
from ctk.jobs import Task
from ctk.toolkit import Toolkit
from tests.audio import signals
from tests.catalog import small

Samples = npt.NDArray[np.float64]
RATE = 22_050
QUIET = Task(lambda _: None)


def thump(random: np.random.Generator, seconds: float) -> Samples:
    """A low tone that falls and dies away."""
    time = np.arange(round(seconds * RATE)) / RATE
    freq = random.uniform(45, 80) * (1 + 3 * np.exp(-time * random.uniform(30, 60)))
    wave: Samples = np.sin(2 * np.pi * np.cumsum(freq) / RATE) * np.exp(-time * random.uniform(8, 16))
    return wave


def hiss(random: np.random.Generator, seconds: float) -> Samples:
    """Noise that swells and goes."""
    time = np.linspace(0, 1, round(seconds * RATE))
    noise: Samples = random.normal(0, 0.3, len(time)) * np.sin(np.pi * time) ** random.uniform(0.5, 2)
    return noise


def chord(random: np.random.Generator, seconds: float) -> Samples:
    """Three steady tones with overtones."""
    time = np.arange(round(seconds * RATE)) / RATE
    root = random.uniform(180, 360)
    tones = [root * ratio * number for ratio in (1, 1.26, 1.5) for number in (1, 2, 3)]
    wave: Samples = sum((np.sin(2 * np.pi * tone * time) / 12 for tone in tones), np.zeros(len(time)))
    return wave * np.minimum(1, 20 * time)


KINDS: dict[str, Callable[[np.random.Generator, float], Samples]] = {"aa": thump, "bb": hiss, "cc": chord}


def write(file: Path, seed: int, seconds: float = 0.4) -> Path:
    """A sound of the kind that the name begins with."""
    file.parent.mkdir(parents=True, exist_ok=True)
    wave = KINDS[file.name[:2]](np.random.default_rng(seed), seconds)
    return signals.write("wav_16", file, np.stack([wave, wave], axis=1), RATE)


def make(folder: Path, each: int, seconds: float = 0.4) -> Path:
    """``each`` sounds of every kind."""
    for kind in KINDS:
        for number in range(each):
            write(folder / f"{kind}_{number:03}.wav", number, seconds)
    return folder


@contextmanager
def scanned(home: Path, *folders: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan(folders).result(120)
        yield toolkit


def ids(toolkit: Toolkit, query: str = "") -> dict[str, int]:
    """The sounds by name."""
    return {row.name: row.id for row in toolkit.catalog.search(query, limit=100_000).rows}


def categories(toolkit: Toolkit) -> dict[str, str | None]:
    """What sounds are taken for, by name."""
    return {row.name: row.category for row in toolkit.catalog.search(limit=100_000).rows}


def heard(toolkit: Toolkit, ear: Ear = "built-in") -> dict[int, int]:
    """In which change each sound was heard, by its id."""
    vectors = toolkit.classify._parts().vectors
    table = {"built-in": "built_in", "cnn14": "cnn14"}[ear]
    ask = f"SELECT sound_id, change FROM heard_{table}"
    return dict(vectors._derived.read(lambda connection: connection.execute(ask).fetchall(), []))


@contextmanager
def parts(home: Path) -> Iterator[tuple[Store, Vectors, Judging]]:
    """A catalog without sounds, and what classification is made of."""
    with closing(Store(home / "catalog.db")) as store, closing(Vectors(store, home / "derived.db")) as vectors:
        yield store, vectors, Judging(store, vectors)


def add(store: Store, folder: str | Path, name: str, **facts: Any) -> int:
    """A sound of the catalog, whose file may be there or not."""
    file = os.path.join(folder, name)
    if os.path.exists(file):
        found = os.stat(file)
        facts = {"size_bytes": found.st_size, "mtime_ns": found.st_mtime_ns, "duration_s": 0.4, **facts}

    def change(connection: Any) -> int:
        return small.add(connection, str(folder), "", name, **facts) or 0

    return store.write(change).result()


def keeper(store: Store, vectors: Vectors, judging: Judging, ids: list[int], ear: Ear = "built-in") -> Keeper:
    return Keeper(store, vectors, judging, QUIET, ear, ids)
