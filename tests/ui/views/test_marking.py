"""The box for tags and collections: typed, completed, given to some or all, taken, shut."""

import pytest

from ctk.ui.views.marking import LabelBox
from tests.display import settle
from tests.ui.conftest import Rig


def chips(box: LabelBox) -> list[str]:
    return [str(chip.cget("text")) for chip in box.chips._shown]


def hints(box: LabelBox) -> list[str]:
    return [str(line.cget("text")).split("   ")[0] for line in box.hints.pack_slaves()]


@pytest.fixture
def kicks(rig: Rig) -> list[int]:
    """All that is picked in the list."""
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3, "the search")
    rig.hands.key("Down", "ctrl+a")
    rig.wait(lambda: len(rig.picked) == 3, "the picks")
    return list(rig.window.selection.marks.ids())


@pytest.fixture
def box(rig: Rig, kicks: list[int]) -> LabelBox:
    rig.toolkit.facts.tag(kicks[:1], "dark")
    rig.toolkit.facts.tag(rig.toolkit.catalog.ids("bass"), "deep")
    rig.hands.key("ctrl+t")
    box = rig.window.marker.box
    rig.wait(lambda: box.winfo_ismapped() and chips(box), "the box")
    return box


def test_several_tags_are_typed_at_once(rig: Rig, box: LabelBox, kicks: list[int]) -> None:
    rig.hands.type("punchy, tight")
    rig.hands.key("Return")
    rig.wait(lambda: chips(box) == ["dark  1 of 3", "punchy", "tight"], "the chips")
    assert box.field.text == "" and box.winfo_ismapped()
    assert list(rig.toolkit.facts.of(kicks[2]).tags) == ["punchy", "tight"]
    rig.hands.key("Return")
    rig.wait(lambda: not box.winfo_ismapped(), "the end")
    assert rig.root.focus_get() is rig.window.catalog.table.tree
    assert len(rig.picked) == 3


def test_what_is_known_is_offered_and_taken_by_arrow_or_tab(rig: Rig, box: LabelBox, kicks: list[int]) -> None:
    assert hints(box) == ["deep", "dark"]
    rig.hands.type("da")
    assert hints(box) == ["dark"]
    rig.hands.key("Down", "Return")
    rig.wait(lambda: chips(box) == ["dark"], "the tag")
    rig.hands.type("new, de")
    rig.hands.key("Tab")
    assert box.field.text == "new, deep"
    rig.hands.key("Return")
    rig.wait(lambda: chips(box) == ["dark", "deep", "new"], "the tags")


def test_chips_give_to_all_and_take(rig: Rig, box: LabelBox, kicks: list[int]) -> None:
    rig.hands.click(box.chips._shown[0], 8, 8)
    rig.wait(lambda: chips(box) == ["dark"], "the tag of all")
    chip = box.chips._shown[0]
    rig.hands.click(chip, chip.winfo_width() - 8, 8)
    rig.wait(lambda: chips(box) == [], "the end of the tag")
    assert not any(rig.toolkit.facts.of(id).tags for id in kicks)
    assert box.winfo_ismapped()


def test_escape_and_a_click_in_the_list_shut_it(rig: Rig, box: LabelBox) -> None:
    rig.hands.key("Escape")
    assert not box.shown
    rig.hands.key("ctrl+t")
    rig.wait(box.winfo_ismapped, "the box")
    table = rig.window.catalog.table
    rig.hands.click(table.tree, table.winfo_width() - 60, 45)
    rig.wait(lambda: not box.winfo_ismapped(), "the end")


def test_it_lies_within_the_list_wherever_the_focus_is(rig: Rig, kicks: list[int]) -> None:
    box = rig.window.marker.box
    for ids, line in ((kicks, (0, 30, 60)), (kicks, (0, 560, 590))):
        box.open("tag", ids, line)
        settle(rig.root)
        assert box.winfo_y() >= 0 and box.winfo_y() + box.winfo_height() <= rig.window.catalog.winfo_height()


def test_all_of_it_is_in_sight_in_a_low_window(rig: Rig, kicks: list[int]) -> None:
    for tag in ("a long tag to see", "another long tag", "one more of them", "deep and warm and dark"):
        rig.toolkit.facts.tag(kicks, tag)
    box = rig.window.marker.box
    rig.root.geometry("640x400")
    settle(rig.root)
    for line in ((0, 150, 180), (500, 60, 90)):
        box.open("tag", kicks, line)
        settle(rig.root)
        assert len(chips(box)) == 4 and box.winfo_height() > 120
        assert box.winfo_y() >= 0 and box.winfo_y() + box.winfo_height() <= box.master.winfo_height()
        assert box.winfo_x() >= 0 and box.winfo_x() + box.winfo_width() <= box.master.winfo_width()


def test_it_serves_collections(rig: Rig, kicks: list[int]) -> None:
    rig.hands.key("ctrl+b")
    box = rig.window.marker.box
    rig.wait(box.winfo_ismapped, "the box")
    rig.hands.type("New EP")
    rig.hands.key("Return")
    rig.wait(lambda: chips(box) == ["New EP"], "the collection")
    assert rig.toolkit.facts.collections()[0].count == 3
