"""The lines of the panel: what is shown of a facet, what folds, what stays in its place."""

from collections.abc import Sequence

import pytest

from ctk.records import Choice, Facet, Facets, SavedSearch
from ctk.settings import Settings
from ctk.ui.models.filter_lines import FEW, SAVE, SAVED_TITLE, FilterLines, Line, merged

MANY = [(f"{number}m", 100 - number) for number in range(24)]


def facet(name: str, counts: Sequence[tuple[str, int]], chosen: Sequence[str] = ()) -> Facet:
    choices = [Choice(label, count, label in chosen, f"{name}:{label}") for label, count in counts]
    return Facet(name, name.title(), choices, "")


@pytest.fixture
def settings() -> Settings:
    return Settings(filters_folded=[])


@pytest.fixture
def lines(settings: Settings) -> FilterLines:
    return FilterLines(settings)


def drawn(lines: FilterLines, *facets: Facet, total: int = 1000, text: str = "") -> list[Line]:
    found = Facets(total, facets)
    lines.learn(found, text)
    return lines.facets(found, {})


def test_a_facet_is_a_title_and_its_choices_with_their_counts(lines: FilterLines) -> None:
    assert drawn(lines, facet("format", [("WAV", 12_345), ("FLAC", 7)], ["FLAC"])) == [
        Line("title", "format", "Format", on=True),
        Line("choice", "format", "WAV", "12,345"),
        Line("choice", "format", "FLAC", "7", on=True),
    ]


def test_a_long_one_shows_a_few_and_those_that_are_chosen(lines: FilterLines) -> None:
    keys = facet("key", MANY, ["20m"])
    found = drawn(lines, keys)
    assert [line.text for line in found[1:]] == [*(f"{number}m" for number in range(FEW)), "20m", "Show all 24"]
    lines.unfold_all("key")
    found = drawn(lines, keys)
    assert len(found) == 26 and found[-1].text == "Show fewer"
    lines.unfold_all("key")
    assert len(drawn(lines, keys)) == 11


def test_one_more_than_a_few_is_no_reason_to_fold(lines: FilterLines) -> None:
    assert [line.kind for line in drawn(lines, facet("key", MANY[: FEW + 1]))] == ["title", *["choice"] * (FEW + 1)]


def test_folded_it_tells_what_is_chosen(lines: FilterLines, settings: Settings) -> None:
    lines.fold("format", True)
    formats = facet("format", [("WAV", 5), ("FLAC", 7), ("OGG", 1)], ["WAV", "OGG"])
    assert drawn(lines, formats) == [Line("title", "format", "Format", "WAV, OGG")]
    assert settings.filters_folded == ["format"]
    lines.fold("format", False)
    assert len(drawn(lines, formats)) == 4 and settings.filters_folded == []


def test_what_finds_nothing_any_more_stays_in_its_place(lines: FilterLines) -> None:
    drawn(lines, facet("format", [("FLAC", 3), ("OGG", 2), ("WAV", 1)]))
    found = drawn(lines, facet("format", [("WAV", 1)]), text="kick")
    assert found[1:] == [
        Line("choice", "format", "FLAC", "0", idle=True),
        Line("choice", "format", "OGG", "0", idle=True),
        Line("choice", "format", "WAV", "1"),
    ]
    assert [line.text for line in drawn(lines, facet("format", []), text="x")] == ["Format", "FLAC", "OGG", "WAV"]


def test_what_is_gone_for_good_goes(lines: FilterLines) -> None:
    drawn(lines, facet("tag", [("dark", 3), ("bright", 2)]))
    assert [line.text for line in drawn(lines, facet("tag", [("bright", 2)]))] == ["Tag", "bright"]
    assert drawn(lines, facet("tag", [])) == []


@pytest.mark.parametrize(
    ("counts", "chosen", "shown"),
    [
        ([("No stars", 1000)], [], False),
        ([("No stars", 999)], [], True),
        ([("No stars", 1000)], ["No stars"], True),
        ([("5 stars", 1), ("No stars", 1000)], [], True),
    ],
)
def test_what_leads_nowhere_is_not_offered(
    lines: FilterLines, counts: list[tuple[str, int]], chosen: list[str], shown: bool
) -> None:
    assert bool(drawn(lines, facet("rating", counts, chosen))) == shown


def test_what_was_clicked_shows_before_it_is_counted(lines: FilterLines) -> None:
    found = Facets(9, [facet("format", [("WAV", 5), ("FLAC", 0)], ["WAV"])])
    lines.learn(found, "")
    hoped = {("format", "WAV"): False, ("format", "FLAC"): True}
    assert [(line.on, line.idle) for line in lines.facets(found, hoped)[1:]] == [(False, False), (True, False)]


def test_saved_searches_stand_first_and_the_one_that_is_shown_is_marked(lines: FilterLines, settings: Settings) -> None:
    searches = [SavedSearch("Dark loops", "dark type:loop"), SavedSearch("Kicks", "kick")]
    assert lines.saved(searches, "kick") == [
        Line("title", "saved", SAVED_TITLE, on=True),
        Line("saved", "saved", "Dark loops"),
        Line("saved", "saved", "Kicks", on=True),
        Line("save", "saved", SAVE, idle=True),
    ]
    assert lines.saved(searches, "")[-1].idle and not lines.saved(searches, "hat")[-1].idle
    lines.fold("saved", True)
    assert [line.kind for line in lines.saved(searches, "hat")] == ["title"]


@pytest.mark.parametrize(
    ("known", "labels", "expected"),
    [
        ("", "abc", "abc"),
        ("abc", "b", "abc"),
        ("abd", "bcd", "abcd"),
        ("bd", "abcde", "abcde"),
        ("abc", "cba", "abc"),
    ],
)
def test_what_is_new_comes_in_behind_what_it_follows(known: str, labels: str, expected: str) -> None:
    assert "".join(merged(list(known), list(labels))) == expected


def test_a_line_is_the_same_whatever_its_numbers() -> None:
    line = Line("choice", "format", "WAV", "1")
    assert line.key == line._replace(note="2", on=True, idle=True).key != line._replace(text="FLAC").key
    more = Line("more", "key", "Show all 24")
    assert more.key == more._replace(text="Show fewer").key
