"""The window as its look lays it out: tabs and buttons; the panes have tests of their own."""

from ctk.ui.views.pages import MAP
from tests.display import settle
from tests.looks.making import own
from tests.ui.conftest import Rig
from tests.ui.test_panes import SIDE, box, choose


def test_pages_are_in_the_order_of_the_look_and_the_buttons_one_below_the_other(rig: Rig) -> None:
    own(rig.toolkit.home, "side", SIDE)
    choose(rig, "side")
    tabs = rig.window.pages._tabs
    assert tabs is not None
    titles = [str(tab.cget("text")) for tab in tabs.winfo_children()]
    assert titles == ["Map", "Catalog", "Duplicates", "Sources"] and rig.window.pages.name == "Catalog"
    toolbar = rig.window.arrangement._toolbar
    assert toolbar is not None
    first, second, third = (box(button) for button in toolbar.buttons.values())
    assert first[3] <= second[1] and second[3] <= third[1]
    assert toolbar.winfo_width() == toolbar.winfo_reqwidth() > 40 and box(toolbar)[2] < box(rig.window.pages)[0]
    rig.hands.click(tabs.winfo_children()[0], 10, 8)
    assert rig.window.pages.name == MAP


def test_pages_can_do_without_tabs(rig: Rig) -> None:
    own(
        rig.toolkit.home,
        "calm",
        '[layout.pages]\nsplit = "stack"\nchildren = ["catalog", "sources", "duplicates", "map"]\n',
    )
    choose(rig, "calm")
    assert rig.window.pages._tabs is None and rig.window.catalog.winfo_rooty() == rig.root.winfo_rooty()
    rig.hands.key("ctrl+2")
    assert rig.window.pages.name == "Sources"
    choose(rig, "dark")
    tabs = rig.window.pages._tabs
    assert tabs is not None and tabs.winfo_ismapped() and tabs._chosen.get() == "Sources"


def test_the_keys_of_a_toolbar_that_goes_are_those_of_the_page(rig: Rig) -> None:
    choose(rig, "neon")
    toolbar = rig.window.arrangement._toolbar
    assert toolbar is not None
    rig.hands.key("ctrl+e", "Down")
    toolbar.buttons["play.loop"].focus_set()
    settle(rig.root)
    choose(rig, "dark")
    assert rig.root.focus_get() == rig.window.catalog.table.tree


def test_a_look_of_another_shape_is_painted_once_and_leaves_the_keys_where_they_are(rig: Rig) -> None:
    seen: list[bool] = []
    rig.window.theme.changed.connect(lambda: seen.append(bool(rig.window.pages.winfo_ismapped())))
    rig.hands.key("ctrl+f")
    before = box(rig.window.pages)
    choose(rig, "compact")
    choose(rig, "dark")
    choose(rig, "light")
    assert seen == [False, False, True]
    assert box(rig.window.pages) == before and rig.root.focus_get() == rig.window.catalog.bar.field.entry
    rig.hands.type("kick")
    rig.wait(lambda: rig.window.search.ask.text == "kick", "the search")


def test_an_empty_catalog_is_covered_whatever_the_look(rig: Rig) -> None:
    choose(rig, "neon")
    rig.toolkit.sources.remove(rig.toolkit.sources.list()[0].id)
    rig.wait(rig.window.discovery.page.winfo_ismapped, "the first page")
    settle(rig.root)
    assert box(rig.window.discovery.page) == box(rig.window.pages)
