"""The marks in the detail pane: shown, clicked, written."""

import pytest

from ctk.looks.shelf import BUILTIN
from ctk.looks.tokens import contrast
from ctk.ui.views.detail import DetailView
from tests.display import settle
from tests.ui.conftest import Rig


@pytest.fixture
def pane(rig: Rig) -> DetailView:
    """It, open over a sound that is in focus and silent."""
    rig.toolkit.settings.audition = False
    rig.hands.key("ctrl+i")
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3, "the search")
    rig.hands.key("Down")
    pane = rig.window.detail.view
    rig.wait(pane.marks.winfo_ismapped, "the pane")
    return pane


def chips(pane: DetailView) -> list[str]:
    return [str(chip.cget("text")) for chip in pane.marks.chips._shown]


def focused(rig: Rig) -> int:
    row = rig.window.catalog.focused_row()
    assert row is not None
    return row.id


def test_stars_and_heart_are_clicked(rig: Rig, pane: DetailView) -> None:
    id, facts = focused(rig), rig.toolkit.facts
    rig.hands.click(pane.marks.stars._stars[2], 8, 8)
    rig.wait(lambda: facts.of(id).rating == 3, "the stars")
    rig.hands.click(pane.marks.heart, 8, 8)
    rig.wait(lambda: facts.of(id).favourite, "the heart")
    rig.wait(lambda: pane.marks.stars.value == 3, "the stars in the pane")
    rig.hands.click(pane.marks.stars._stars[2], 8, 8)
    rig.wait(lambda: facts.of(id).rating == 0, "no stars")


def test_it_is_about_the_sound_it_shows_alone(rig: Rig, pane: DetailView) -> None:
    rig.hands.key("ctrl+a")
    id, facts = focused(rig), rig.toolkit.facts
    rig.hands.click(pane.marks.stars._stars[4], 8, 8)
    rig.wait(lambda: facts.of(id).rating == 5, "the stars")
    assert rig.toolkit.catalog.search("rating:5").total == 1


def test_what_is_said_elsewhere_is_shown(rig: Rig, pane: DetailView) -> None:
    id, facts = focused(rig), rig.toolkit.facts
    facts.tag([id], "dark")
    facts.collect([id], "New EP")
    facts.rate([id], 4)
    facts.note([id], "for the intro")
    rig.wait(lambda: chips(pane) == ["dark", "+ Tag", "in New EP", "+ Collection"], "the chips")
    rig.wait(lambda: pane.marks.stars.value == 4, "the stars")
    rig.wait(lambda: pane.note.written == "for the intro", "the note")


def test_chips_search_and_go(rig: Rig, pane: DetailView) -> None:
    id, facts = focused(rig), rig.toolkit.facts
    facts.tag([id], "dark")
    rig.wait(lambda: "dark" in chips(pane), "the chip")
    rig.hands.click(pane.marks.chips._shown[0], 8, 8)
    rig.wait(lambda: rig.window.search.ask.text == 'tag:"dark"', "the search")
    rig.hands.key("Down")
    rig.wait(lambda: "dark" in chips(pane), "the chip")
    chip = pane.marks.chips._shown[0]
    rig.hands.click(chip, chip.winfo_width() - 8, 8)
    rig.wait(lambda: not facts.of(id).tags, "the end of it")


def test_a_note_is_kept_while_it_is_written_and_when_one_goes_on(rig: Rig, pane: DetailView) -> None:
    id, facts = focused(rig), rig.toolkit.facts
    rig.hands.key("ctrl+shift+n")
    rig.hands.type("for the")
    rig.wait(lambda: facts.of(id).note == "for the", "the note")
    rig.hands.type(" intro")
    rig.hands.key("Escape", "Down")
    rig.wait(lambda: facts.of(id).note == "for the intro", "the rest")
    rig.wait(lambda: pane.note.written == "", "the other sound")
    rig.hands.key("Up")
    rig.wait(lambda: pane.note.written == "for the intro", "the first one")
    assert not facts.of(focused(rig) + 1).note


def test_what_is_being_written_is_not_lost_when_the_catalog_changes(rig: Rig, pane: DetailView) -> None:
    id, facts = focused(rig), rig.toolkit.facts
    pane.note.text.focus_force()
    settle(rig.root)
    rig.hands.type("half a")
    facts.note([id], "from elsewhere")
    rig.hands.type(" word")
    rig.wait(lambda: facts.of(id).note == "half a word", "the note")
    assert pane.note.written == "half a word"


def test_closing_the_window_keeps_the_note(screen: str, rig: Rig, pane: DetailView) -> None:
    id = focused(rig)
    pane.note.text.insert("1.0", "last words")
    rig.window.detail.leave()
    rig.wait(lambda: rig.toolkit.facts.of(id).note == "last words", "the note")


@pytest.mark.parametrize("look", BUILTIN)
def test_stars_that_are_given_can_be_told_from_others(rig: Rig, pane: DetailView, look: str) -> None:
    theme = rig.window.theme
    theme.use(look)
    tokens, unlit = theme.tokens, pane.marks._unlit
    assert contrast(tokens.accent, unlit) >= 2.5 and contrast(tokens.chrome, unlit) >= 1.4
