"""How long a sound is: unknown lengths answer nothing, and answers hold between ``low`` and ``high``."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.facts.length import Length

SECONDS = st.floats(0, 120)


def test_what_is_unknown_is_neither_short_nor_whole_beats() -> None:
    length = Length(None)
    assert not length.known
    assert not length.under(1e9)
    assert not length.makes_beats(120.0, of=4, loose=0.06)


@pytest.mark.parametrize(
    ("seconds", "of", "expected"),
    [
        (8.0, 4, True),
        (8.02, 4, True),
        (8.04, 4, False),
        (7.98, 4, True),
        (2.5, 4, False),
        (2.5, 1, True),
        (0.4, 1, False),
        (96.0, 4, False),
        (math.nan, 4, False),
        (math.inf, 4, False),
    ],
)
def test_whole_beats_at_120(seconds: float, of: int, expected: bool) -> None:
    assert Length(seconds).makes_beats(120.0, of=of, loose=0.06) is expected


@given(
    SECONDS,
    st.lists(st.floats(0.1, 30), max_size=3),
    st.lists(st.tuples(st.floats(40, 300), st.sampled_from([1, 4])), max_size=3),
    st.floats(0, 1),
)
def test_answers_hold_in_between(
    seconds: float, limits: list[float], beats: list[tuple[float, int]], where: float
) -> None:
    def asked(length: Length) -> list[bool]:
        return [length.under(limit) for limit in limits] + [
            length.makes_beats(bpm, of=of, loose=0.06) for bpm, of in beats
        ]

    length = Length(seconds)
    answers = asked(length)
    assert length.low <= seconds < length.high or math.isclose(seconds, length.low, rel_tol=1e-9)
    low, high = max(length.low, 0.0), min(length.high, 200.0)
    other = low + (0.001 + 0.998 * where) * (high - low)
    assert asked(Length(other)) == answers
