"""The parts of the window."""

from pathlib import Path

import pytest

from ctk.looks.look import Node
from ctk.looks.shelf import Shelf
from tests.looks.making import faults, own


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[layout.body]\nchildren = ["list"]', ["4: split is missing: columns, rows, stack, tabs."]),
        (
            '[layout.body]\nsplit = "row"\nchildren = ["middle", "filters"]',
            ['5: there is no split "row"; did you mean rows?'],
        ),
        ('[layout.body]\nsplit = "rows"\nchildren = []', ["6: children is empty: it names what lies in this part."]),
        ('[layout.body]\nsplit = "rows"', ["4: children is empty: it names what lies in this part."]),
        ('[layout.player]\nsplit = "rows"\nchildren = ["list"]', ["4: player is a view and cannot be split."]),
        ('[layout."Bo dy"]\nsplit = "rows"\nchildren = ["list"]', ['4: "Bo dy" cannot be the name of a part: ']),
        ('[layout.body]\nsplit = "rows"\nchildren = ["middle", "midle"]', ["did you mean middle?"]),
        (
            '[layout.body]\nsplit = "tabs"\nchildren = ["middle", "filters"]',
            ["5: only pages can be tabs."],
        ),
        (
            '[layout.body]\nsplit = "rows"\nchildren = ["middle", "filters", "middle"]',
            ["6: middle stands twice in the layout."],
        ),
        ('[layout.body]\nsplit = "rows"\nchildren = [\n"middle",\n"list"]', ["8: list stands twice in the layout."]),
        ('[layout.body]\nsplit = "rows"\nchildren = ["middle", "body"]', ["6: body cannot lie inside itself."]),
        ('[layout.middle]\nsplit = "rows"\nchildren = ["list", "body"]', ["6: body cannot lie inside itself."]),
        ('[layout.body]\nsplit = "rows"\nchildren = ["filters"]', ["4: list must be somewhere in catalog."]),
        (
            '[layout.body]\nsplit = "rows"\nchildren = ["middle", "player"]',
            ["player cannot be inside catalog."],
        ),
        (
            '[layout.window]\nsplit = "rows"\nchildren = ["pages", "player", "status", "filters"]',
            ["6: filters must be inside catalog."],
        ),
        (
            '[layout.window]\nsplit = "rows"\nchildren = ["pages", "toolbar"]',
            ["4: player must be somewhere in window.", "4: status must be somewhere in window."],
        ),
        (
            '[layout.window]\nsplit = "rows"\nchildren = ["pages", "player", "status", "map"]',
            ["6: map must be directly in pages."],
        ),
        (
            '[layout.pages]\nsplit = "rows"\nchildren = ["catalog", "map", "toolbar"]',
            [
                "5: pages must be split as tabs or stack.",
                "6: sources must be among the pages.",
                "6: duplicates must be among the pages.",
                "toolbar cannot be inside pages.",
            ],
        ),
        (
            '[layout.extra]\nsplit = "rows"\nchildren = ["list"]',
            ["4: extra is nowhere in the window."],
        ),
        (
            '[layout.middle]\nsplit = "rows"\nchildren = ["list", "detail"]\nsizes = [1]',
            ["7: sizes must have one entry for each of the 2 children."],
        ),
        (
            '[layout.middle]\nsplit = "rows"\nchildren = ["list", "detail"]\nsizes = [30, 9999]',
            ['7: a size is a number from 20 to 4000, or "*"', '7: one of the sizes must be "*"'],
        ),
        ('[layout.middle]\nsplit = "rows"\nchildren = ["list"]\nsize = [30]', ["did you mean sizes?"]),
        (
            '[layout.body]\nsplit = "rows"\nchildren = ["list", "middle"]',
            ["6: list stands twice in the layout."],
        ),
        (
            '[layout.middle]\nsplit = "stack"\nchildren = ["list", "detail"]',
            ["5: list must always be in sight and cannot be in a stack."],
        ),
        ('[layout.middle]\nsplit = "tabs"\nchildren = ["list", "detail"]', ["5: only pages can be tabs."]),
        ("[layout]\nmiddle = 3", ["5: middle must be a table, and is a number."]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, told: list[str]) -> None:
    found = faults(tmp_path, text + "\n")
    for words in told:
        assert any(words in fault for fault in found), found


def test_a_part_takes_the_place_of_that_of_the_parent(home: Path) -> None:
    own(
        home,
        "mine",
        '[layout.body]\nsplit = "rows"\nchildren = ["list", "side"]\nsizes = ["*", 90]\n'
        '[layout.side]\nsplit = "columns"\nchildren = ["filters"]\n',
    )
    shelf = Shelf(home)
    assert shelf.faults("mine") == ()
    tree = shelf.get("mine").layout
    assert tree["body"] == Node("rows", ("list", "side"), (None, 90))
    assert tree["window"] == shelf.get("dark").layout["window"]
    assert "middle" not in tree, "of the parent's parts only those stay that are in use"


def test_pages_can_be_a_stack_in_another_order(home: Path) -> None:
    own(home, "mine", '[layout.pages]\nsplit = "stack"\nchildren = ["map", "catalog", "sources", "duplicates"]\n')
    assert Shelf(home).get("mine").layout["pages"].children[0] == "map"


def test_what_comes_and_goes_can_be_a_stack(home: Path) -> None:
    own(
        home,
        "mine",
        '[layout.body]\nsplit = "columns"\nchildren = ["list", "side"]\nsizes = ["*", 300]\n'
        '[layout.side]\nsplit = "stack"\nchildren = ["filters", "detail"]\n',
    )
    shelf = Shelf(home)
    assert shelf.faults("mine") == ()
    assert shelf.get("mine").layout["side"].split == "stack"
