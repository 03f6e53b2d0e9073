"""What ails a sound is judged by its numbers alone, and said in a sentence."""

from dataclasses import replace

import pytest

from ctk.catalog.health import AILMENTS
from ctk.waveforms.health import JUDGES, Numbers, clock, findings

WELL = Numbers(frames=44_100, sample_rate_hz=44_100, channels=2, peak=0.9, rms=0.2, loudness_db=-14.0)
"""A second of something."""


def said(**numbers: object) -> dict[str, str]:
    return dict(findings(replace(WELL, **numbers)))  # type: ignore[arg-type]


def test_there_is_a_judge_for_every_ailment() -> None:
    assert tuple(JUDGES) == AILMENTS


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"peak": 1.0, "clips": 4},
        {"peak": 1.7, "clips": 900},
        {"peak": 4.1 / 32_768, "rms": 1e-5},
        {"offset": 0.009, "rms": 0.02},
        {"offset": 0.03, "rms": 0.4},
        {"offset": 0.5, "frames": 2_000},
        {"channels": 1},
    ],
)
def test_well(numbers: dict[str, object]) -> None:
    assert said(**numbers) == {}


@pytest.mark.parametrize(
    ("numbers", "ailment", "words"),
    [
        ({"frames": 44_100 * 12, "promised": 44_100 * 30}, "truncated", "Ends early: 0:12 of 0:30 are there."),
        ({"frames": 13_671, "promised": 35_280}, "truncated", "Ends early: 0.31 s of 0.80 s are there."),
        ({"frames": 44_100 * 65, "promised": 44_100 * 7_325}, "truncated", "Ends early: 0:01:05 of 2:02:05 are there."),
        ({"broken": 1}, "damaged", "Damaged in 1 place: what is broken there is left out."),
        ({"broken": 3}, "damaged", "Damaged in 3 places: what is broken there is left out."),
        ({"frames": 0, "sample_rate_hz": 0, "channels": 0}, "damaged", "Nothing of it can be played."),
        ({"peak": 3.9 / 32_768, "rms": 1e-5, "quiet": (0, 1)}, "silent", "Nothing but silence."),
        ({"peak": 1.0, "clips": 27}, "clipped", "Clipped: 27 peaks are cut off flat at full scale."),
        ({"offset": 0.031}, "offset", "Off the middle: it swings around 3 % above zero (DC offset)."),
        ({"offset": -0.2}, "offset", "Off the middle: it swings around 20 % below zero (DC offset)."),
        ({"quiet": (1,)}, "dead-channel", "The right channel is silent."),
        ({"quiet": (0,)}, "dead-channel", "The left channel is silent."),
        ({"quiet": (2,), "channels": 6}, "dead-channel", "Channel 3 is silent."),
        ({"quiet": (0, 4, 5), "channels": 6}, "dead-channel", "Channels 1, 5 and 6 are silent."),
    ],
)
def test_unwell(numbers: dict[str, object], ailment: str, words: str) -> None:
    assert said(**numbers) == {ailment: words}


def test_several_at_once() -> None:
    assert list(said(promised=90_000, clips=9, peak=1.0, quiet=(0,))) == ["truncated", "clipped", "dead-channel"]


def test_levels() -> None:
    assert WELL.peak_db == pytest.approx(-0.915, abs=0.001)
    assert replace(WELL, peak=0.0).peak_db is None
    assert Numbers().duration_s == 0.0


def test_packed_and_unpacked() -> None:
    sick = replace(WELL, promised=90_000, quiet=(0, 2), clips=7, offset=-0.1)
    assert Numbers.unpack(sick.pack()) == sick
    for other in ("", "{}[", "5", '["a"]' * 2, "[" + "1," * 30 + "1]"):
        with pytest.raises(ValueError):
            Numbers.unpack(other)


def test_clock() -> None:
    assert [clock(seconds, 9.9) for seconds in (0.0, 1.234)] == ["0.00 s", "1.23 s"]
    assert [clock(seconds, 600) for seconds in (0.0, 9.99, 61.0)] == ["0:00", "0:09", "1:01"]
