"""One loudness for all, as far as nothing clips."""

import math

import pytest

from ctk.audio.decode.seeking import Hints
from ctk.audio.loudness import CEILING_DB, MOST_DB, TARGET_DB, even_gain


def db(gain: float) -> float:
    return 20 * math.log10(gain)


def test_quiet_sounds_come_up_and_loud_ones_down() -> None:
    assert db(even_gain(Hints(peak_db=-20, loudness_db=-30))) == pytest.approx(TARGET_DB + 30)
    assert db(even_gain(Hints(peak_db=-0.5, loudness_db=-6))) == pytest.approx(TARGET_DB + 6)


def test_nothing_ever_clips() -> None:
    assert db(even_gain(Hints(peak_db=-3, loudness_db=-30))) == pytest.approx(CEILING_DB + 3)
    assert db(even_gain(Hints(peak_db=9, loudness_db=-12))) == pytest.approx(CEILING_DB - 9)


def test_hiss_is_not_turned_up_without_end() -> None:
    assert db(even_gain(Hints(peak_db=-70, loudness_db=-80))) == pytest.approx(MOST_DB)


@pytest.mark.parametrize("hints", [Hints(), Hints(peak_db=-3), Hints(loudness_db=-40)])
def test_what_nobody_listened_to_and_silence_stay_as_they_are(hints: Hints) -> None:
    assert even_gain(hints) == 1
