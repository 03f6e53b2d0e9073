"""The map as a user meets it: listen, point, hear, choose by colour and word, and go on to the catalog."""

import pytest

from ctk.ui.models import map as module
from ctk.ui.views.map import STALE, MapView
from tests.display import settle
from tests.ui.conftest import Rig


def page(rig: Rig) -> MapView:
    """The map, in sight."""
    rig.hands.key("ctrl+4")
    rig.wait(lambda: rig.window.map.page is not None, "the page")
    found = rig.window.map.page
    assert found is not None
    rig.wait(lambda: found.winfo_ismapped() and rig.window.map.model.drawn is not None, "the map")
    settle(rig.root)
    return found


@pytest.fixture
def heard(rig: Rig) -> Rig:
    """Every sound was listened to."""
    rig.toolkit.settings.hear_new = False
    job = rig.toolkit.classify.run(engine="built-in")
    rig.wait(lambda: job.done, "the ear")
    rig.window.catalog.bar.field.entry.focus_force()
    settle(rig.root)
    return rig


def dot(rig: Rig, name: str) -> int:
    """The dot of a sound."""
    id = rig.toolkit.catalog.search(f'"{name}"').rows[0].id
    return list(rig.window.map.model.ids).index(id)


def at(found: MapView, dot: int) -> tuple[int, int]:
    x, y = found.dots.spot(dot)
    return round(x), round(y)


def point(rig: Rig, found: MapView, dot: int) -> None:
    rig.hands.click(found.dots, *at(found, dot), button=2)  # moves the pointer there; this button means nothing here


def test_pointing_names_a_sound_and_plays_it(heard: Rig) -> None:
    found = page(heard)
    point(heard, found, dot(heard, "bass sub"))
    heard.wait(lambda: heard.playing == "bass sub.wav", "the sound")
    assert found.dots._name.startswith("bass sub.wav") and heard.status.endswith("bass sub.wav")
    heard.hands.key("space")
    heard.wait(lambda: heard.toolkit.audio.now().state in ("paused", "stopped"), "the pause")


def test_what_is_picked_is_in_focus_in_the_catalog(heard: Rig) -> None:
    found = page(heard)
    heard.hands.click(found.dots, *at(found, dot(heard, "snare tight")))
    heard.wait(lambda: heard.playing == "snare tight.wav", "the sound")
    heard.hands.key("ctrl+1")
    heard.wait(lambda: heard.picked == ["snare tight.wav"], "the sound in the list")
    heard.hands.key("ctrl+4", "ctrl+1")
    assert heard.picked == ["snare tight.wav"]


def test_two_clicks_and_return_go_to_the_catalog(heard: Rig) -> None:
    found = page(heard)
    heard.hands.click(found.dots, *at(found, dot(heard, "hat open")), count=2)
    heard.wait(lambda: heard.window.pages.name == "Catalog" and heard.picked == ["hat open.wav"], "the list")
    heard.hands.key("ctrl+4")
    heard.hands.click(found.dots, *at(found, dot(heard, "kick 10")))
    heard.hands.key("Return")
    heard.wait(lambda: heard.window.pages.name == "Catalog" and heard.picked == ["kick 10.wav"], "the list")


def test_both_search_boxes_are_one(heard: Rig) -> None:
    found = page(heard)
    heard.hands.key("ctrl+f")
    heard.hands.type("kick")
    heard.wait(lambda: found.summary == "3 of 9 sounds match “kick”", "what is found")
    assert heard.window.catalog.bar.field.text == "kick"
    heard.hands.key("Escape", "Escape", "ctrl+1", "ctrl+f")
    heard.hands.type("bass")
    heard.wait(lambda: heard.window.search.ask.text == "bass", "the list")
    heard.hands.key("ctrl+4")
    heard.wait(lambda: found.summary == "2 of 9 sounds match “bass”", "what is found")
    assert found.field.text == "bass"


def test_a_box_around_many_picks_them_in_the_catalog(heard: Rig) -> None:
    found = page(heard)
    found.dots.on_sweep([dot(heard, name) for name in ("kick 1", "kick 2", "vocal loop")])
    settle(heard.root)
    assert heard.window.toast.text == "3 sounds in the box."
    heard.hands.click(heard.window.toast.buttons["Pick in the catalog"], 30, 10)
    heard.wait(lambda: len(heard.picked) == 3, "the picks")
    assert heard.window.pages.name == "Catalog"


def test_what_is_like_a_sound_stands_out(heard: Rig) -> None:
    found = page(heard)
    kick = dot(heard, "kick 1")
    heard.hands.click(found.dots, *at(found, kick), button=3)
    menu = heard.window.map._menu
    heard.wait(menu.winfo_ismapped, "the menu")
    heard.hands.key("Down", "Down", "Return")
    heard.wait(lambda: found.summary.endswith("are most like it"), "the likes")
    assert found.dots.plane.lit[kick] and found.dots.picked == kick and heard.window.pages.name == "Map"


def test_a_map_from_before_is_drawn_anew_when_asked(heard: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_MS", 50)
    found = page(heard)
    row = heard.toolkit.catalog.search("kick 1").rows[0]
    heard.toolkit.classify.label([row.id], "fx")
    heard.wait(lambda: found.strip.text == STALE, "the note")
    heard.hands.click(found.strip.button, 20, 10)
    heard.wait(lambda: found.strip.text != STALE, "another map")
    assert heard.window.map.model.counts[5] >= 1
