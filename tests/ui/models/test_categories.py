"""What sounds are in words, and the user's word on it: seen at once, told in a sentence, and taken back exactly."""

from dataclasses import replace

import pytest

from ctk.errors import UsageError
from ctk.records import CATEGORIES
from ctk.ui.models import categories
from ctk.ui.models.categories import NAMES, Saying
from ctk.ui.models.marking import Done
from ctk.ui.models.search import Ask, Search
from tests.ui.models.conftest import Room


class Said:
    """Something to say of the samples, and what it told."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.classify = room.toolkit.classify
        self.classify.run(engine="names").result(30)
        self.search = Search(room.toolkit.catalog, room.pump, Ask())
        self.search.start()
        room.run(lambda: self.search.total)
        self.saying = Saying(lambda: self.classify, room.pump, self.search)
        self.done: list[Done] = []
        self.troubles: list[str] = []
        self.saying.done.connect(self.done.append)
        self.saying.trouble.connect(lambda sentence, _: self.troubles.append(sentence))
        self.ids = [row.id for row in room.toolkit.catalog.search("kick").rows]

    def heard(self, count: int = 1) -> Done:
        """What was told last, once so much was told."""
        self.room.run(lambda: len(self.done) >= count, "the end")
        return self.done[-1]

    def judged(self, id: int) -> tuple[str | None, str | None]:
        sound = self.room.toolkit.catalog.get(id)
        return sound.category, sound.engine


@pytest.fixture
def said(room: Room) -> Said:
    return Said(room)


def test_every_category_has_a_name() -> None:
    assert set(NAMES) == set(CATEGORIES)


def test_a_guess_is_marked_and_the_users_word_is_none(room: Room) -> None:
    row = replace(room.row("kick"), category="fx", confidence=0.93, engine="built-in")
    assert (categories.shown(row), categories.told(row)) == ("Effects", "Effects, 93% sure")
    guess = replace(row, confidence=0.31)
    assert (categories.shown(guess), categories.told(guess)) == ("Effects ?", "Effects, 31% sure")
    mine = replace(guess, engine="user")
    assert (categories.shown(mine), categories.told(mine)) == ("Effects", "Effects")
    nothing = replace(row, category=None)
    assert (categories.shown(nothing), categories.told(nothing)) == ("", "")


def test_it_is_seen_at_once_and_undo_gives_each_its_own_back(said: Said) -> None:
    before = [said.judged(id) for id in said.ids]
    said.classify.label(said.ids[:1], "synth")
    said.saying.say(said.ids, "vocal")
    shown = {row.id: row.category for row in said.search.at_hand()}
    assert {shown[id] for id in said.ids} == {"vocal"}
    done = said.heard()
    assert done.sentence == "3 sounds are vocals now."
    assert [said.judged(id) for id in said.ids] == [("vocal", "user")] * 3
    said.saying.undo(done)
    assert said.heard(2).undo is None
    assert [said.judged(id) for id in said.ids] == [("synth", "user"), *before[1:]]


def test_a_word_can_be_taken_back(said: Said) -> None:
    before = said.judged(said.ids[0])
    said.saying.say(said.ids[:1], "guitar")
    assert said.heard().sentence == "1 sound is a guitar now."
    said.saying.say(said.ids, None)
    done = said.heard(2)
    assert done.sentence == "Your word on 1 sound is taken back." and said.judged(said.ids[0]) == before
    said.saying.undo(done)
    said.heard(3)
    assert said.judged(said.ids[0]) == ("guitar", "user")
    said.saying.say(said.ids[1:], None)
    assert said.heard(4).undo is None


def test_what_they_have_in_common_is_known_without_asking(said: Said) -> None:
    others = [said.room.row("bass deep").id]
    assert said.saying.common(said.ids) == "drums" and said.saying.common([*said.ids, *others]) is None
    assert not said.saying.is_word(said.ids)
    said.saying.say(said.ids[:1], "drums")
    assert said.saying.is_word(said.ids)
    said.heard()


def test_why_it_cannot_be_said_is_told(said: Said) -> None:
    def refuse() -> None:
        raise UsageError("The catalog is busy.")

    saying = Saying(refuse, said.room.pump, said.search)  # type: ignore[arg-type]
    saying.trouble.connect(lambda sentence, _: said.troubles.append(sentence))
    saying.say(said.ids, "drums")
    said.room.run(lambda: said.troubles)
    assert said.troubles == ["The catalog is busy."]
