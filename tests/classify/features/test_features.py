"""The features of a sound: finite for anything, the same however loud, and only of what is heard first."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ctk.classify import features
from ctk.classify.builtin import Model
from ctk.classify.features.spectrum import Array

RATE = features.RATE


def pluck(hz: float = 220.0, seconds: float = 1.0, rate: int = RATE) -> Array:
    time = np.arange(round(seconds * rate)) / rate
    tones = sum(np.sin(2 * np.pi * hz * number * time) / number for number in range(1, 8))
    return (tones * np.exp(-4 * time)).astype(np.float32)


def alike(one: Array, other: Array) -> float:
    """The cosine between two rows of features, standardised."""
    first, second = Model.load().standardised(np.stack([one, other]))
    return float(first @ second)


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(np.float32, st.integers(0, 3_000), elements=st.floats(width=32)),
    st.sampled_from((1, 8_000, 22_050, 44_100, 192_000)),
)
def test_anything_has_features_and_they_are_finite(samples: Array, rate: int) -> None:
    found = features.of(samples, rate)
    assert found.shape == (features.SIZE,) and found.dtype == np.float32
    assert np.isfinite(found).all()


@pytest.mark.parametrize("count", [0, 1, 2, 100, 30_000])
@pytest.mark.parametrize("value", [0.0, 0.7, np.nan, np.inf])
def test_where_nothing_moves_there_is_nothing_to_hear(count: int, value: float) -> None:
    assert not features.of(np.full(count, value, np.float32), 44_100).any()


@pytest.mark.parametrize("gain", [1e-4, 0.1, 30.0])
def test_loudness_does_not_matter(gain: float) -> None:
    assert alike(features.of(pluck(), RATE), features.of(pluck() * np.float32(gain), RATE)) > 0.99


def test_a_constant_offset_does_not_matter() -> None:
    assert alike(features.of(pluck(), RATE), features.of(pluck() + np.float32(0.3), RATE)) > 0.99


def test_silence_before_a_sound_does_not_matter() -> None:
    late = np.concatenate([np.zeros(RATE // 2, np.float32), pluck()])
    assert alike(features.of(pluck(), RATE), features.of(late, RATE)) > 0.98


@pytest.mark.parametrize("rate", [32_000, 44_100, 96_000])
def test_the_sample_rate_hardly_matters(rate: int) -> None:
    assert alike(features.of(pluck(), RATE), features.of(pluck(rate=rate), rate)) > 0.95


def test_what_comes_after_the_first_seconds_is_not_heard() -> None:
    noise = np.random.default_rng(1).standard_normal(10 * RATE).astype(np.float32)
    noise[0] = 9.0
    whole, start = features.of(noise, RATE), features.of(noise[: round(features.LISTEN_S * RATE)], RATE)
    assert np.array_equal(whole, start)


def test_a_note_a_tone_higher_is_nearer_than_noise() -> None:
    one, near = features.of(pluck(220), RATE), features.of(pluck(247), RATE)
    far = features.of(np.random.default_rng(1).standard_normal(RATE).astype(np.float32), RATE)
    assert alike(one, near) > alike(one, far) + 0.3
