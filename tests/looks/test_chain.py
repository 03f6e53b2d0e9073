"""A look with its parents."""

from pathlib import Path

import pytest

from ctk.looks.chain import MOST_PARENTS
from ctk.looks.shelf import Shelf
from tests.looks.making import own, said


@pytest.fixture
def shelf(home: Path) -> Shelf:
    return Shelf(home)


def test_what_is_not_said_comes_from_the_parents(shelf: Shelf, home: Path) -> None:
    own(home, "grandma", '[colours]\ntext = "#fafafa"\ndanger = "#ff0000"\n[fonts]\nsize = 120\n')
    own(home, "mum", '[colours]\ntext = "#fbfbfb"\n[styles."."]\npadding = 1\n', parent="grandma")
    own(home, "me", '[styles."."]\nborderwidth = 2\n[fonts]\nfamily = ["A"]\n', parent="mum")
    look = shelf.get("me")
    assert (look.tokens.text, look.tokens.danger) == ("#fbfbfb", "#ff0000")
    assert (look.fonts.size, look.fonts.family) == (120, ("A",))
    assert look.styles == {".": {"padding": 1, "borderwidth": 2}}
    assert look.tokens.chrome == shelf.get("dark").tokens.chrome


def test_a_look_without_its_parent_stands_on_dark(shelf: Shelf, home: Path) -> None:
    own(home, "me", "[fonts]\nsize = 120\n", parent="nobody")
    assert (shelf.get("me").id, shelf.get("me").fonts.size) == ("me", 120)
    (entry,) = (entry for entry in shelf.list() if entry.id == "me")
    assert (entry.status, entry.errors) == ("installed", ())
    assert said(shelf.faults("me")) == ["look.toml:4: there is no look nobody here: what is not said comes from dark."]


def test_a_look_with_a_broken_parent_stands_on_what_that_falls_back_to(shelf: Shelf, home: Path) -> None:
    own(home, "mum", "x = 1\n", parent="light")
    own(home, "me", parent="mum")
    assert shelf.get("me").id == "me"
    assert shelf.get("me").tokens.chrome == shelf.get("light").tokens.chrome
    assert said(shelf.faults("me")) == ["look.toml:4: mum has errors: what is not said comes from light."]


def test_looks_that_come_from_each_other_are_told_of(shelf: Shelf, home: Path) -> None:
    for id, parent in (("aa", "bb"), ("bb", "cc"), ("cc", "aa"), ("me", "aa")):
        own(home, id, parent=parent)
    assert said(shelf.faults("aa")) == ["look.toml:4: looks come from each other: aa, bb, cc, aa."]
    entries = {entry.id: entry for entry in shelf.list()}
    assert [entries[id].status for id in ("aa", "bb", "cc", "me")] == ["broken", "broken", "broken", "installed"]
    assert [shelf.get(id).id for id in ("aa", "bb", "cc", "me")] == ["dark", "dark", "dark", "me"]


def test_there_is_an_end_to_parents(shelf: Shelf, home: Path) -> None:
    for number in range(40):
        own(home, f"n{number:02}", parent=f"n{number + 1:02}")
    assert any(f"up to {MOST_PARENTS} parents" in fault for fault in said(shelf.faults(f"n{39 - 1:02}"))) is False
    assert shelf.get("n00").id == "n00"
    assert len(shelf.list()) == 45


def test_the_folder_is_called_by_the_id(shelf: Shelf, home: Path) -> None:
    own(home, "me")
    (home / "looks" / "me").rename(home / "looks" / "you")
    assert said(shelf.faults("you")) == ['look.toml:2: id is "me", and its folder is called "you".']


def test_colours_that_are_hard_to_read_are_told_and_taken(shelf: Shelf, home: Path) -> None:
    own(home, "me", '[colours]\nmuted = "#333333"\n')
    assert shelf.get("me").tokens.muted == "#333333"
    told = said(shelf.faults("me"))
    assert len(told) == 3
    assert told[0].startswith("look.toml:6: muted on chrome is hard to read: their contrast is 1.")


def test_a_look_is_read_again_when_it_changed(shelf: Shelf, home: Path) -> None:
    own(home, "me")
    assert shelf.get("me").fonts.size == 100
    own(home, "me", "[fonts]\nsize = 120\n")
    assert shelf.get("me").fonts.size == 120
