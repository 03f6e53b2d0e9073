"""A sound in one channel: the same however it comes, and nothing of what is too long."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ctk.waveforms import tempo
from ctk.waveforms.mono import Mono
from ctk.waveforms.tempo import Floats


def noise(frames: int, channels: int) -> NDArray[np.int16]:
    return np.random.default_rng(1).integers(-30_000, 30_000, frames * channels, np.int16)


def heard(rate: int, channels: int, blocks: Iterator[NDArray[Any]]) -> Floats:
    mono = Mono(rate, channels)
    for block in blocks:
        mono.take(block)
    return mono.samples


@pytest.mark.parametrize(
    ("rate", "step"), [(8_000, 1), (11_025, 1), (22_050, 2), (44_100, 4), (48_000, 4), (96_000, 9)]
)
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_channels_are_mixed_and_the_rate_is_low(rate: int, step: int, channels: int) -> None:
    values = noise(5_000, channels)
    found = heard(rate, channels, iter([values]))
    whole = 5_000 // step * step * channels
    expected = values[:whole].reshape(-1, step * channels).mean(axis=1) / 32_768
    assert found == pytest.approx(expected, abs=1e-4)
    assert Mono(rate, channels).rate_hz == rate / step
    assert found.dtype == np.float32


@given(st.lists(st.integers(1, 700), max_size=12))
def test_it_is_the_same_in_blocks_of_any_size(sizes: list[int]) -> None:
    values = noise(3_000, 2)
    cuts = [0, *np.cumsum(sizes).clip(max=3_000).tolist(), 3_000]
    blocks = (values[2 * start : 2 * end] for start, end in pairwise(cuts))
    assert np.array_equal(heard(44_100, 2, blocks), heard(44_100, 2, iter([values])))


def test_floats_are_as_loud_as_whole_numbers() -> None:
    values = noise(4_000, 1)
    floats = (values / 32_768).astype(np.float32)
    assert heard(44_100, 1, iter([floats])) == pytest.approx(heard(44_100, 1, iter([values])), abs=1e-6)


def test_blocks_may_be_used_again() -> None:
    mono, block = Mono(11_025, 1), np.ones(100, np.float32)
    mono.take(block)
    block[:] = 0
    assert mono.samples.tolist() == [1.0] * 100


def test_what_is_too_long_is_forgotten() -> None:
    rate = 1_000
    mono, second = Mono(rate, 1), np.ones(rate, np.int16)
    for _ in range(int(tempo.LONGEST_S)):
        mono.take(second)
    assert len(mono.samples) == tempo.LONGEST_S * rate
    mono.take(second[:1])
    assert len(mono.samples) == 0
    mono.take(second)
    assert len(mono.samples) == 0


def test_it_can_begin_again() -> None:
    mono = Mono(44_100, 2)
    mono.take(noise(1_001, 2))
    mono.begin()
    mono.take(noise(2_000, 2))
    assert np.array_equal(mono.samples, heard(44_100, 2, iter([noise(2_000, 2)])))
