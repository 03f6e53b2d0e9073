"""All sounds to learn from, as features, made once and kept in a folder."""

import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

import debian
from ctk.classify import features
from training import basses, changes, drums, effects, guitars, keys, singers, soundfont, speech, synths
from training.dsp import Array, Chance
from training.sounds import Sound, heard, labelled

SYNTHESIS: Final[dict[str, tuple[Mapping[str, Callable[[Chance], Array]], int]]] = {
    "drums": (drums.FAMILIES, 60),
    "synth": (synths.FAMILIES, 100),
    "vocal": (singers.FAMILIES, 110),
    "bass": (basses.FAMILIES, 120),
    "guitar": (guitars.FAMILIES, 120),
    "fx": (effects.FAMILIES, 80),
    "other": (keys.FAMILIES, 60),
}
"""Of each category the families that are synthesised, and how many sounds of each."""
PACKS: Final = (*debian.PACK_NAMES, *debian.LARGE_PACKS)
COPIES: Final = 2
"""How many changed copies are made of each sound of a pack."""
UNCHANGED: Final = 0.4
"""The share of rendered and synthesised sounds that stay as they are; of each there is one row."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Features, row by row; a ``source`` is a pack, ``gm``, ``voices`` or ``synthesis``; ``copy`` 0 is the original."""

    vectors: Array
    category: Array
    source: Array
    family: Array
    group: Array
    copy: Array

    def where(self, keep: Array) -> "Corpus":
        return Corpus(*(getattr(self, name)[keep] for name in _FIELDS))


_FIELDS: Final = ("vectors", "category", "source", "family", "group", "copy")
_Row = tuple[Array, str, str, str, str, int]


def gather(packs: Path, labels: Path, font: Path, cache: Path, workers: int = 2) -> Corpus:
    """The features of everything; parts that are in ``cache`` already are taken from there."""
    cache.mkdir(parents=True, exist_ok=True)
    jobs: list[tuple[Callable[..., list[_Row]], tuple[object, ...], str]] = [
        *((_pack, (packs, labels, name), name) for name in PACKS),
        (_spoken, (), "voices"),
        (_rendered, (font,), f"gm-{font.stem}"),
        *((_synthesised, (category,), f"synthesis-{category}") for category in SYNTHESIS),
    ]
    with ProcessPoolExecutor(workers) as pool:
        parts = [
            pool.submit(_kept, cache / f"{name}-{features.VERSION}.npz", work, about) for work, about, name in jobs
        ]
        return joined([part.result() for part in parts])


def joined(parts: Sequence[Corpus]) -> Corpus:
    return Corpus(*(np.concatenate([getattr(part, name) for part in parts]) for name in _FIELDS))


def _kept(file: Path, work: Callable[..., list[_Row]], about: tuple[object, ...]) -> Corpus:
    if not file.exists():
        columns = [np.array(column) for column in zip(*work(*about), strict=True)]
        np.savez(file, allow_pickle=False, **dict(zip(_FIELDS, columns, strict=True)))
        print(f"{file.stem}: {len(columns[0])} sounds", flush=True)
    with np.load(file) as kept:
        return Corpus(*(kept[name] for name in _FIELDS))


def _row(sound: Sound, source: str, copy: int) -> _Row:
    chance = np.random.default_rng((copy, zlib.crc32(np.asarray(sound.samples, np.float32).tobytes())))
    samples = changes.changed(chance, sound.samples, sound.category) if copy else sound.samples
    vector = features.of(samples.astype(np.float32), features.RATE)
    return vector, sound.category, source, sound.family, sound.group, copy


def _made(sounds: Iterable[Sound], source: str) -> list[_Row]:
    chance = np.random.default_rng(zlib.crc32(source.encode()))
    return [_row(sound, source, int(chance.random() >= UNCHANGED)) for sound in sounds]


def _pack(packs: Path, labels: Path, name: str) -> list[_Row]:
    rows: list[_Row] = []
    for path, category, source in labelled(labels, packs):
        parts = path.split("/")
        if parts[0] != name:
            continue
        sound = Sound(category, f"{source} {parts[-2]}", path, heard(packs / path))
        rows.extend(_row(sound, source, copy) for copy in range(COPIES + 1))
    return rows


def _rendered(font: Path) -> list[_Row]:
    with tempfile.TemporaryDirectory() as folder:
        return _made(soundfont.sounds(font, Path(folder)), "gm")


def _spoken() -> list[_Row]:
    with tempfile.TemporaryDirectory() as folder:
        return _made(chain(speech.espeak(Path(folder)), speech.festival(Path(folder))), "voices")


def _synthesised(category: str) -> list[_Row]:
    return _made(_imagined(category), "synthesis")


def _imagined(category: str) -> Iterator[Sound]:
    families, count = SYNTHESIS[category]
    for family, make in families.items():
        chance = np.random.default_rng(zlib.crc32(family.encode()))
        for number in range(count):
            yield Sound(category, family, f"{family} {number}", make(chance))
