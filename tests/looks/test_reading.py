"""The text of a sheet."""

from pathlib import Path

import pytest

from ctk.looks.reading import Unreadable, text, values
from tests.looks.making import faults


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a = 1\nb = [1\n\n", "look.toml:4: it is no TOML: unclosed array."),
        ("a = 1\nb\n", "look.toml:2: it is no TOML: expected '=' after a key in a key/value pair."),
        ("a = 1\na = 2", "look.toml:2: it is no TOML: cannot overwrite a value."),
        ("a = " + "[" * 9_000, "look.toml: lists or tables lie too deep in each other."),
        ("a = 1" + "0" * 5_000, "look.toml: it is no TOML: "),
        ("b = 1\n" + "a." * 9_000 + "a = 1", "look.toml:2: there are more than 128 dots in this line."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(written: str, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        values(written)
    assert str(caught.value.fault).startswith(told)


def test_a_comment_may_have_dots() -> None:
    assert values("  # " + "." * 200 + "\na = 1") == {"a": 1}


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        text(b"a = 1\nb = '\xff'")
    assert str(caught.value.fault) == "look.toml:2: it is not written in UTF-8."
    with pytest.raises(Unreadable, match="larger than 128 KB"):
        text(bytes(200_000))


def test_what_editors_leave_does_no_harm() -> None:
    assert values(text(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")) == {"a": 1, "b": 2}


def test_nothing_else_is_said_of_a_sheet_that_cannot_be_read(tmp_path: Path) -> None:
    assert faults(tmp_path, "[colours\n") == [
        "look.toml:4: it is no TOML: expected ']' at the end of a table declaration."
    ]
