"""What sounds are and which are alike, from keys and menus, in the whole window."""

import tkinter as tk

import pytest

from ctk.ui.models.search import LIKENESS
from tests.display import middle_of
from tests.ui.conftest import SOUNDS, Rig


def pick(rig: Rig, query: str, count: int) -> list[int]:
    """Search, pick all that is found; their ids."""
    rig.hands.type(query)
    rig.wait(lambda: len(rig.names) == count, "the search")
    rig.hands.key("Down", "ctrl+a")
    rig.wait(lambda: len(rig.picked) == count, "the picks")
    return list(rig.window.selection.marks.ids())


def categories(rig: Rig) -> list[str | None]:
    """What the list shows, from the top."""
    return [row.category if row else None for row in rig.window.search.rows(0, rig.window.search.total)]


def test_a_letter_in_the_menu_says_what_all_picked_sounds_are(rig: Rig) -> None:
    pick(rig, "kick", 3)
    rig.hands.key("ctrl+shift+k")
    rig.hands.key("v")
    rig.wait(lambda: rig.window.toast.text == "3 sounds are vocals now.", "the toast")
    assert categories(rig) == ["vocal"] * 3
    rig.hands.click(rig.window.toast.buttons["Undo"], 10, 10)
    rig.wait(lambda: not rig.toolkit.catalog.search("kick cat:vocal").total, "the undo")
    assert rig.window.catalog.bar.field.text == "kick"


def test_the_menu_of_the_list_offers_it_and_ticks_what_they_are(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.toolkit.classify.label([row.id for row in rig.toolkit.catalog.search("").rows], "fx")
    rig.wait(lambda: set(categories(rig)) == {"fx"}, "the label")
    monkeypatch.setattr(rig.window.context.menu, "tk_popup", lambda *_: None)
    rig.hands.click(rig.window.catalog.table.tree, 300, middle_of(rig.window.catalog.table.tree, 2), button=3)
    menu = rig.window.context.menu
    this_is: tk.Menu = rig.root.nametowidget(str(menu.entrycget("This is", "menu")))
    ticked = [at for at in range(7) if rig.root.getvar(str(this_is.entrycget(at, "variable")))]
    assert [str(this_is.entrycget(at, "label")) for at in ticked] == ["Effects"]
    this_is.invoke("Take my word back")
    rig.wait(lambda: rig.window.toast.text == "Your word on 1 sound is taken back.", "the toast")


def test_each_category_has_a_letter_of_its_own(rig: Rig) -> None:
    lines = [line for line in rig.window.hearer.categories() if line.underline >= 0]
    letters = [line.label[line.underline].upper() for line in lines]
    assert len(lines) == 7 and len(set(letters)) == 7


def test_what_is_like_a_sound_is_found_with_the_sound_on_top(rig: Rig) -> None:
    rig.toolkit.classify.run(engine="built-in").result(60)
    rig.hands.type("bass deep")
    rig.wait(lambda: rig.names == ["bass deep.wav"], "the search")
    rig.hands.key("Down", "ctrl+j")
    rig.wait(lambda: len(rig.names) == len(SOUNDS), "the likes")
    rig.wait(lambda: rig.picked == ["bass deep.wav"] == rig.names[:1], "the sound itself")
    line = rig.window.hearer.line
    rig.wait(lambda: line.text == "Most like bass deep.wav", "whose likes these are")
    assert rig.window.search.ask.sort == LIKENESS and not line.first.winfo_ismapped()
    rig.window.catalog.table.on_sort("name")
    rig.wait(line.first.winfo_ismapped, "the way back")
    rig.hands.click(line.first, 10, 10)
    rig.wait(lambda: rig.window.search.ask.sort == LIKENESS, "the likest first")
    rig.hands.key("ctrl+f", "BackSpace")
    rig.wait(lambda: len(rig.names) == len(SOUNDS) + 1, "everything")
    assert line.text == "" and rig.window.search.ask.sort == "name"


def test_where_nothing_can_be_like_it_the_status_line_says_why(rig: Rig) -> None:
    rig.hands.key("ctrl+e")
    rig.hands.type("broken")
    rig.wait(lambda: rig.names == ["broken.wav"], "the search")
    rig.hands.key("Down", "ctrl+j")
    rig.wait(lambda: "cannot be listened to" in rig.status, "the reason")
    assert rig.window.catalog.bar.field.text == "broken"


def test_likeness_is_no_order_to_begin_with_next_time(rig: Rig) -> None:
    rig.hands.type(f"like:{rig.toolkit.catalog.search('snare').rows[0].id}")
    rig.wait(lambda: rig.window.search.ask.sort == LIKENESS, "the likes")
    assert rig.window.search.usual.sort == "name"


def test_without_a_sound_there_is_nothing_to_say(rig: Rig) -> None:
    assert not rig.window.hearer.can() and not rig.window.hearer.can_liken()
    assert "panel" not in vars(rig.window.hearer)


def test_where_the_word_takes_a_sound_out_of_the_list_the_next_one_is_in_focus(rig: Rig) -> None:
    rig.toolkit.classify.run(engine="names").result(30)
    rig.hands.type("cat:drums kick")
    rig.wait(lambda: len(rig.names) == 3, "the search")
    rig.hands.key("Down", "Down")
    names = list(rig.names)
    rig.hands.key("ctrl+shift+k")
    rig.hands.key("b")
    rig.wait(lambda: rig.names == [names[0], names[2]], "the list without it")
    rig.wait(lambda: rig.picked == [names[2]], "the next one")
