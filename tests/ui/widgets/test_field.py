"""The text box: hint, clear button, and what it tells."""

import tkinter as tk

import pytest

from ctk.ui.theme import Theme
from ctk.ui.widgets.field import Field
from tests.display import Hands, hands, settle
from tests.ui.screens import of


class Rig:
    """A field, and what it told."""

    def __init__(self, root: tk.Tk) -> None:
        self.theme = theme = Theme(root)
        theme.use("light")
        self.changed: list[str] = []
        self.field = Field(root, hint="Search", changed=self.changed.append)
        self.field.set_icons(theme.icon("search", 18, "#000000"), theme.icon("clear", 16, "#000000"))
        self.field.pack(fill="x")
        settle(root)
        self.hands: Hands = hands(root)


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def test_typing_is_told_letter_by_letter_and_hides_the_hint(rig: Rig) -> None:
    assert rig.field._hint.winfo_ismapped()
    rig.hands.click(rig.field._hint, 5, 5)
    rig.hands.type("ab c")
    assert rig.changed == ["a", "ab", "ab ", "ab c"]
    assert not rig.field._hint.winfo_ismapped()
    assert rig.field.instate(["focus"])


def test_the_cross_clears(rig: Rig) -> None:
    assert not rig.field._clear.winfo_ismapped()
    rig.field.entry.focus_force()
    rig.hands.type("abc")
    rig.hands.click(rig.field._clear, 5, 5)
    assert rig.field.text == ""
    assert rig.changed[-1] == ""
    assert rig.field._hint.winfo_ismapped()


def test_what_is_typed_elsewhere_is_added(rig: Rig) -> None:
    rig.field.entry.focus_force()
    rig.hands.type("ki")
    rig.field.entry.icursor(0)
    rig.field.type("c")
    assert rig.field.text == "kic"
    rig.hands.type("k")
    assert rig.field.text == "kick"


def test_a_text_that_is_put_there_is_told_and_leaves_the_keys(rig: Rig) -> None:
    keys = rig.field.focus_get()
    rig.field.put("type:loop")
    assert (rig.field.text, rig.changed) == ("type:loop", ["type:loop"])
    assert rig.field.focus_get() is keys and not rig.field._hint.winfo_ismapped()
    rig.field.entry.focus_force()
    rig.hands.type("s")
    assert rig.field.text == "type:loops"


def test_it_can_be_marked_as_wrong(rig: Rig) -> None:
    rig.field.mark(True)
    assert rig.field.instate(["invalid"])
    rig.field.mark(False)
    assert not rig.field.instate(["invalid"])


def test_what_is_typed_begins_where_the_hint_did(rig: Rig) -> None:
    entry = rig.field.entry
    begins = min(x for x, _ in _inked(rig))
    rig.field.put("Search")
    settle(entry)
    assert min(x for x, _ in _inked(rig)) == begins


def _inked(rig: Rig) -> list[tuple[int, int]]:
    """The pixels of the entry that are not as its ground."""
    picture = of(rig.field.entry)
    ground = picture.getpixel((picture.width - 3, picture.height // 2))
    places = ((x, y) for x in range(picture.width) for y in range(picture.height))
    return [place for place in places if picture.getpixel(place) != ground]
