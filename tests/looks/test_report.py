"""What a check finds."""

from ctk.looks.look import Fault
from ctk.looks.report import MOST_FAULTS, Report, shown


def test_errors_come_in_the_order_of_their_lines() -> None:
    report = Report()
    report.written = "a = 1\n[b]\nc = 2\n"
    report.add(Fault("icons/x.png", 0, "no."))
    report.error(("b", "c"), "late.")
    report.error(("b", "d"), "table.")
    report.error(("a",), "early.")
    assert [str(fault) for fault in report.errors] == [
        *("look.toml:1: early.", "look.toml:2: table.", "look.toml:3: late.", "icons/x.png: no.")
    ]
    assert report.spoiled == {"a", "b"}


def test_of_very_many_the_number_is_told() -> None:
    report = Report()
    for _ in range(MOST_FAULTS + 1_234):
        report.strange((), "ab", "thing", ["ac"])
    assert len(report.errors) == MOST_FAULTS + 1
    assert str(report.errors[-1]) == "look.toml: and 1,234 more."


def test_values_are_shown_short_and_on_one_line() -> None:
    assert shown("a\nb\x1b[31m") == '"a?b?[31m"'
    assert len(shown("x" * 1_000)) == 40
    assert shown(10**5_000) == "far too large"
