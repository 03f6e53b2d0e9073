"""The box in which commands are found and done."""

import pytest

from ctk.ui.views.palette import PaletteBox
from tests.display import middle_of, settle
from tests.ui.conftest import Rig


@pytest.fixture
def box(rig: Rig) -> PaletteBox:
    rig.hands.key("ctrl+k")
    box = rig.window.palette
    rig.wait(lambda: box.winfo_ismapped() and lines(box), "the box")
    return box


def lines(box: PaletteBox) -> list[str]:
    tree = box.table.tree
    return [text for item in tree.get_children() if (text := str(tree.item(item, "text")))]


def key_of(box: PaletteBox, label: str) -> str:
    tree = box.table.tree
    item = next(item for item in tree.get_children() if tree.item(item, "text") == label)
    return str(tree.set(item, "key"))


def test_typing_finds_a_command_and_return_does_it(rig: Rig, box: PaletteBox) -> None:
    assert rig.root.focus_get() is box.field.entry
    rig.hands.type("loop")
    rig.wait(lambda: lines(box)[:1] == ["Loop"], "the command")
    assert key_of(box, "Loop") in ("Ctrl+L", "⌘L")
    rig.hands.key("Return")
    rig.wait(lambda: rig.toolkit.settings.loop, "the loop")
    assert not box.shown and rig.root.focus_get() is rig.window.catalog.bar.field.entry
    assert rig.toolkit.settings.recent_actions == ["play.loop"]


def test_what_was_used_last_is_offered_first(rig: Rig, box: PaletteBox) -> None:
    rig.hands.type("map")
    rig.hands.key("Return")
    rig.wait(lambda: rig.window.pages.name == "Map", "the map")
    rig.hands.key("ctrl+k")
    rig.wait(lambda: lines(box)[:1] == ["Map"], "the command")


def test_arrows_go_and_escape_shuts(rig: Rig, box: PaletteBox) -> None:
    rig.hands.key("Down", "Down", "Up")
    assert box.table.focus_at == 1
    rig.hands.key("Escape")
    assert not box.shown and rig.root.focus_get() is rig.window.catalog.bar.field.entry


def test_what_cannot_be_done_says_why_and_is_not_done(rig: Rig, box: PaletteBox) -> None:
    rig.hands.type("rename")
    rig.wait(lambda: lines(box)[:1] == ["Rename..."], "the command")
    assert key_of(box, "Rename...") == "pick sounds first"
    rig.hands.key("Return")
    assert box.shown and rig.window.pages.drawer.panel is None


def test_the_mouse_does_it_too(rig: Rig, box: PaletteBox) -> None:
    rig.hands.type("details of")
    rig.wait(lambda: len(lines(box)) == 1, "the command")
    rig.hands.click(box.table.tree, 60, middle_of(box.table.tree, 0))
    rig.wait(lambda: rig.toolkit.settings.detail, "the pane")
    assert not box.shown


def test_it_shuts_when_the_user_goes_elsewhere_and_by_its_own_key(rig: Rig, box: PaletteBox) -> None:
    rig.hands.key("ctrl+k")
    assert not box.shown
    rig.hands.key("ctrl+k")
    rig.wait(box.winfo_ismapped, "the box")
    tree = rig.window.catalog.table.tree
    rig.hands.click(tree, tree.winfo_width() - 10, tree.winfo_height() - 10)
    rig.wait(lambda: not box.shown, "the end")


def test_nothing_found_is_said(rig: Rig, box: PaletteBox) -> None:
    rig.hands.type("zzz")
    rig.wait(lambda: not lines(box) and box._none.winfo_manager(), "the words")
    settle(rig.root)
    assert box.winfo_height() < rig.root.winfo_height()


def test_it_is_as_high_as_what_was_found(rig: Rig, box: PaletteBox) -> None:
    settle(rig.root)
    before = box.winfo_height()
    rig.hands.type("loop")
    rig.wait(lambda: box.winfo_height() < before // 2, "fewer lines")
    assert lines(box)
    for _ in "loop":
        rig.hands.key("BackSpace")
    rig.wait(lambda: box.winfo_height() == before, "all of them")
