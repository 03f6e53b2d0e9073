"""Results as lines for people."""

import pytest

from ctk.cli import words
from ctk.records import Page, Problem, Row, ScanReport, Vanished


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00 min"), (59.6, "1:00 min"), (61, "1:01 min"), (3600 * 310, "310 h 00 min")]
)
def test_length(seconds: float, text: str) -> None:
    assert words.length(seconds) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 KB"), (122e9, "122.0 GB"), (3e12, "3.0 TB")]
)
def test_size(number: float, text: str) -> None:
    assert words.size(number) == text


def test_a_name_stays_on_its_line() -> None:
    assert words.line("a\nb\x1b[31m") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m"
    row = Row(7, "/x\n.wav", "x\n.wav", None, None, None, None, None, None, 0, "bad")
    assert words.page(Page(1, [row]), 0).count("\n") == 1


def test_only_the_first_problems_are_listed() -> None:
    report = ScanReport(problems=[Problem(f"/{number}.wav", "The file is empty.") for number in range(100)])
    assert words.scan(report).endswith("... and 80 more (--json lists them all)")


def test_what_is_gone_at_once_is_asked_about() -> None:
    told = words.scan(ScanReport(vanished=[Vanished(1, "/music", 900, 1000)], cloud=3))
    assert "3 files only online, not opened." in told
    assert "900 of 1,000 files are gone from /music" in told and "--accept-missing" in told
