"""The search bar: the count, and where the keys go."""

import threading

import pytest

from ctk.records import Page
from ctk.toolkit import Toolkit
from tests.ui.conftest import SOUNDS, Rig

ALL = len(SOUNDS) + 1


def count(rig: Rig) -> str:
    return str(rig.window.catalog.bar._count.cget("text"))


def test_the_count_tells_of_hits_and_picks(rig: Rig) -> None:
    rig.wait(lambda: count(rig) == f"{ALL} sounds")
    rig.wait(lambda: rig.window.library.stats is not None)
    rig.hands.type("kick")
    rig.wait(lambda: count(rig) == f"3 of {ALL} sounds")
    rig.hands.key("Down", "shift+Down")
    rig.wait(lambda: count(rig) == f"2 picked  ·  3 of {ALL} sounds")


def test_the_box_stays_put_while_the_count_changes(rig: Rig) -> None:
    rig.wait(lambda: rig.window.library.stats is not None)
    rig.hands.type("kick")
    rig.wait(lambda: count(rig).startswith("3 of"))
    width = rig.window.catalog.bar.field.winfo_width()
    rig.hands.key("Escape")
    rig.wait(lambda: count(rig) == f"{ALL} sounds")
    assert rig.window.catalog.bar.field.winfo_width() == width


def test_control_f_comes_back_and_picks_the_old_words(rig: Rig) -> None:
    rig.hands.type("kick")
    rig.hands.key("Down", "ctrl+f")
    rig.hands.type("hat")
    rig.wait(lambda: rig.names == ["hat open.wav"])


def test_escape_twice_leaves_for_the_list(rig: Rig) -> None:
    rig.hands.type("kick")
    rig.hands.key("Escape")
    assert rig.window.catalog.bar.field.text == ""
    rig.hands.key("Escape")
    assert rig.root.focus_get() is rig.window.catalog.table.tree
    assert rig.playing == "" and rig.picked == []


def test_down_waits_for_a_slow_answer_and_picks_nothing_old(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    real, go = rig.toolkit.catalog.search, threading.Event()

    def slow(query: str = "", *, offset: int = 0, limit: int = 200, sort: str = "name", desc: bool = False) -> Page:
        go.wait(5)
        return real(query, offset=offset, limit=limit, sort=sort, desc=desc)

    monkeypatch.setattr(rig.toolkit.catalog, "search", slow)
    rig.hands.type("snare")
    rig.hands.key("Down", "Down", "Down")
    assert rig.picked == []
    go.set()
    rig.wait(lambda: rig.picked == ["snare tight.wav"], "the pick")
    rig.wait(lambda: rig.playing == "snare tight.wav")


def test_the_last_search_comes_back_with_its_rows_first_and_typing_replaces_it(screen: str, filled: Toolkit) -> None:
    rig = Rig(filled)
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3, "the search")
    rig.window.quit()
    again = Rig(filled)
    first = len(again.names)
    assert again.window.catalog.bar.field.text == "kick" and again.window.search.ask.text == "kick" and first == 3
    again.hands.type("bass")
    again.wait(lambda: again.names == ["bass deep.wav", "bass sub.wav"], "the search")
    again.window.quit()
    assert filled.settings.search == "bass"


def test_a_search_that_finds_nothing_any_more_is_let_go(screen: str, filled: Toolkit) -> None:
    filled.settings.search = "xylophone"
    rig = Rig(filled)
    rig.wait(lambda: len(rig.names) == ALL, "all rows")
    assert rig.window.catalog.bar.field.text == ""
    rig.window.quit()
