"""What lies around the focus is made ready, more of it in the direction of travel."""

from collections.abc import Sequence

import pytest

from ctk.ui.models.ahead import AHEAD, BEHIND, Ahead, around
from ctk.ui.models.search import Ask, Search
from tests.ui.models.conftest import Room


def test_more_lies_ahead_and_the_nearest_comes_first() -> None:
    assert around(10, 1) == [11, 12, 9, 8, 13, 14, 15]
    assert around(10, -1) == [9, 8, 11, 12, 7, 6, 5]


def test_a_page_is_followed_by_a_page() -> None:
    assert around(50, 20)[0] == 70
    assert around(50, -20)[:2] == [30, 49]


def test_there_is_nothing_before_the_first() -> None:
    assert around(0, 1) == [1, 2, 3, 4, 5]
    assert around(1, -1) == [0, 2, 3]


def test_rows_at_hand_that_can_be_played_are_prepared(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[Sequence[object]] = []
    monkeypatch.setattr(room.toolkit.audio, "prepare", prepared.append)
    search = Search(room.toolkit.catalog, room.pump, Ask())
    search.start()
    room.run(lambda: search.total)
    ahead = Ahead(room.toolkit.audio, search, room.pump)
    ahead.arrive(3)
    room.run(lambda: prepared)
    assert len(prepared[0]) == AHEAD + BEHIND
    row = search.row(4)
    assert row is not None and prepared[0][0] == row.id


def test_a_new_list_begins_at_its_top(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[Sequence[object]] = []
    monkeypatch.setattr(room.toolkit.audio, "prepare", prepared.append)
    search = Search(room.toolkit.catalog, room.pump, Ask("kick"))
    search.start()
    room.run(lambda: search.total)
    Ahead(room.toolkit.audio, search, room.pump).begin()
    room.run(lambda: prepared)
    assert prepared == [[row.id for row in room.toolkit.catalog.search("kick").rows]]


def test_the_real_player_takes_them(room: Room) -> None:
    search = Search(room.toolkit.catalog, room.pump, Ask())
    search.start()
    room.run(lambda: search.total)
    ahead = Ahead(room.toolkit.audio, search, room.pump)
    for position in range(search.total):
        ahead.arrive(position)
        room.clock.step()
    room.rest()
