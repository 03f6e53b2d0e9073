"""What files write for numbers, names and paths, and how it is shown in a sentence."""

import pytest

from ctk.facts import entries
from ctk.facts.entries import Problems


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        (" 3,0 ", 3),
        ("9007199254740993", 9007199254740993),
        (3.5, None),
        ("three", None),
        ("", None),
        (True, None),
        (None, None),
        ([3], None),
        (float("nan"), None),
        (float("inf"), None),
        ("1e999", None),
        (10**30, None),
    ],
)
def test_whole_numbers(value: object, number: int | None) -> None:
    assert entries.whole(value) == number


def test_what_is_shown_stays_short_and_on_its_line() -> None:
    assert entries.shown("a\nb\x1b") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert entries.shown("x" * 500) == "x" * 60 + "…"
    assert (entries.shown(None), entries.shown(4), entries.shown([1] * 99)) == ("nothing", "4", "a list")


def test_names_that_are_the_same_count_once() -> None:
    problems = Problems()
    raw = {"path": "/a.wav", "tags": ["Dark", "dark ", " DARK"], "collections": ["Set", {"name": "set", "position": 3}]}
    read = entries.entry(raw, "Sound 1", problems)
    assert read is not None and (read.marks.tags, read.marks.collections) == (("Dark",), ("Set",))
    assert problems.sentences() == ()


def test_a_problem_says_where_and_what() -> None:
    problems = Problems()
    entries.entry({"path": "/m/kick.wav", "rating": 99}, "Row 7", problems)
    assert problems.sentences() == ("Row 7 (kick.wav): rating 99 is not 0 to 5 stars; this part was left out.",)
