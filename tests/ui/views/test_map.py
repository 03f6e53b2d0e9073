"""The map pane: the invitation, the legend, the way back to the whole map, and its colours."""

import pytest

from ctk.ui.views.map import BETWEEN, HOW, INVITATION
from ctk.ui.widgets.plane import View
from tests.display import settle
from tests.ui.conftest import SOUNDS, Rig
from tests.ui.test_map import dot, heard, page

__all__ = ["heard"]


def test_the_first_visit_invites_to_listen(rig: Rig) -> None:
    rig.toolkit.settings.hear_new = False
    found = page(rig)
    rig.wait(found.empty.winfo_ismapped, "the invitation")
    assert found.empty.text == INVITATION and found.strip.text == ""
    rig.hands.click(found.empty.listen, 40, 15)
    rig.wait(lambda: len(rig.window.map.model.ids) == len(SOUNDS), "the dots")
    settle(rig.root)
    assert not found.empty.winfo_ismapped() and found.summary == "9 sounds"
    rig.wait(lambda: found.strip.text.startswith(HOW[0]), "the hints")
    rig.root.geometry("640x500")
    rig.wait(lambda: found.strip.text in (HOW[0], BETWEEN.join(HOW[:2])), "those that fit")
    rig.root.geometry("2000x500")
    rig.wait(lambda: found.strip.text == BETWEEN.join(HOW), "all of them")


def test_where_nothing_that_is_found_is_in_view_the_whole_map_is(heard: Rig) -> None:
    found = page(heard)
    x, y = found.dots.plane.x, found.dots.plane.y
    kick, bass = dot(heard, "kick 1"), dot(heard, "bass sub")
    found.dots.look(View().zoomed(1 / 40, x[kick], y[kick]))
    settle(heard.root)
    assert found.whole.winfo_ismapped()
    heard.window.catalog.bar.field.put("bass sub")
    heard.wait(lambda: found.dots.view == View(), "the whole map")
    assert found.dots.plane.lit[bass] and not found.whole.winfo_ismapped()


def test_a_click_in_the_legend_hides_and_two_show_nothing_else(heard: Rig) -> None:
    found = page(heard)
    drums = found.legend.buttons["drums"]
    heard.hands.click(drums, 20, 10)
    kick = dot(heard, "kick 1")
    heard.wait(lambda: not found.dots.plane.lit[kick], "the drums")
    heard.hands.click(drums, 20, 10)
    heard.wait(lambda: found.dots.plane.lit[kick], "the drums")
    heard.hands.click(drums, 20, 10, count=2)
    heard.wait(lambda: len(heard.window.map.model.hidden) == 6, "the drums alone")
    assert found.dots.plane.lit[kick]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_has_the_colours_of_the_look(heard: Rig, look: str) -> None:
    found = page(heard)
    heard.window.theme.use(look)
    settle(heard.root)
    tokens = heard.window.theme.tokens
    assert str(found.dots.cget("background")) == tokens.surface
    assert found.dots._inks.dots[0] == tokens.drums
