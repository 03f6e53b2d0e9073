"""Sounds are cut to the lengths the model is given, and nothing in a file can make them infinite."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.classify import buckets
from ctk.classify.buckets import LENGTHS, RATE_HZ
from tests.classify.conftest import noise


@pytest.mark.parametrize(
    ("seconds", "lengths"),
    [
        *((0.0, [1]), (0.05, [1]), (1.0, [1]), (1.001, [2]), (2.0, [2]), (4.0, [5]), (5.0, [5]), (7.0, [10])),
        *((10.0, [10]), (11.9, [10]), (13.0, [10, 10]), (21.0, [10, 10]), (23.0, [10, 10, 10]), (700.0, [10, 10, 10])),
    ],
)
def test_a_sound_becomes_windows_of_known_lengths(seconds: float, lengths: list[int]) -> None:
    windows = buckets.windows(np.zeros(round(seconds * RATE_HZ), np.float32))
    assert [len(window) // RATE_HZ for window in windows] == lengths
    assert all(len(window) in LENGTHS for window in windows)


def test_a_short_sound_is_followed_by_silence() -> None:
    sound = noise(0.3)
    (window,) = buckets.windows(sound)
    assert np.array_equal(window[: len(sound)], sound)
    assert not window[len(sound) :].any()


def test_a_long_sound_is_heard_at_its_begin_middle_and_end() -> None:
    longest = LENGTHS[-1]
    assert buckets.spans(100 * RATE_HZ) == [
        (0, longest),
        (45 * RATE_HZ, 45 * RATE_HZ + longest),
        (90 * RATE_HZ, 90 * RATE_HZ + longest),
    ]


@given(st.integers(0, 10**9))
def test_windows_lie_inside_the_sound(length: int) -> None:
    spans = buckets.spans(length)
    assert 1 <= len(spans) <= buckets.MOST_WINDOWS
    assert all(0 <= start <= end <= length for start, end in spans)
    assert spans == sorted(set(spans))


def test_what_is_no_number_becomes_silence_and_what_is_too_loud_is_bounded() -> None:
    (window,) = buckets.windows(np.array([np.nan, np.inf, -np.inf, 1e30, 0.5, -1.5], np.float32))
    assert window[:6].tolist() == [0.0, 100.0, -100.0, 100.0, 0.5, -1.5]
    assert window.dtype == np.float32
