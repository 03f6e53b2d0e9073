"""What may be a name, and what of a note is kept."""

import pytest

from ctk.catalog import naming
from ctk.catalog.query import parse
from ctk.errors import UsageError


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("punchy", "punchy"),
        ("  deep \t kick\n", "deep kick"),
        ("Große Trommel", "Große Trommel"),
        ("🥁", "🥁"),
        ("!", "!"),
    ],
)
def test_blanks_are_put_in_order(written: str, kept: str) -> None:
    assert naming.name(written) == kept


@pytest.mark.parametrize(
    "written", ["", "  ", "a,b", 'the "one"', "a\x07b", "\udcff", "x" * 101, "\u0301", "None", "any"]
)
def test_what_is_no_name_is_refused_in_one_sentence(written: str) -> None:
    with pytest.raises(UsageError) as refusal:
        naming.name(written, "collection")
    assert str(refusal.value).endswith(".") and "collection" in str(refusal.value)


def test_every_name_can_be_written_in_a_search() -> None:
    name = naming.name("a:b (c) -d | *é* \\ 'x'")
    (condition,) = parse(f'in:"{name}",other').conditions
    assert len(condition.values) == 2


def test_the_name_of_a_search_may_hold_what_searches_hold() -> None:
    assert naming.title('kicks, "deep"', "saved search") == 'kicks, "deep"'


def test_spellings_of_one_name() -> None:
    assert naming.folded(" Été  FORT") == naming.folded("ete fort")


def test_a_note_keeps_its_lines_and_loses_what_is_no_text() -> None:
    assert naming.note(" one\r\ntwo\tthree\x00\udcff\n\n") == "one\ntwo\tthree"


def test_a_note_has_an_end() -> None:
    assert len(naming.note("x" * naming.LONGEST_NOTE)) == naming.LONGEST_NOTE
    with pytest.raises(UsageError, match="at most"):
        naming.note("x" * (naming.LONGEST_NOTE + 1))
