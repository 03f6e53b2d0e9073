"""A sine is known as that sine, and nothing else is taken for it."""

import itertools
import math

import pytest

from ctk.selftest.tones import AMPLITUDE, SECONDS, Tone, fault

TONE = Tone(440, 44_100)
HEARD = TONE.samples()


def test_it_is_half_a_second_of_that_pitch() -> None:
    assert len(HEARD) == TONE.frames == round(SECONDS * 44_100)
    assert max(HEARD) == pytest.approx(AMPLITUDE, abs=0.001)
    rises = sum(1 for one, two in itertools.pairwise(HEARD) if one < 0 <= two)
    assert rises == pytest.approx(440 * SECONDS, abs=1)
    assert not any(Tone(0, 8_000).samples())


@pytest.mark.parametrize("start", [0, 17, 5_000])
def test_the_tone_has_no_fault_wherever_it_begins(start: int) -> None:
    assert fault(HEARD[start : start + 9_000], TONE) == ""


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (Tone(480, 44_100).samples(), "of it is the tone of 440 Hz"),
        (Tone(440, 48_000).samples(), "of it is the tone of 440 Hz"),
        ([value / 2 for value in HEARD], "its level is 50%"),
        ([0.0] * 9_000, "its level is 0%"),
        ([], "its level is 0%"),
        ([value + 0.2 * math.sin(n * 0.7) for n, value in enumerate(HEARD)], ""),
    ],
)
def test_what_is_another_sound_is_told(samples: list[float], words: str) -> None:
    said = fault(samples, TONE)
    assert said and words in said


def test_silence_is_silent() -> None:
    assert fault([0.0] * 100, Tone(0, 44_100)) == ""
    assert fault([0.0, 0.1], Tone(0, 44_100)) == "what should be silent is not"
