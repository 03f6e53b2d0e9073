"""Folding, splitting and natural order of names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.catalog.text import fold, natural_key, spaced

digits = st.integers(0, 10**12)
letters = st.text("abcxyz -_.", max_size=4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kick", "kick"),
        ("Été", "ete"),
        ("E\u0301te\u0301", "ete"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁlter", "filter"),
        ("Øre Łódź", "øre łodz"),
        ("İI", "ii"),
        ("ΣΑΣ", "σασ"),
        ("宇多田", "宇多田"),
        ("\udcff", "\udcff"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_are_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(), st.text())
def test_folding_parts_is_folding_the_whole(left: str, right: str) -> None:
    assert fold(f"{left}/{right}") == f"{fold(left)}/{fold(right)}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lo-Fi_", "lo fi "),
        ("a - b", "a b"),
        (" x", " x"),
        ("\udcffa\nb", " a b"),
        ("", ""),
        ("½", "1 2"),
        ("\U0001f525", " "),
    ],
)
def test_spaced(text: str, expected: str) -> None:
    assert spaced(text) == expected


@given(st.text())
def test_spaced_holds_letters_digits_and_single_spaces(text: str) -> None:
    found = spaced(text)
    assert "  " not in found
    assert all(char == " " or char.isalnum() for char in found)
    found.encode("utf-8")


@pytest.mark.parametrize(
    "names",
    [
        ["kick 2", "Kick 10", "kick 100"],
        ["1", "2", "10", "a"],
        ["a 1 b 2", "a 1 b 10", "a 2 b 1"],
        ["é1", "E2", "é10"],
        ["x 0", "x 1"],
    ],
)
def test_natural_order(names: list[str]) -> None:
    names_backwards = names[::-1]
    assert sorted(names_backwards, key=natural_key) == names


@given(letters, digits, digits, letters)
def test_numbers_compare_as_numbers(before: str, one: int, other: int, after: str) -> None:
    keys = natural_key(f"{before}{one}{after}"), natural_key(f"{before}{other}{after}")
    assert (keys[0] < keys[1]) == (one < other)


@given(st.text())
def test_every_name_has_a_key_that_case_does_not_change(name: str) -> None:
    assert natural_key(name.casefold()) == natural_key(name)
