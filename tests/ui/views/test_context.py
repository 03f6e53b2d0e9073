"""The menu of a list: lines, menus in it, ticks, and another one over the headings."""

import pytest

from ctk.ui.views.context import Entry
from tests.display import middle_of
from tests.ui.conftest import Rig


@pytest.fixture
def opened(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Where it opened."""
    places: list[tuple[int, int]] = []
    monkeypatch.setattr(rig.window.context.menu, "tk_popup", lambda x, y: places.append((x, y)))
    return places


def labels(rig: Rig) -> list[str]:
    menu = rig.window.context.menu
    kinds = [(at, menu.type(at)) for at in range((menu.index("end") or 0) + 1)]
    return [str(menu.entrycget(at, "label")) for at, kind in kinds if kind != "separator"]


def test_marks_are_in_it_with_menus_of_their_own(rig: Rig, opened: list[tuple[int, int]]) -> None:
    rig.toolkit.facts.collect([rig.toolkit.catalog.search("kick").rows[0].id], "New EP")
    tree = rig.window.catalog.table.tree
    rig.hands.click(tree, 300, middle_of(tree, 2), button=3)
    assert len(opened) == 1
    assert labels(rig)[1:5] == ["Stars", "Favourite", "Tags...", "Add to collection"]
    menu = rig.window.context.menu
    into = rig.root.nametowidget(str(menu.entrycget("Add to collection", "menu")))
    assert str(into.entrycget(0, "label")) == "New EP"
    into.invoke(0)
    rig.wait(lambda: rig.toolkit.facts.collections()[0].count == 2, "the collection")


def test_over_the_headings_columns_are_ticked(rig: Rig, opened: list[tuple[int, int]]) -> None:
    rig.hands.click(rig.window.catalog.table.tree, 300, 8, button=3)
    assert len(opened) == 1 and labels(rig)[:3] == ["Folder", "Stars", "Tags"]
    menu = rig.window.context.menu
    *columns, usual = filter(None, labels(rig))
    ticked = {label: rig.root.getvar(str(menu.entrycget(label, "variable"))) for label in columns}
    assert ticked["Key"] and not ticked["Depth"]
    menu.invoke("Depth")
    assert rig.toolkit.settings.shown_columns == ["bit_depth"]
    menu.invoke(usual)
    assert rig.toolkit.settings.shown_columns == [] and usual == "As the look has them"


def test_what_was_in_it_before_is_gone(rig: Rig, opened: list[tuple[int, int]]) -> None:
    context = rig.window.context
    context._open(0, 0, [Entry("One", lines=[Entry("Two", lambda: None)])])
    first = context._cascades[0]
    context._open(0, 0, [Entry("Three", lambda: None)])
    assert labels(rig) == ["Three"] and not first.winfo_exists()
    context._open(0, 0, [])
    assert len(opened) == 2
