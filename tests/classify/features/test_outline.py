"""What is told about the level of a sound over time."""

import numpy as np
import pytest

from ctk.classify.features import outline, spectrum
from ctk.classify.features.spectrum import RATE, Array

RISE, FALL_20, LENGTH, TREND, HITS = 0, 4, 8, 13, 0
"""Where in the rows the rise, the fall by 20 dB, the length, the trend and the number of hits are."""


def noise(shape: Array) -> Array:
    return (np.random.default_rng(1).standard_normal(len(shape)) * shape).astype(np.float32)


def test_how_long_it_rings_is_told_in_octaves_of_seconds() -> None:
    time = np.arange(2 * RATE) / RATE
    falls = outline.outline(noise(10 ** (-2 * time)))[FALL_20]
    assert falls == pytest.approx(np.log2(0.5), abs=0.3)


def test_a_slow_start_is_told_from_a_fast_one() -> None:
    way = np.linspace(0, 1, RATE)
    assert outline.outline(noise(way))[RISE] > outline.outline(noise(way[::-1]))[RISE] + 3


def test_what_swells_and_what_dies_away_have_their_trends() -> None:
    way = np.linspace(0.01, 1, RATE)
    assert outline.outline(noise(way))[TREND] > 0.8
    assert outline.outline(noise(way[::-1]))[TREND] < -0.8


def test_silence_after_it_is_no_part_of_it() -> None:
    short = noise(np.ones(RATE // 4))
    padded = np.concatenate([short, np.zeros(RATE, np.float32)])
    assert outline.outline(padded)[LENGTH] == pytest.approx(outline.outline(short)[LENGTH], abs=0.05)


@pytest.mark.parametrize("count", [1, 4, 8])
def test_hits_are_counted(count: int) -> None:
    shape = np.zeros(4 * RATE)
    for number in range(count):
        start = round(number * 4 / count * RATE)
        shape[start : start + RATE // 10] = np.exp(-np.arange(RATE // 10) / 400)
    mel = spectrum.mel_db(spectrum.power(noise(shape)))
    assert np.expm1(outline.rhythm(mel)[HITS]) == pytest.approx(count, abs=1)
