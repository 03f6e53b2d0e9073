"""What is told about the colour of a sound."""

import numpy as np
import pytest

from ctk.classify.features import spectrum
from ctk.classify.features.spectrum import BANDS, FLOOR_DB, RATE, Array


def tone(hz: float) -> Array:
    return np.sin(2 * np.pi * hz * np.arange(RATE) / RATE).astype(np.float32)


@pytest.mark.parametrize("hz", [60.0, 250.0, 1_000.0, 4_000.0, 9_000.0])
def test_a_tone_is_in_one_band_and_higher_ones_are_in_higher_bands(hz: float) -> None:
    mel = spectrum.mel_db(spectrum.power(tone(hz)))
    higher = spectrum.mel_db(spectrum.power(tone(hz * 1.2)))
    assert mel.mean(axis=0).argmax() < higher.mean(axis=0).argmax()
    assert (mel[10] > -20).sum() <= 4


def test_levels_are_below_the_strongest_band_and_above_the_floor() -> None:
    mel = spectrum.mel_db(spectrum.power(tone(440)))
    assert mel.shape == (1 + RATE // spectrum.HOP, BANDS)
    assert mel.max() == 0 and mel.min() >= FLOOR_DB


def test_the_row_has_the_length_it_says() -> None:
    for count in (1, 300, 5_000, RATE):
        powers = spectrum.power(tone(440)[:count])
        assert spectrum.measures(powers, spectrum.mel_db(powers)).shape == (spectrum.SPECTRUM,)
