"""The window is laid out as its look says, keeps what the user dragged, and changes its layout while it is open."""

import tkinter as tk
from pathlib import Path

import pytest

from ctk.looks.shelf import BUILTIN
from ctk.toolkit import Toolkit
from tests.display import settle
from tests.looks.making import own
from tests.ui.conftest import Rig

SIDE = """
[layout.window]
split = "columns"
children = ["toolbar", "right"]
[layout.right]
split = "rows"
children = ["pages", "player", "status"]
[layout.pages]
split = "tabs"
children = ["map", "catalog", "duplicates", "sources"]
[layout.body]
split = "columns"
children = ["list", "side"]
sizes = ["*", 300]
[layout.side]
split = "stack"
children = ["filters", "detail"]
[toolbar]
actions = ["file.add", "edit.rename", "play.loop"]
"""
BARE = '[layout.body]\nsplit = "rows"\nchildren = ["list"]\n'


@pytest.fixture
def full(rig: Rig) -> Rig:
    """The window with everything that can be in it."""
    rig.wait(lambda: rig.window.filters.shown, "the filters")
    rig.window.detail.toggle()
    rig.wait(rig.window.detail.view.winfo_ismapped)
    return rig


def box(widget: tk.Misc) -> tuple[int, int, int, int]:
    """Where it is on the screen: left, top, right, bottom."""
    x, y = widget.winfo_rootx(), widget.winfo_rooty()
    return x, y, x + widget.winfo_width(), y + widget.winfo_height()


def choose(rig: Rig, look: str) -> None:
    rig.window.look.choose(look)
    settle(rig.root, 6)
    assert rig.window.theme.look.id == look


def boxes(rig: Rig) -> dict[str, tuple[int, int, int, int]]:
    window = rig.window
    views: dict[str, tk.Misc] = {
        "pages": window.pages,
        "player": window.player,
        "status": window.status,
        "search": window.catalog.bar,
        "list": window.catalog.table,
        "filters": window.filters.view,
        "detail": window.detail.view,
    }
    return {name: box(view) for name, view in views.items() if view.winfo_viewable()}


@pytest.mark.parametrize("look", BUILTIN)
def test_all_is_in_sight_in_each_built_in_look(full: Rig, look: str) -> None:
    choose(full, look)
    found = boxes(full)
    assert len(found) == 7
    list, filters, detail, player, pages = (found[name] for name in ("list", "filters", "detail", "player", "pages"))
    if look == "neon":
        assert player[3] < pages[1] and detail[3] == list[1] and list[2] < filters[0]
        toolbar = full.window.arrangement.panes._views["toolbar"]
        assert player[3] < box(toolbar)[1] and box(toolbar)[3] < pages[1]
    else:
        assert pages[3] < player[1] and list[3] == detail[1] and filters[2] < list[0]
        assert "toolbar" not in full.window.arrangement.panes._placed
    assert found["search"][0] == pages[0] and found["search"][2] == pages[2]
    assert max(place[3] for place in found.values()) == full.root.winfo_rooty() + full.root.winfo_height()


def test_another_look_leaves_what_one_does_as_it_is(full: Rig) -> None:
    rig = full
    rig.hands.key("Down", "Down")
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing", "the sound")
    rig.root.geometry("1100x460")
    rig.wait(lambda: rig.window.catalog.table.height < 4, "few rows")
    rig.window.catalog.table.show(2)

    def stands() -> tuple[object, ...]:
        window = rig.window
        return rig.picked, rig.playing, window.selection.focus, window.catalog.table.top, rig.root.focus_get()

    before = stands()
    for look in ("neon", "compact", "high-contrast", "light", "dark"):
        choose(rig, look)
        assert stands() == before, look
        assert rig.toolkit.audio.now().state in ("playing", "stopped")  # it may have come to its end
    rig.window.catalog.find()
    rig.hands.type("kic")
    choose(rig, "neon")
    rig.hands.type("k 10")
    rig.wait(lambda: rig.names == ["kick 10.wav"], "the search")
    assert rig.window.catalog.bar.field.text == "kick 10"


def test_a_look_and_back_is_the_window_as_before(full: Rig) -> None:
    choose(full, "dark")
    before = boxes(full)
    choose(full, "neon")
    assert boxes(full) != before
    choose(full, "dark")
    assert boxes(full) == before


def drag(rig: Rig, widget: tk.Misc, place: tuple[int, int], by: tuple[int, int]) -> None:
    """Take hold of the border that is there: the strip comes up first."""
    rig.hands.click(widget, *place, button=9)  # just to be there: no such button does anything
    rig.hands.drag(widget, place, (place[0] + by[0], place[1] + by[1]))


def test_a_border_is_dragged_kept_for_the_look_and_there_again(screen: str, filled: Toolkit) -> None:
    filled.settings.theme = "dark"
    filled.settings.detail = True
    rig = Rig(filled)
    rig.wait(lambda: "view" in vars(rig.window.filters) and "detail" in vars(rig.window), "both panes")
    settle(rig.root)
    catalog, scale = rig.window.catalog, rig.window.theme.scale
    left, top, right, bottom = box(rig.window.filters.view)
    drag(rig, catalog, (right - catalog.winfo_rootx(), 300), (60, 0))
    assert box(rig.window.filters.view) == (left, top, right + 60, bottom)
    upper = box(rig.window.detail.view)[1]
    drag(rig, catalog, (600, upper - catalog.winfo_rooty()), (0, 40))
    assert box(rig.window.detail.view)[1] == upper + 40
    width, height = rig.window.filters.view.winfo_width(), rig.window.detail.view.winfo_height()
    kept = dict(filled.settings.splits)
    assert kept == {"dark/body/filters": round(296 / scale), "dark/middle/detail": round(height / scale)}
    choose(rig, "neon")
    assert filled.settings.splits == kept and rig.window.filters.view.winfo_width() == rig.window.theme.px(250) - 1
    choose(rig, "dark")
    assert rig.window.filters.view.winfo_width() == width
    rig.window.quit()
    rig = Rig(filled)
    rig.wait(lambda: "view" in vars(rig.window.filters) and "detail" in vars(rig.window), "both panes again")
    settle(rig.root)
    assert (rig.window.filters.view.winfo_width(), rig.window.detail.view.winfo_height()) == (width, height)
    place = (box(rig.window.filters.view)[2] - rig.window.catalog.winfo_rootx(), 300)
    rig.hands.click(rig.window.catalog, *place, button=9)
    rig.hands.click(rig.window.catalog, *place, count=2)
    assert rig.window.filters.view.winfo_width() == rig.window.theme.px(236) - 1
    assert "dark/body/filters" not in filled.settings.splits
    rig.window.quit()


def test_no_row_moves_when_panels_come(screen: str, filled: Toolkit) -> None:
    filled.settings.theme = "neon"
    filled.settings.detail = True
    rig = Rig(filled)
    rig.wait(lambda: rig.names, "the first rows")
    assert "detail" not in vars(rig.window)
    before = box(rig.window.catalog.table)
    rig.wait(lambda: "view" in vars(rig.window.filters) and "detail" in vars(rig.window), "both panes")
    settle(rig.root)
    assert box(rig.window.catalog.table) == before
    rig.window.quit()


def test_a_side_bar_shows_what_was_asked_for_last(screen: str, filled: Toolkit) -> None:
    own(filled.home, "side", SIDE)
    filled.settings.theme = "side"
    rig = Rig(filled)
    window = rig.window
    rig.wait(lambda: "view" in vars(window.filters) and window.filters.view.winfo_ismapped(), "the filters")
    place = box(window.filters.view)
    rig.hands.key("ctrl+i")
    rig.wait(window.detail.view.winfo_ismapped)
    assert not window.filters.view.winfo_ismapped() and box(window.detail.view) == place
    rig.wait(window.detail.view.facts.winfo_ismapped, "the facts")
    assert box(window.detail.view.wave.widget)[3] < box(window.detail.view.facts)[1] < box(window.detail.view.note)[1]
    rig.hands.key("ctrl+shift+f")
    rig.wait(window.filters.view.winfo_ismapped)
    assert filled.settings.filters == "shown" and not window.detail.view.winfo_ismapped()
    rig.hands.key("ctrl+shift+f")
    rig.wait(window.detail.view.winfo_ismapped)
    rig.hands.key("ctrl+i")
    rig.wait(lambda: not window.detail.view.winfo_ismapped())
    settle(rig.root)
    assert box(window.catalog.table)[2] == window.root.winfo_rootx() + window.root.winfo_width()
    window.quit()


def test_without_a_place_for_them_panels_say_so(full: Rig) -> None:
    rig, window = full, full.window
    rig.hands.key("Down")
    own(rig.toolkit.home, "bare", BARE)
    choose(rig, "bare")
    assert not window.filters.view.winfo_ismapped() and not window.detail.view.winfo_ismapped()
    assert window.detail.model.row is None
    for id in ("view.filters", "view.detail"):
        action = window.actions[id]
        assert not action.enabled() and action.needs
    assert window.catalog.bar.filters.instate(["disabled", "!selected"])
    rig.hands.key("ctrl+i", "ctrl+shift+f", "ctrl+shift+n")
    assert rig.status == "The look Bare has no place for the details of a sound."
    assert not window.catalog.bar.filters.instate(["selected"])
    choose(rig, "dark")
    assert window.filters.view.winfo_ismapped() and window.detail.view.winfo_ismapped()
    rig.wait(lambda: window.detail.model.row, "the sound")
    assert window.catalog.bar.filters.instate(["!disabled", "selected"])


def test_the_keys_go_to_the_list_when_what_had_them_goes(full: Rig) -> None:
    full.window.filters.view.ticks.canvas.focus_set()
    full.hands.key("ctrl+shift+f")
    assert full.root.focus_get() == full.window.catalog.table.tree


def test_the_tab_key_follows_the_layout(full: Rig) -> None:
    own(
        full.toolkit.home,
        "other",
        '[layout.body]\nsplit = "columns"\nchildren = ["middle", "filters"]\nsizes = ["*", 236]\n',
    )
    for look, order in (("dark", ["filters", "list", "detail"]), ("other", ["list", "detail", "filters"])):
        choose(full, look)
        views = {
            full.window.filters.view: "filters",
            full.window.catalog.table: "list",
            full.window.detail.view: "detail",
        }
        stacked = [views[child] for child in full.window.catalog.winfo_children() if child in views]
        assert stacked == order


def test_a_bar_that_grows_pushes_the_list_down(rig: Rig) -> None:
    top = box(rig.window.catalog.table)[1]
    rig.hands.type("bpm:x")
    rig.wait(lambda: box(rig.window.catalog.table)[1] > top, "the list going down")
    assert box(rig.window.catalog.bar)[3] < box(rig.window.catalog.table)[1]
    rig.hands.key("Escape")
    rig.wait(lambda: box(rig.window.catalog.table)[1] == top, "the list coming up")


def test_a_view_that_is_not_there_leaves_the_window_whole(rig: Rig, tmp_path: Path) -> None:
    panes = rig.window.catalog.panes
    panes.show("lyrics", True)
    settle(rig.root)
    assert not panes.sees("lyrics") and not panes.holds("lyrics")
    assert rig.window.catalog.table.winfo_ismapped()
