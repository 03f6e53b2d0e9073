"""A table under check."""

from ctk.looks.part import Part
from ctk.looks.report import Report


def test_what_nobody_asks_for_is_an_error() -> None:
    report = Report()
    part = Part(report, {"size": 1, "sise": 2, "in": {"deep": True}})
    assert part.number("size", 0, 5) == 1
    assert part.part("in").value("deep") is True
    assert part.part("absent").text("x", 5) is None
    part.done()
    assert [fault.text for fault in report.errors] == ['there is no setting called "sise"; did you mean size?']


def test_choices_are_known_and_stand_once() -> None:
    report = Report()
    part = Part(report, {"good": ["a", "b"], "bad": ["a", "a", "x", 1], "long": ["a"] * 9})
    assert part.choices("good", "letter", ["a", "b"]) == ("a", "b")
    assert part.choices("bad", "letter", ["a", "b"]) is None
    assert part.choices("long", "letter", ["a", "b"]) is None
    assert report.count == 2
