"""The pictures before the names: one for every ground, filled in as outlines come, never too many."""

import tkinter as tk

import pytest

from ctk.records import Row
from ctk.ui.views import pictures as module
from ctk.ui.views.pictures import GAP, ICON, WIDTH, Ground, Pictures
from tests.display import settle
from tests.ui.conftest import SOUNDS, Rig


def image(rig: Rig, name: str) -> tk.PhotoImage:
    found = tk.PhotoImage(master=rig.root)
    found.tk.call(str(found), "copy", name)
    return found


def pixel(rig: Rig, name: str, x: int, y: int) -> str:
    red, green, blue = image(rig, name).get(x, y)
    return f"#{red:02x}{green:02x}{blue:02x}"


def shown(rig: Rig, line: int) -> str:
    """The picture of a line of the list."""
    tree = rig.window.catalog.table.tree
    names = tree.item(tree.get_children()[line], "image")
    return str(names[0] if isinstance(names, tuple | list) else names)


def row(rig: Rig, position: int = 0) -> Row:
    found = rig.window.search.row(position)
    assert found is not None
    return found


@pytest.fixture
def pictures(rig: Rig) -> Pictures:
    return rig.window.catalog._pictures


def test_rows_fill_in_by_themselves(rig: Rig) -> None:
    outlines = rig.window.playing.outlines
    rig.wait(lambda: sum(outlines.get(row(rig, at).id) is not None for at in range(len(SOUNDS) + 1)) == len(SOUNDS))
    settle(rig.root)
    names = {shown(rig, line) for line in range(len(SOUNDS) + 1)}
    assert len(names) == len(SOUNDS) + 1, "each has a picture of its own"


@pytest.mark.parametrize(
    ("ground", "token"), [("plain", "surface"), ("here", "hover"), ("picked", "selected"), ("focused", "focused")]
)
def test_the_ground_is_that_of_the_row(rig: Rig, pictures: Pictures, ground: Ground, token: str) -> None:
    name = pictures.get(row(rig), ground, "blank")
    assert pixel(rig, name, 0, 0) == getattr(rig.window.theme.tokens, token)


def test_picked_rows_look_right_with_and_without_the_keys(rig: Rig) -> None:
    tokens = rig.window.theme.tokens
    rig.hands.key("Down", "shift+Down")
    settle(rig.root)
    assert pixel(rig, shown(rig, 0), 0, 0) == tokens.selected
    assert pixel(rig, shown(rig, 1), 0, 0) == tokens.focused
    rig.window.catalog.bar.field.entry.focus_force()
    rig.wait(lambda: pixel(rig, shown(rig, 1), 0, 0) == tokens.selected, "the other ground")
    assert pixel(rig, shown(rig, 2), 0, 0) == tokens.surface


def test_an_outline_is_drawn_and_drawn_again_when_it_is_another(rig: Rig, pictures: Pictures) -> None:
    rig.wait(lambda: rig.window.playing.outlines.get(row(rig, 1).id))
    first = pictures.get(row(rig, 1), "plain", "blank")
    assert pictures.get(row(rig, 1), "plain", "blank") == first
    middle = image(rig, first).height() // 2
    inks = {pixel(rig, first, x, middle) for x in range(ICON + GAP, ICON + GAP + WIDTH)}
    assert inks - {rig.window.theme.tokens.surface}
    rig.window.playing.outlines.changed([row(rig, 1).id])
    assert pictures.get(row(rig, 1), "plain", "blank") != first


def test_without_an_outline_there_is_an_empty_place(rig: Rig, pictures: Pictures) -> None:
    broken = rig.toolkit.catalog.search("is:bad").rows[0]
    name = pictures.get(broken, "plain", "blank")
    picture = image(rig, name)
    assert picture.width() == pictures.indent
    assert {picture.get(x, 10) for x in range(picture.width())} == {picture.get(0, 0)}


def test_only_so_many_are_kept(rig: Rig, pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 20)
    rows = rig.toolkit.catalog.search("is:ok").rows
    rig.wait(lambda: all(rig.window.playing.outlines.get(row.id) for row in rows))
    grounds: tuple[Ground, ...] = ("plain", "here", "picked", "focused")
    for found in rows:
        for ground in grounds:
            pictures.get(found, ground, "blank")
    assert len(pictures._made) == 20


def test_they_can_be_switched_off_and_on(rig: Rig, pictures: Pictures) -> None:
    tree = rig.window.catalog.table.tree
    wide = str(tree.heading("#0", "text"))
    rig.window.playing.switch_waveforms()
    settle(rig.root)
    assert image(rig, shown(rig, 0)).width() == pictures.indent < WIDTH
    assert len(str(tree.heading("#0", "text"))) < len(wide)
    assert not rig.toolkit.settings.waveforms
    rig.window.playing.switch_waveforms()
    settle(rig.root)
    assert str(tree.heading("#0", "text")) == wide
    rig.wait(lambda: image(rig, shown(rig, 0)).width() > WIDTH)


def test_another_look_draws_them_anew(rig: Rig, pictures: Pictures) -> None:
    rig.window.look.choose("dark")
    dark = pixel(rig, pictures.get(row(rig), "plain", "blank"), 0, 0)
    rig.window.look.choose("light")
    assert pixel(rig, pictures.get(row(rig), "plain", "blank"), 0, 0) == rig.window.theme.tokens.surface != dark
