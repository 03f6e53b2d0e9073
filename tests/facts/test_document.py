"""The document loses nothing of what is said, and is the same again."""

import json

from hypothesis import given
from hypothesis import strategies as st

from ctk.facts import document
from ctk.facts.entries import Content, Entry, Problems
from ctk.records import Marks, SavedSearch
from tests.facts.test_table import entries, lists


@given(st.lists(entries(), max_size=4), lists)
def test_what_is_written_is_read(some: list[Entry], collections: tuple[str, ...]) -> None:
    problems = Problems()
    content = Content(tuple(some), collections, (SavedSearch("A", "kick -b"),))
    text = "".join(document.lines(content))
    assert text.isascii() and list(json.loads(text)) == ["program", "version", "sounds", "collections", "searches"]
    assert (document.read(text, problems), problems.sentences()) == (content, ())


def test_a_sound_has_a_line_of_its_own() -> None:
    empty = "".join(document.lines(Content()))
    assert json.loads(empty)["sounds"] == []
    two = Content((Entry("/a", Marks()), Entry("/b", Marks())))
    assert sum('"path"' in line for line in "".join(document.lines(two)).splitlines()) == 2
