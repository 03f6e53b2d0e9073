"""Tables hold whatever people write, and lose nothing of it."""

import os

from hypothesis import given
from hypothesis import strategies as st

from ctk.catalog.fields import ANY, NONE
from ctk.catalog.text import fold
from ctk.facts import table
from ctk.facts.entries import Content, Entry, Problems
from ctk.records import CATEGORIES, Marks

words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=',"'), min_size=1, max_size=12).filter(
    lambda text: any(char.isalnum() and char.isascii() for char in text) and fold(text) not in (ANY, NONE)
)
notes = st.text(st.characters(exclude_categories=["C"]), max_size=30).map(str.strip)
names = st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name).map(os.fsdecode)
labels = st.none() | st.sampled_from(CATEGORIES)
digests = st.none() | st.binary(min_size=8, max_size=8)
lists = st.lists(words, max_size=3, unique_by=str.casefold).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    collections = draw(lists)
    marks = Marks(draw(st.integers(0, 5)), draw(st.booleans()), draw(lists), collections, draw(notes), draw(labels))
    positions = {name: draw(st.integers(0, 99)) for name in collections if draw(st.booleans())}
    size = draw(st.none() | st.integers(0, 1 << 50))
    return Entry(
        draw(names), marks, positions, size, draw(digests), draw(st.none() | st.binary(min_size=16, max_size=16))
    )


@given(st.lists(entries(), max_size=4))
def test_what_is_written_is_read(some: list[Entry]) -> None:
    problems = Problems()
    read = table.read("".join(table.lines(Content(some))), problems)
    assert (problems.sentences(), list(read.entries)) == ((), some)


@given(st.text(max_size=40))
def test_no_cell_is_taken_for_a_formula(note: str) -> None:
    cell = str(table._safe(note))
    assert not cell.startswith(tuple("=+-@\t\r"))
    assert table._plain(cell) == note


def test_the_line_that_names_the_separator_is_passed_over() -> None:
    read = table.read('sep=;\r\nrating;"Path"\r\n2;/a.wav\r\n\r\n;\r\n', Problems())
    assert read.entries == (Entry("/a.wav", Marks(2)),)
