"""What is said of sounds: seen at once, kept in order, told in a sentence, and taken back exactly."""

import pytest

from ctk.errors import UsageError
from ctk.records import Marks
from ctk.ui.models.marking import Done, Marking, collection_in, names_in
from ctk.ui.models.search import Ask, Search
from tests.ui.models.conftest import Room


class Said:
    """A marking over the samples, and what it told."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.facts = room.toolkit.facts
        self.search = Search(room.toolkit.catalog, room.pump, Ask())
        self.search.start()
        room.run(lambda: self.search.total)
        self.marking = Marking(lambda: self.facts, room.pump, self.search)
        self.told: list[Done] = []
        self.troubles: list[str] = []
        self.marking.told.connect(self.told.append)
        self.marking.trouble.connect(lambda sentence, _: self.troubles.append(sentence))
        self.ids = [row.id for row in room.toolkit.catalog.search("kick").rows]

    def heard(self, count: int = 1) -> Done:
        """What was told last, once so much was told."""
        self.room.run(lambda: len(self.told) >= count, "the end")
        return self.told[-1]

    def marks(self) -> list[Marks]:
        return [self.facts.of(id) for id in self.ids]


@pytest.fixture
def said(room: Room) -> Said:
    return Said(room)


def test_stars_are_seen_at_once_and_undo_gives_each_its_own_back(said: Said) -> None:
    said.facts.rate(said.ids[:1], 2)
    said.marking.rate(said.ids, 4)
    shown = {row.id: row.rating for row in said.search.at_hand()}
    assert {shown[id] for id in said.ids} == {4} and sum(shown.values()) == 12
    done = said.heard()
    assert done.sentence == "4 stars for 3 sounds." and [marks.rating for marks in said.marks()] == [4, 4, 4]
    said.marking.undo(done)
    assert said.heard(2).undo is None
    assert [marks.rating for marks in said.marks()] == [2, 0, 0]


def test_the_last_word_stays_however_fast_it_came(said: Said) -> None:
    for stars in (1, 5, 2, 4, 3):
        said.marking.rate(said.ids, stars)
    said.heard(5)
    assert [marks.rating for marks in said.marks()] == [3, 3, 3]
    assert [done.sentence[0] for done in said.told] == ["1", "5", "2", "4", "3"]


def test_favourites_are_made_of_all_and_unmade_where_all_are(said: Said) -> None:
    said.facts.favourite(said.ids[:1])
    said.marking.favour(said.ids)
    done = said.heard()
    assert done.sentence == "2 sounds added to the favourites."
    assert all(marks.favourite for marks in said.marks())
    said.marking.undo(done)
    said.heard(2)
    assert [marks.favourite for marks in said.marks()] == [True, False, False]
    said.facts.favourite(said.ids)
    said.marking.favour(said.ids)
    assert said.heard(3).sentence == "3 sounds taken off the favourites."
    assert not any(marks.favourite for marks in said.marks())


def test_several_tags_are_one_change(said: Said) -> None:
    said.facts.tag(said.ids[:1], "Dark")
    said.marking.add("tag", said.ids, ["dark", "punchy"])
    done = said.heard()
    assert done.sentence == "Tagged 3 sounds “dark”, “punchy”."
    assert [list(marks.tags) for marks in said.marks()] == [["Dark", "punchy"]] * 3
    said.marking.undo(done)
    said.heard(2)
    assert [list(marks.tags) for marks in said.marks()] == [["Dark"], [], []]
    said.marking.add("tag", said.ids[:1], ["DARK"])
    assert said.heard(3).undo is None


def test_a_tag_is_taken_and_given_back_to_those_who_had_it(said: Said) -> None:
    said.facts.tag(said.ids[1:], "dark")
    said.marking.drop("tag", said.ids, "dark")
    done = said.heard()
    assert done.sentence == "2 sounds no longer tagged “dark”."
    said.marking.undo(done)
    said.heard(2)
    assert [list(marks.tags) for marks in said.marks()] == [[], ["dark"], ["dark"]]


def test_undo_of_a_new_collection_leaves_none_and_of_an_old_one_what_was_in_it(said: Said) -> None:
    said.facts.collect(said.ids[:1], "Old")
    said.marking.add("collection", said.ids, ["New", "old"])
    done = said.heard()
    assert done.sentence == "3 sounds added to “New”, “old”."
    assert {label.name: label.count for label in said.facts.collections()} == {"New": 3, "Old": 3}
    said.marking.undo(done)
    said.heard(2)
    assert {label.name: label.count for label in said.facts.collections()} == {"Old": 1}
    said.marking.drop("collection", said.ids, "Old")
    assert said.heard(3).sentence == "1 sound taken out of “Old”."


def test_a_note_is_kept_in_silence(said: Said) -> None:
    said.marking.note(said.ids[0], "for the intro")
    assert said.heard().sentence == ""
    assert said.marks()[0].note == "for the intro"


def test_what_fails_is_told_and_the_list_is_asked_again(said: Said) -> None:
    answers: list[object] = []
    said.search.answered.connect(lambda answer, *_: answers.append(answer))
    said.marking.rate(said.ids, 9)
    said.marking.rate(said.ids, 1)
    said.heard()
    with pytest.raises(UsageError) as caught:
        said.facts.rate(said.ids, 9)
    assert said.troubles == [str(caught.value)]
    said.room.run(lambda: answers, "the list")
    assert [marks.rating for marks in said.marks()] == [1, 1, 1]


@pytest.mark.parametrize(
    ("typed", "names"),
    [("dark", ["dark"]), (" a ,, B  c, A", ["a", "B c"]), (" , ", []), ("", [])],
)
def test_names_are_typed_with_commas_between(typed: str, names: list[str]) -> None:
    assert names_in(typed) == names


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ('kick collection:"New EP" -loop', "New EP"),
        ("collection:Drums", "Drums"),
        ("Collection:drums,other", "drums"),
        ("-collection:drums kick", None),
        ("kick", None),
    ],
)
def test_the_collection_that_is_asked_for(query: str, name: str | None) -> None:
    assert collection_in(query) == name
