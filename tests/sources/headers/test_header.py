"""What may be believed of a header."""

import math

import pytest

from ctk.sources.headers.header import Header, cut_off


def header(facts: dict[str, float | None]) -> Header:
    one = Header("wv", "wavpack", 1.0, 44_100, 2, 16)
    for name, value in facts.items():
        setattr(one, name, value)
    return one


@pytest.mark.parametrize(
    ("facts", "believed"),
    [
        ({}, True),
        ({"bit_depth": None}, True),
        ({"duration_s": 0.0}, True),
        ({"duration_s": None}, False),
        ({"duration_s": -1.0}, False),
        ({"duration_s": math.nan}, False),
        ({"duration_s": math.inf}, False),
        ({"duration_s": 1_001.0}, False),
        ({"sample_rate_hz": None}, False),
        ({"sample_rate_hz": 0}, False),
        ({"sample_rate_hz": 4_000_001}, False),
        ({"channels": 0}, False),
        ({"channels": 1_025}, False),
        ({"bit_depth": 0}, False),
        ({"bit_depth": 65}, False),
    ],
)
def test_only_what_sounds_have_is_believed(facts: dict[str, float | None], believed: bool) -> None:
    one = header(facts)
    assert one.believable(1_000) is believed
    one.clear(1_000)
    kept = {"duration_s": 1.0, "sample_rate_hz": 44_100, "channels": 2, "bit_depth": 16} | facts
    if not believed:
        kept |= dict.fromkeys(facts)
    assert (one.duration_s, one.sample_rate_hz, one.channels, one.bit_depth) == tuple(kept.values())


def test_plain_numbers_must_have_room_in_the_file() -> None:
    assert Header("wav", "pcm", 1.0, 8_000, 1, 16).believable(16_000)
    assert not Header("wav", "pcm", 1.0, 8_000, 1, 16).believable(15_999)
    assert not Header("wav", None, 1.0, 8_000, 1, 16).believable(16_000)


def test_a_cut_file_says_how_much_is_there() -> None:
    assert cut_off(1.23, 4.8) == "The file is cut off: 1.2 s of 4.8 s are there."
    assert cut_off(59.0, 125.4) == "The file is cut off: 59.0 s of 2:05 min are there."
