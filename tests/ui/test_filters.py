"""The panel of filters comes by itself where there is room, and stays as the user left it."""

import tkinter as tk

import pytest

from ctk.toolkit import Toolkit
from ctk.ui.app import Window
from tests.display import turn
from tests.ui.conftest import SOUNDS, Rig


@pytest.mark.parametrize(
    ("filters", "width", "shown"),
    [("auto", 1100, True), ("auto", 900, False), ("shown", 900, True), ("hidden", 1100, False)],
)
def test_it_comes_where_there_is_room_or_where_it_was(
    screen: str, filled: Toolkit, filters: str, width: int, shown: bool
) -> None:
    window = Window(tk.Tk(className="ctk"), filled)
    filled.settings.filters = filters
    filled.settings.geometry = f"{round(width * window.theme.scale)}x700+0+0"
    window.open()
    turn(window.root, lambda: window.search.total == len(SOUNDS) + 1, "the first rows")
    tree = window.catalog.table.tree
    before = tree.winfo_width()
    turn(window.root, lambda: window.library.stats is not None, "the window to settle")
    assert window.filters.shown == shown
    assert ("view" in vars(window.filters)) == shown
    assert window.catalog.bar.filters.instate(["selected"]) == shown
    assert tree.winfo_width() == before
    assert filled.settings.filters == filters
    window.quit()


def test_the_button_and_the_key_show_it_and_put_it_away(rig: Rig) -> None:
    rig.wait(lambda: rig.window.filters.shown and rig.window.filters.view.winfo_ismapped(), "the panel")
    tree = rig.window.catalog.table.tree
    narrow = tree.winfo_width()
    rig.window.catalog.bar.filters.invoke()
    rig.wait(lambda: not rig.window.filters.view.winfo_ismapped(), "it going")
    assert rig.toolkit.settings.filters == "hidden" and tree.winfo_width() > narrow
    rig.hands.key("ctrl+shift+f")
    rig.wait(rig.window.filters.view.winfo_ismapped, "it coming back")
    assert rig.toolkit.settings.filters == "shown"


def test_above_the_details_it_stands_from_top_to_bottom(rig: Rig) -> None:
    rig.wait(lambda: rig.window.filters.shown and rig.window.filters.view.winfo_ismapped(), "the panel")
    rig.hands.key("ctrl+i")
    rig.wait(rig.window.detail.view.winfo_ismapped)
    for _ in range(2):
        panel, detail = rig.window.filters.view, rig.window.detail.view
        assert panel.winfo_y() + panel.winfo_height() == detail.winfo_y() + detail.winfo_height()
        assert detail.winfo_x() >= panel.winfo_width()
        rig.hands.key("ctrl+shift+f", "ctrl+shift+f")
        rig.wait(panel.winfo_ismapped)
