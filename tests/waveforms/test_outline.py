"""Outlines fall together exactly into shorter ones, and come back from their bytes as they were, or not at all."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.waveforms.outline import Outline, edges, outline
from tests.waveforms.reference import Values, agrees, shown


def noise(frames: int, channels: int = 2, loudest: float = 1.0) -> Values:
    return np.random.default_rng(frames).uniform(-loudest, loudest, (frames, channels))


def made(samples: Values, steps: int) -> Outline:
    bounds = edges(len(samples), steps)
    parts = [samples[start:end] for start, end in pairwise(bounds)]
    low, high = (np.array([extreme(part) for part in parts]) for extreme in (np.min, np.max))
    return outline(len(samples), low, high, np.array([np.mean(np.square(part)) for part in parts]))


@settings(deadline=None)
@given(st.integers(1, 3_000), st.sampled_from([1, 2, 3, 8, 64, 96, 256, 1024]), st.sampled_from([1, 2, 4, 16, 64, 512]))
def test_a_shorter_one_is_what_it_would_have_been(frames: int, steps: int, points: int) -> None:
    samples = noise(frames)
    whole = made(samples, min(steps, frames))
    assert whole.gives(points) == (whole.steps == frames or whole.steps % points == 0)
    if whole.gives(points):
        short = whole.reduced(points)
        assert agrees(short, samples, points)
        if points <= frames:
            assert np.array_equal(short.rows[:2], made(samples, points).rows[:2])


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 1_000))
def test_one_with_a_step_for_each_frame_gives_any_other(frames: int, points: int) -> None:
    samples = noise(frames, 1)
    assert agrees(made(samples, frames).reduced(points), samples, points)


@pytest.mark.parametrize("loudest", [0.0, 1e-5, 0.5, 1.0, 1.01, 2.0, 3.7, 1000.0])
def test_any_loudness(loudest: float) -> None:
    samples = noise(500, loudest=loudest)
    unit = max(1.0, 2.0 ** np.ceil(np.log2(max(loudest, 1)))) / 32_768
    assert agrees(made(samples, 50), samples, 50, unit=unit)


@pytest.mark.parametrize("steps", [1, 2, 7, 64, 1024])
def test_packed_and_unpacked(steps: int) -> None:
    whole = made(noise(5_000, loudest=3), steps)
    again = Outline.unpack(whole.pack())
    assert (again.frames, again.steps, again.shift) == (5_000, steps, 2)
    assert np.array_equal(again.rows, whole.rows)
    assert np.array_equal(shown(again), shown(whole))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_other_bytes_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="not an outline"):
        Outline.unpack(packed)


def test_cut_off_bytes_are_refused() -> None:
    packed = made(noise(5_000), 64).pack()
    for length in range(len(packed)):
        with pytest.raises(ValueError, match="not an outline"):
            Outline.unpack(packed[:length])
