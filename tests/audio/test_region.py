"""A part of a sound, or a sentence why it is none."""

import pytest

from ctk.audio.region import checked, clamped
from ctk.errors import UsageError


def test_a_part_is_taken_as_it_is() -> None:
    assert checked(None) is None
    assert checked((0, 2), 1.0) == (0.0, 2.0)
    assert checked((0.5, 0.75), 1.0) == (0.5, 0.75)


@pytest.mark.parametrize("region", [(1, 1), (2, 1), (-1, 1), (float("nan"), 1), (0, float("inf")), (0, float("nan"))])
def test_what_is_no_part_says_so(region: tuple[float, float]) -> None:
    with pytest.raises(UsageError, match=r"^From .* s to .* s is not a part of a sound\.$"):
        checked(region)


@pytest.mark.parametrize("region", [(1,), (1, 2, 3), ("a", "b"), 7])
def test_it_takes_two_numbers(region: object) -> None:
    with pytest.raises(UsageError, match="it takes two numbers of seconds"):
        checked(region)  # type: ignore[arg-type]


def test_beyond_the_end_there_is_nothing() -> None:
    with pytest.raises(UsageError, match=r"^There is nothing from 2 s on: this sound ends at 1\.500 s\.$"):
        checked((2, 3), 1.5)


def test_places_are_moved_to_what_can_be_played() -> None:
    assert [clamped(at_s, None, 2.0) for at_s in (-1, 1, 3)] == [0, 1, 2]
    assert [clamped(at_s, None, None) for at_s in (-1, 3)] == [0, 3]
    assert [clamped(at_s, (0.5, 1.0), 2.0) for at_s in (0, 0.7, 3)] == [0.5, 0.7, 1.0]
    assert clamped(3, (0.5, 9.0), 2.0) == 2.0
