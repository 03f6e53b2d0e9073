"""Through the list by keys, and by itself at the end of a sound."""

import dataclasses
from collections.abc import Iterator

import pytest

from ctk.records import Page, Row
from ctk.toolkit import Toolkit
from ctk.ui.models.habits import Habits
from ctk.ui.models.search import Ask, Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.through import Through
from ctk.ui.models.transport import Transport
from tests.ui.models.conftest import Room


class List(Room):
    """The short sounds in a list, as the catalog pane would hold them."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        self.here = True
        self.search = Search(toolkit.catalog, self.pump, Ask("len:<1 is:ok,missing"))
        self.selection = Selection(self.search.ids)
        self.habits = Habits(toolkit.audio, toolkit.settings, self.pump)
        self.transport = Transport(toolkit.audio, toolkit.catalog, toolkit.settings, self.pump)
        self.through = Through(self.search, self.selection, self.transport, self.habits, lambda: self.here)
        self.played: list[str] = []
        self.transport.asked.connect(lambda row: self.played.append(row.name))
        self.selection.focused.connect(self._arrive)
        self.search.start()
        self.run(lambda: self.search.total == 5)

    def _arrive(self, position: int) -> None:
        row = self.search.row(position)
        if row is not None:
            self.transport.arrive(row)

    def name(self, position: int) -> str:
        row = self.search.row(position)
        assert row is not None
        return row.name


@pytest.fixture
def list_(filled: Toolkit) -> Iterator[List]:
    list_ = List(filled)
    yield list_
    list_.pump.close()


def gone(page: Page, name: str) -> Page:
    """The page, with a sound that is missing."""
    rows: list[Row] = [dataclasses.replace(row, state="missing") if row.name == name else row for row in page.rows]
    return Page(page.total, rows)


def test_next_and_previous_play_and_take_the_focus_along(list_: List) -> None:
    list_.through.next()
    list_.through.next()
    list_.through.previous()
    assert list_.played == [list_.name(0), list_.name(1), list_.name(0)]
    assert list_.selection.focus == 0


def test_they_play_also_where_moving_is_silent(list_: List) -> None:
    list_.habits.set_audition(False)
    list_.through.previous()
    assert list_.selection.focus == 4 and list_.played == [list_.name(4)]
    list_.through.next()
    assert list_.selection.focus == 4, "that was the last"


def test_the_list_goes_on_by_itself_to_its_end(list_: List) -> None:
    list_.habits.set_go_on(True)
    list_.selection.only(2)
    list_.run(lambda: len(list_.played) == 3, "the next ones")
    assert list_.played == [list_.name(2), list_.name(3), list_.name(4)]
    list_.run(lambda: list_.now.state == "stopped", "the end of the list")
    assert list_.selection.focus == 4


def test_it_does_not_unless_wished_and_in_sight(list_: List) -> None:
    list_.selection.only(0)
    list_.run(lambda: list_.now.state == "playing")
    list_.run(lambda: list_.now.state == "stopped")
    list_.habits.set_go_on(True)
    list_.here = False
    list_.transport.toggle()
    list_.run(lambda: list_.now.state == "playing")
    list_.run(lambda: list_.now.state == "stopped")
    list_.rest()
    assert list_.played == [list_.name(0)] * 2


def test_it_goes_on_from_what_was_heard_where_the_focus_moved_on_in_silence(list_: List) -> None:
    list_.habits.set_go_on(True)
    list_.selection.only(1)
    list_.habits.set_audition(False)
    list_.selection.only(4)
    list_.run(lambda: len(list_.played) == 2, "the next one")
    assert list_.played[1] == list_.name(2) and list_.selection.focus == 2


def test_what_cannot_be_played_is_passed_over(list_: List, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = list_.name(1)
    real = list_.toolkit.catalog.search
    monkeypatch.setattr(list_.toolkit.catalog, "search", lambda *args, **more: gone(real(*args, **more), missing))
    list_.search.start()
    list_.run(lambda: (row := list_.search.row(1)) and row.state == "missing")
    list_.selection.only(0)
    list_.through.next()
    assert list_.selection.focus == 2


def test_a_row_that_is_not_at_hand_is_waited_for(list_: List) -> None:
    list_.selection.only(0)
    list_.search._pages.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ctk.ui.models.search.PAGE_WAIT_S", 0.0)
        list_.through.next()
    list_.run(lambda: list_.selection.focus == 1, "the page")
    assert list_.played[-1] == list_.name(1)
