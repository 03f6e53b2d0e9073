"""A look as text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.looks.shelf import BUILTIN, Shelf
from ctk.looks.vocabulary import VOCABULARY
from ctk.looks.writing import sheet, written

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_written_is_read_the_same(value: object) -> None:
    assert tomllib.loads(f"value = {written(value)}") == {"value": value}


@pytest.mark.parametrize("id", BUILTIN)
def test_a_sheet_can_say_everything(id: str, home: Path) -> None:
    look = Shelf(home).get(id)
    text = sheet(look, "mine", "M", {}, VOCABULARY)
    said = tomllib.loads(text)
    assert said["colours"] == {token: colour for token, colour in look.tokens._asdict().items() if token != "name"}
    assert said["parent"] == id
    assert said["layout"].keys() == look.layout.keys()
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith(("# ", '"'))]
    for names in (VOCABULARY.actions, VOCABULARY.icons):
        assert all(any(line.startswith((name, f'"{name}"')) for line in lines) for name in names)


def test_what_is_commented_out_can_be_taken_in(home: Path) -> None:
    text = sheet(Shelf(home).get("dark"), "mine", "M", {}, VOCABULARY)
    said = tomllib.loads(text.replace('\n# "', '\n"'))
    assert said["keys"] == {action: list(keys) for action, keys in VOCABULARY.keys.items()}
