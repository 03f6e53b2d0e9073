"""Sounds that are like one: looked for, in the order of likeness, and under the name of the one."""

import pytest

from ctk.ui.models.likeness import Likeness
from ctk.ui.models.search import LIKENESS, Ask, Search
from tests.ui.models.conftest import Room


class Alike:
    """Looking for likes among the samples, and what was told."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.search = Search(room.toolkit.catalog, room.pump, Ask("", "duration_s", desc=True))
        self.search.start()
        room.run(lambda: self.search.total)
        self.likeness = Likeness(room.toolkit.catalog, lambda: room.toolkit.classify, room.pump, self.search)
        self.search.answered.connect(lambda *_: self.likeness.follow())
        self.likeness.wanted.connect(self.search.type)
        self.told: list[str] = []
        self.troubles: list[str] = []
        self.likeness.told.connect(self.told.append)
        self.likeness.trouble.connect(self.troubles.append)


@pytest.fixture
def alike(room: Room) -> Alike:
    return Alike(room)


def test_a_sound_that_nobody_heard_is_listened_to_and_stands_first(alike: Alike) -> None:
    row = alike.room.row("kick 2")
    alike.likeness.find(row)
    alike.room.run(lambda: alike.likeness.title == "Most like kick 2.wav", "the likes")
    assert alike.search.ask == Ask(f"like:{row.id}", LIKENESS)
    assert alike.search.row(0) == alike.room.toolkit.catalog.get(row.id) or alike.search.total == 1
    alike.search.type("")
    alike.room.run(lambda: not alike.likeness.title, "the end of it")
    assert alike.search.ask == Ask("", "duration_s", desc=True)


def test_among_those_that_were_heard_the_likest_come_first(alike: Alike) -> None:
    alike.room.toolkit.classify.run(engine="built-in").result(60)
    row = alike.room.row("bass deep")
    alike.likeness.find(row)
    alike.room.run(lambda: alike.likeness.title, "the likes")
    found = alike.search.rows(0, alike.search.total)
    best = alike.room.toolkit.classify.similar(row.id).rows
    assert [one.id for one in found if one] == [row.id, *(like.row.id for like in best)]


def test_another_order_can_be_left_for_that_of_likeness(alike: Alike) -> None:
    row = alike.room.row("kick 2")
    alike.likeness.find(row)
    alike.room.run(lambda: alike.likeness.title, "the likes")
    assert not alike.likeness.out_of_order
    alike.search.sort_by("name")
    alike.room.run(lambda: alike.likeness.out_of_order, "the other order")
    alike.likeness.order()
    alike.room.run(lambda: alike.search.ask.sort == LIKENESS, "the likest first")
    assert not alike.likeness.out_of_order and not alike.search.ask.desc


def test_a_number_that_was_typed_gets_its_name(alike: Alike) -> None:
    alike.room.toolkit.classify.run(engine="built-in").result(60)
    alike.search.type(f"like:{alike.room.row('snare').id}")
    alike.room.run(lambda: alike.likeness.title == "Most like snare tight.wav", "the name")


def test_why_nothing_can_be_like_it_is_told(alike: Alike) -> None:
    alike.likeness.find(alike.room.row("is:bad"))
    alike.room.run(lambda: alike.troubles, "the reason")
    assert "listened to" in alike.troubles[0] and alike.search.wanted.text == ""


def test_what_takes_long_is_told_of(alike: Alike, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.ui.models.likeness.SOON_MS", 0)
    alike.likeness.find(alike.room.row("kick 2"))
    alike.room.run(lambda: alike.told, "a word")
    alike.room.run(lambda: alike.likeness.title, "the likes")
    assert alike.told == ["Listening to kick 2.wav...", ""]
