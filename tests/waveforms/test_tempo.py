"""Tempo by ear: on loops rendered from General MIDI, cut well and badly, and on sounds that have no tempo."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from ctk.waveforms import tempo
from ctk.waveforms.tempo import Floats, Tempo
from tests.writers import midi
from tests.writers.midi import Loop

GATE, GATE_SEED = 20, 4_001
LONG, LONG_SEED = 300, 4_012
RATE = midi.RATE // 4
SURE = 0.7


def mono(loop: Loop) -> Floats:
    whole = len(loop.samples) // 4 * 4
    return np.asarray(loop.samples[:whole].reshape(-1, 8).mean(axis=1), np.float32)


def heard(samples: Floats) -> Tempo | None:
    return tempo.estimate(samples, RATE, len(samples) / RATE)


def right(found: Tempo | None, bpm: float, *, octaves: bool) -> bool:
    """Within 4 %, or so near its half or its double."""
    readings = () if found is None else (found.bpm, found.half, found.double) if octaves else (found.bpm,)
    return any(abs(reading / bpm - 1) < 0.04 for reading in readings)


def shares(loops: Sequence[Loop], cut: Callable[[Floats], Floats] | None = None) -> tuple[float, float]:
    """How many are right, and how many when octaves are allowed."""
    found = [(heard(cut(mono(loop)) if cut else mono(loop)), loop.bpm) for loop in loops]
    exact = sum(right(said, bpm, octaves=False) for said, bpm in found) / len(found)
    allowed = sum(right(said, bpm, octaves=True) for said, bpm in found) / len(found)
    print(f"\n{len(found)} loops: {exact:.3f} within 4 %, {allowed:.3f} with octaves")
    return exact, allowed


def render(count: int, seed: int, folder: Path) -> list[Loop]:
    chance = random.Random(seed)
    return [midi.loop(chance, folder) for _ in range(count)]


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Loop]:
    return render(GATE, GATE_SEED, tmp_path_factory.mktemp("some"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Loop]:
    return render(LONG, LONG_SEED, tmp_path_factory.mktemp("many"))


def whole(samples: Floats) -> Floats:
    return samples


def padded(samples: Floats) -> Floats:
    """As an MP3 encoder leaves it."""
    return np.concatenate([np.zeros(276, np.float32), samples, np.zeros(300, np.float32)])


def short(samples: Floats) -> Floats:
    return samples[: int(len(samples) * 0.99)]


def long(samples: Floats) -> Floats:
    return np.concatenate([samples, samples[: int(len(samples) * 0.013)]])


def tailed(samples: Floats) -> Floats:
    return np.concatenate([samples, np.zeros(RATE // 4, np.float32)])


def gapped(samples: Floats) -> Floats:
    """As a dry loop whose last beat fades out before its end."""
    return np.concatenate([samples[: -RATE // 5], np.zeros(RATE // 5, np.float32)])


def test_some_loops(some: Sequence[Loop]) -> None:
    exact, allowed = shares(some)
    assert exact >= 0.85
    assert allowed >= 0.95


@pytest.mark.parametrize("cut", [tailed, gapped])
def test_some_loops_that_end_in_silence(some: Sequence[Loop], cut: Callable[[Floats], Floats]) -> None:
    exact, allowed = shares(some, cut)
    assert exact >= 0.8
    assert allowed >= 0.95


@pytest.mark.long
@pytest.mark.timeout(900)
def test_many_loops(many: Sequence[Loop]) -> None:
    exact, allowed = shares(many)
    assert exact >= 0.85
    assert allowed >= 0.97


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("cut", "enough"), [(padded, 0.95), (short, 0.95), (long, 0.95), (tailed, 0.95), (gapped, 0.97)]
)
def test_many_loops_that_were_cut_badly(many: Sequence[Loop], cut: Callable[[Floats], Floats], enough: float) -> None:
    assert shares(many, cut)[1] >= enough


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_sure_tempo_is_right(many: Sequence[Loop]) -> None:
    found = [(heard(cut(mono(loop))), loop.bpm) for loop in many for cut in (whole, tailed)]
    sure = [right(said, bpm, octaves=True) for said, bpm in found if said and said.confidence >= SURE]
    print(f"\n{len(sure)} of {len(found)} are sure, {sum(sure) / len(sure):.3f} of them right")
    assert sum(sure) / len(sure) >= 0.98
    assert len(sure) >= len(found) / 2


def irregular(chance: np.random.Generator, hits: int, seconds: float) -> Floats:
    """Noises at random times."""
    samples = np.zeros(round(seconds * RATE), np.float32)
    for start in chance.integers(0, len(samples) - 2_000, hits):
        samples[start : start + 2_000] += chance.normal(0, 0.3, 2_000) * np.exp(-np.arange(2_000) / 400)
    return samples


def without_tempo() -> Iterator[tuple[str, Floats]]:
    chance, times = np.random.default_rng(4_003), np.arange(8 * RATE) / RATE
    noise = np.asarray(chance.normal(0, 0.2, 8 * RATE), np.float32)
    yield "noise", noise
    yield "riser", np.asarray(times / 8 * noise, np.float32)
    yield "drone", np.asarray(np.sin(691 * times) + np.sin(694 * times), np.float32)
    for hits in (3, 6, 12, 24, 48):
        yield f"{hits} hits", irregular(chance, hits, 6.0)


@pytest.mark.parametrize(
    ("kind", "samples"), list(without_tempo()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_has_no_tempo_is_not_sure_of_one(kind: str, samples: Floats) -> None:
    found = heard(samples)
    assert found is None or found.confidence < 0.5, kind


def test_a_pad_is_not_sure(tmp_path: Path) -> None:
    _, _, _, pattern = midi.PAD
    samples = midi.render(pattern(random.Random(4_004)), 90.0, 89, round(4 * 60 / 90 * midi.RATE), tmp_path)
    found = heard(mono(Loop("pad", 90.0, 4, samples)))
    assert found is None or found.confidence < SURE


@pytest.mark.parametrize("samples", [np.zeros(4 * RATE), np.ones(4 * RATE), np.zeros(0), np.ones(RATE // 2)])
def test_silence_and_scraps_have_none(samples: Floats) -> None:
    assert heard(samples.astype(np.float32)) is None


def test_one_hit_has_none() -> None:
    times = np.arange(4 * RATE) / RATE
    assert heard((np.exp(-4 * times) * np.sin(565 * times)).astype(np.float32)) is None


def test_clicks_have_their_tempo_and_its_other_readings() -> None:
    samples = np.zeros(8 * RATE, np.float32)
    samples[:: RATE // 2] = 1.0
    found = heard(samples)
    assert found is not None
    assert (found.bpm, found.half, found.double) == (120.0, 60.0, 240.0)
    assert found.confidence >= SURE


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_none_raise_nothing(value: float) -> None:
    heard(np.full(4 * RATE, value, np.float32))
