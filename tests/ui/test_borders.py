"""Borders and columns are moved by keys alone."""

import tkinter as tk

import pytest

from tests.display import settle
from tests.ui.conftest import Rig


@pytest.fixture
def full(rig: Rig) -> Rig:
    """The window with everything that has a border."""
    rig.wait(lambda: rig.window.filters.shown, "the filters")
    rig.window.detail.toggle()
    rig.wait(rig.window.detail.view.winfo_ismapped)
    rig.window.look.choose("dark")
    settle(rig.root, 6)
    return rig


def size(rig: Rig) -> tuple[int, int]:
    return rig.window.filters.view.winfo_width(), rig.window.detail.view.winfo_height()


def test_filters_and_details_are_made_larger_by_keys(full: Rig) -> None:
    tree = full.window.catalog.table.tree
    tree.focus_set()
    wide, high = size(full)
    step = full.root.winfo_pixels("12p")
    full.hands.key("F8", "Right", "Right")
    assert size(full) == (wide + 2 * step, high) and "Arrow keys" in full.status
    full.hands.key("Tab", "Up", "Return")
    assert size(full) == (wide + 2 * step, high + step) and full.root.focus_get() == tree
    assert set(full.toolkit.settings.splits) == {"dark/body/filters", "dark/middle/detail"}
    full.hands.key("F8", "Home", "F8", "Home", "Escape")
    assert size(full) == (wide, high) and full.toolkit.settings.splits == {}
    assert not full.picked and full.playing == "", "the list does not see these keys"


def test_they_are_found_in_the_palette(full: Rig) -> None:
    full.window.catalog.table.tree.focus_set()
    wide, _ = size(full)
    full.hands.key("ctrl+k")
    full.hands.type("move the bor")
    full.hands.key("Return")
    settle(full.root)
    full.hands.key("Right", "Return")
    assert size(full)[0] > wide and full.root.focus_get() == full.window.catalog.table.tree


def test_the_nearest_border_comes_first(full: Rig) -> None:
    wide, high = size(full)
    full.window.detail.view.note.focus_set()
    settle(full.root)
    full.hands.key("F8", "Up", "Return")
    assert size(full)[0] == wide and size(full)[1] > high


def test_a_border_goes_no_further_than_the_room_there_is(full: Rig) -> None:
    full.hands.key("F8", *["Right"] * 60)
    widest = size(full)[0]
    full.hands.key("Left")
    assert size(full)[0] < widest, "it comes back at once"
    assert full.window.catalog.table.winfo_width() > 40


def test_without_a_border_the_action_says_so(full: Rig) -> None:
    action = full.window.actions["view.borders"]
    assert action.enabled()
    full.window.pages.show("Sources")
    settle(full.root)
    assert not action.enabled() and action.needs and not full.window.actions["view.headings"].enabled()


def test_columns_are_moved_and_widened_by_keys(full: Rig) -> None:
    tree: tk.Misc = full.window.catalog.table.tree
    tree.focus_set()
    step, settings = full.root.winfo_pixels("9p"), full.toolkit.settings
    wide = int(full.window.catalog.table.tree.column("rating", "width"))
    full.hands.key("shift+F8", "Right", "Right", "Up", "shift+Left", "Return")
    assert settings.columns["rating"] == round((wide + step) / full.window.theme.scale)
    assert settings.column_order[:3] == ["name", "rating", "path"]
    assert full.root.focus_get() == tree and not full.picked
