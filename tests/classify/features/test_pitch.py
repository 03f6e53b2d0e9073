"""What is told about the notes in a sound."""

import numpy as np
import pytest

from ctk.classify.features import pitch
from ctk.classify.features.spectrum import RATE, Array

CLEAR, HEIGHT, GLIDE = 0, 7, 12
"""Where in the row the clearness, the middle note and the way it glides are."""


def tone(hz: float | Array, seconds: float = 1.0) -> Array:
    turn = 2 * np.pi * np.cumsum(np.broadcast_to(hz, round(seconds * RATE))) / RATE
    made = sum(np.sin(number * turn) / number for number in range(1, 5))
    return np.asarray(made, np.float32)


@pytest.mark.parametrize("hz", [41.2, 55.0, 110.0, 196.0, 440.0, 880.0])
def test_the_note_is_found(hz: float) -> None:
    octaves = pitch.measures(tone(hz))[HEIGHT]
    assert octaves == pytest.approx(np.log2(hz / 55), abs=0.02)


def test_a_tone_is_clear_and_noise_is_not() -> None:
    noise = np.random.default_rng(1).standard_normal(RATE).astype(np.float32)
    assert pitch.measures(tone(220))[CLEAR] > 0.95
    assert pitch.measures(noise)[CLEAR] < 0.3


def test_a_glide_has_its_direction() -> None:
    way = np.linspace(0, 1, RATE)
    assert pitch.measures(tone(200 * 2**way))[GLIDE] > 0.1
    assert pitch.measures(tone(400 * 2**-way))[GLIDE] < -0.1
    assert abs(pitch.measures(tone(200))[GLIDE]) < 0.01
