"""A list to tick: what it paints again, and where clicks, keys and the wheel lead."""

import tkinter as tk
from collections.abc import Sequence

import pytest

from ctk.ui.theme import Theme
from ctk.ui.widgets.ticks import Item, Ticks
from tests.display import hands, settle, turn

FORMATS = [
    Item("title", "format", "Format", mark="down", on=True),
    Item("choice", "wav", "WAV", "12,345"),
    Item("choice", "flac", "FLAC", "7", mark="check", on=True),
    Item("choice", "ogg", "OGG", "0", dim=True),
]
SAVED = [Item("title", "saved", "Saved", mark="down", on=True), Item("choice", "mine", "Mine", loose=True)]


class Rig:
    """A list in a window, and what it told."""

    def __init__(self, root: tk.Tk) -> None:
        self.root = root
        self.theme = theme = Theme(root)
        theme.use("light")
        self.told: list[tuple[object, ...]] = []
        self.ticks = Ticks(root, px=theme.px, icon=lambda name, colour: theme.icon(name, 14, colour))
        self.ticks.on_press = lambda key: self.told.append(("press", key))
        self.ticks.on_cross = lambda key: self.told.append(("cross", key))
        self.ticks.on_fold = lambda key, folded: self.told.append(("fold", key, folded))
        self.ticks.place(width=theme.px(212), relheight=1)
        self.hands = hands(root)
        settle(root)

    @property
    def canvas(self) -> tk.Canvas:
        return self.ticks.canvas

    def show(self, *items: Item) -> None:
        self.ticks.show(items)
        settle(self.root)

    def texts(self) -> list[str]:
        return self.ticks.texts

    def click(self, key: str, x: int = 60) -> None:
        self.hands.click(self.canvas, x, self.ticks.middle(key))


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def many(count: int) -> Sequence[Item]:
    return [Item("choice", number, f"line {number}") for number in range(count)]


def test_it_shows_texts_and_numbers(rig: Rig) -> None:
    rig.show(*FORMATS)
    assert rig.texts() == ["Format", "WAV", "12,345", "FLAC", "7", "OGG", "0"]
    rig.show(*FORMATS[:2])
    assert rig.texts() == ["Format", "WAV", "12,345"]
    rig.show()
    assert rig.texts() == [] and not rig.canvas.find_all()


def test_only_what_changed_is_painted_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.show(*FORMATS)
    before, painted = rig.canvas.find_all(), list[Item]()
    real = rig.ticks._draw

    def draw(slot: object, item: Item, *rest: object, **more: object) -> None:
        painted.append(item)
        real(slot, item, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(rig.ticks, "_draw", draw)
    changed = FORMATS[1]._replace(note="3")
    rig.show(FORMATS[0], changed, *FORMATS[2:])
    assert painted == [changed] and rig.canvas.find_all() == before
    assert "3" in rig.texts() and "12,345" not in rig.texts()


def test_a_text_that_is_too_long_ends_before_its_number(rig: Rig) -> None:
    rig.show(Item("choice", "long", "a folder with a very long name indeed " * 3, "1,234"))
    text, number = rig.texts()
    assert text.endswith("…") and text.startswith("a folder") and number == "1,234"
    slot = rig.ticks._slots[0]
    assert rig.canvas.bbox(slot.text)[2] < rig.canvas.bbox(slot.note)[0] < rig.canvas.winfo_width()


def test_a_click_presses_and_leaves_the_keys_where_they_are(rig: Rig) -> None:
    rig.show(*FORMATS)
    keys = rig.root.focus_get()
    rig.click("flac")
    rig.click("format")
    assert rig.told == [("press", "flac"), ("press", "format")] and rig.root.focus_get() is keys
    rig.hands.click(rig.canvas, 60, rig.canvas.winfo_height() - 5)
    assert len(rig.told) == 2


def test_what_is_loose_has_a_cross_while_pointed_at(rig: Rig) -> None:
    rig.show(*SAVED)
    assert rig.texts() == ["Saved", "Mine"]
    rig.click("mine")
    assert rig.told.pop() == ("press", "mine") and rig.texts() == ["Saved", "Mine", "✕"]
    rig.click("mine", rig.canvas.winfo_width() - 8)
    assert rig.told == [("cross", "mine")]
    rig.hands.click(rig.root, 700, 400)
    assert rig.texts() == ["Saved", "Mine"]


def test_keys_move_press_fold_and_take_away(rig: Rig) -> None:
    rig.show(*SAVED, *FORMATS)
    rig.canvas.focus_force()
    settle(rig.root)
    assert rig.ticks.here == "saved"
    rig.hands.key("Down", "Delete", "space", "Left", "Down", "Left", "Delete", "End", "Return", "Down")
    assert rig.told == [("cross", "mine"), ("press", "mine"), ("fold", "format", True), ("press", "ogg")]
    rig.hands.key("Home", "Up")
    assert rig.ticks.here == "saved"
    rig.show(SAVED[0]._replace(on=False), *FORMATS)
    rig.hands.key("Left", "Right")
    assert rig.told[4:] == [("fold", "saved", False)]


def test_the_line_with_the_keys_keeps_them_while_others_come_and_go(rig: Rig) -> None:
    rig.show(*FORMATS)
    rig.canvas.focus_force()
    rig.hands.key("Down", "Down")
    rig.show(*SAVED, FORMATS[0], FORMATS[2]._replace(note="99"))
    assert rig.ticks.here == FORMATS[2].key
    rig.show(*FORMATS[:2])
    assert rig.ticks.here == FORMATS[0].key


def test_keys_and_the_wheel_scroll_and_a_short_list_has_no_bar(rig: Rig) -> None:
    rig.show(*many(5))
    assert not rig.ticks._bar.winfo_ismapped()
    rig.show(*many(100))
    turn(rig.root, rig.ticks._bar.winfo_ismapped, "the scroll bar")
    wide = rig.canvas.winfo_width()
    rig.canvas.focus_force()
    rig.hands.key("End")
    assert 0 < rig.ticks.middle(99) < rig.canvas.winfo_height()
    rig.hands.key("Home")
    assert rig.canvas.canvasy(0) == 0
    rig.hands.click(rig.canvas, 60, 100, button=5)
    assert rig.canvas.canvasy(0) > 20
    rig.hands.click(rig.canvas, 60, 100, button=4, count=3)
    assert rig.canvas.canvasy(0) == 0
    rig.show(*many(5))
    turn(rig.root, lambda: not rig.ticks._bar.winfo_ismapped(), "the scroll bar going")
    assert rig.canvas.winfo_width() == wide


def test_a_line_can_be_written_on(rig: Rig) -> None:
    rig.show(*FORMATS)
    names: list[str] = []
    before = rig.root.focus_get()
    rig.ticks.ask("wav", names.append)
    settle(rig.root)
    rig.hands.type(" my name ")
    rig.hands.key("Return")
    assert names == ["my name"] and rig.root.focus_get() is before
    for key in ("Escape", "Return"):
        rig.ticks.ask("wav", names.append)
        settle(rig.root)
        rig.hands.type("x" if key == "Escape" else " ")
        rig.hands.key(key)
    assert names == ["my name"] and not rig.canvas.find_withtag("entry")


def test_going_elsewhere_leaves_nothing_written(rig: Rig) -> None:
    rig.show(*FORMATS)
    names: list[str] = []
    rig.ticks.ask("wav", names.append)
    settle(rig.root)
    rig.hands.type("half")
    rig.canvas.focus_force()
    settle(rig.root)
    assert names == [] and not rig.canvas.find_withtag("entry")
    assert rig.root.focus_get() is rig.canvas
    rig.ticks.ask("wav", names.append)
    settle(rig.root)
    rig.click("ogg")
    assert names == [] and rig.told == [("press", "ogg")] and not rig.canvas.find_withtag("entry")


def test_it_follows_the_look(rig: Rig) -> None:
    rig.show(*FORMATS)
    rig.theme.use("dark")
    settle(rig.root)
    assert str(rig.canvas.cget("background")) == rig.theme.tokens.chrome
    tokens, slots = rig.theme.tokens, rig.ticks._slots
    inks = [rig.root.tk.call(str(rig.canvas), "itemcget", slot.text, "-fill") for slot in slots]
    assert inks == [tokens.text, tokens.text, tokens.on_selected, tokens.dim]


def test_it_is_painted_also_while_the_menu_bar_has_the_keys(rig: Rig) -> None:
    rig.root.configure(menu=tk.Menu(rig.root))
    rig.root.update()
    rig.root.tk.call("focus", "-force", ".#!menu")
    settle(rig.root)
    assert str(rig.root.tk.call("focus")) == ".#!menu"
    rig.ticks.show(FORMATS)
    settle(rig.root)
