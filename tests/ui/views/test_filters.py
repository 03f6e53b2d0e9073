"""The panel beside the list, under a real pointer and real keys."""

import pytest

from ctk.ui.views.filters import FiltersView
from tests.display import settle
from tests.ui.conftest import Rig


@pytest.fixture
def panel(rig: Rig) -> FiltersView:
    """It, with its counts."""
    rig.wait(lambda: rig.window.filters.shown, "the panel")
    rig.wait(lambda: rig.window.filters.model.lines, "the counts")
    settle(rig.root)
    return rig.window.filters.view


def keys(panel: FiltersView, text: str) -> tuple[str, str, str]:
    return next(line.key for line in panel._lines.values() if line.text == text)


def click(rig: Rig, panel: FiltersView, text: str, x: int = 60) -> None:
    rig.hands.click(panel.ticks.canvas, x, panel.ticks.middle(keys(panel, text)))


def shows(panel: FiltersView, text: str) -> bool:
    return text in panel.ticks.texts


def test_a_click_narrows_down_and_stands_in_the_search_box(rig: Rig, panel: FiltersView) -> None:
    rig.hands.type("loop")
    rig.wait(lambda: len(rig.names) == 2)
    click(rig, panel, "Loops")
    field = rig.window.catalog.bar.field
    assert field.text == "loop type:loop"
    rig.wait(lambda: rig.window.search.ask.text == "loop type:loop", "the rows")
    assert rig.root.focus_get() is field.entry
    rig.hands.type(" 120")
    rig.wait(lambda: rig.names == ["drum loop 120.wav"], "the narrower rows")


def test_formats_are_written_as_in_the_list(rig: Rig, panel: FiltersView) -> None:
    rig.hands.type("format:wav -kick")
    rig.wait(lambda: rig.window.filters.model.any_chosen, "the tick")
    assert "WAV" in panel.ticks.texts
    click(rig, panel, "Format")
    at = panel.ticks.texts.index("Format")
    assert panel.ticks.texts[at + 1] == "WAV"


def test_what_is_typed_is_ticked(rig: Rig, panel: FiltersView) -> None:
    rig.hands.type("type:loop")
    rig.wait(lambda: rig.window.filters.model.any_chosen, "the tick")
    assert next(line for line in panel._lines.values() if line.text == "Loops").on
    rig.wait(panel.clear.winfo_ismapped, "the button")
    panel.clear.invoke()
    rig.wait(lambda: rig.window.catalog.bar.field.text == "", "the empty box")
    rig.wait(lambda: not panel.clear.winfo_ismapped(), "the button going")


def test_the_keys_alone_do_it(rig: Rig, panel: FiltersView) -> None:
    rig.hands.key("Tab")
    canvas = panel.ticks.canvas
    assert rig.root.focus_get() is canvas
    lines = list(panel._lines.values())
    rig.hands.key(*["Down"] * lines.index(next(line for line in lines if line.text == "Loops")), "space")
    rig.wait(lambda: rig.window.search.ask.text == "type:loop", "the rows")
    assert rig.root.focus_get() is canvas
    rig.hands.key("space")
    rig.wait(lambda: rig.window.search.ask.text == "", "all rows")
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3, "what was typed")
    assert rig.root.focus_get() is rig.window.catalog.bar.field.entry


def test_tab_goes_on_to_the_list_and_escape_too(rig: Rig, panel: FiltersView) -> None:
    rig.hands.key("Tab", "Tab")
    assert rig.root.focus_get() is rig.window.catalog.table.tree
    panel.ticks.canvas.focus_force()
    rig.hands.key("Escape")
    assert rig.root.focus_get() is rig.window.catalog.table.tree


def test_a_search_is_saved_under_a_name_that_is_typed_in_place(rig: Rig, panel: FiltersView) -> None:
    click(rig, panel, "Save this search...")
    assert not panel.ticks.canvas.find_withtag("entry")
    rig.hands.type("kick")
    rig.wait(lambda: not next(line for line in panel._lines.values() if line.kind == "save").idle, "the offer")
    click(rig, panel, "Save this search...")
    rig.hands.type("My kicks")
    rig.hands.key("Return")
    rig.wait(lambda: shows(panel, "My kicks"), "the name")
    assert rig.root.focus_get() is rig.window.catalog.bar.field.entry
    assert [search.query for search in rig.toolkit.facts.searches()] == ["kick"]
    rig.hands.key("Escape")
    rig.wait(lambda: rig.window.search.ask.text == "")
    click(rig, panel, "My kicks")
    assert rig.window.catalog.bar.field.text == "kick"


def test_a_saved_search_goes_with_its_cross_and_comes_back_with_undo(rig: Rig, panel: FiltersView) -> None:
    rig.toolkit.facts.save_search("Mine", "kick")
    rig.window.filters.model.show(True)
    rig.wait(lambda: shows(panel, "Mine"))
    click(rig, panel, "Mine", panel.ticks.canvas.winfo_width() - rig.window.theme.px(12))
    rig.wait(lambda: not shows(panel, "Mine"), "it going")
    toast = rig.window.toast
    assert toast.text == "Mine is no longer saved."
    toast.buttons["Undo"].invoke()
    rig.wait(lambda: shows(panel, "Mine"), "it coming back")


def test_it_scrolls_where_it_is_higher_than_the_window(rig: Rig, panel: FiltersView) -> None:
    rig.root.geometry("1100x420")
    rig.wait(panel.ticks._bar.winfo_ismapped, "the scroll bar")
    canvas = panel.ticks.canvas
    rig.hands.click(canvas, 60, 100, button=5, count=3)
    assert canvas.canvasy(0) > 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_follows_the_look(rig: Rig, panel: FiltersView, theme: str) -> None:
    rig.window.look.choose(theme)
    settle(rig.root)
    assert str(panel.ticks.canvas.cget("background")) == rig.window.theme.tokens.chrome
