"""Which of some sounds have which tags, and what a word that is being typed could become."""

import pytest

from ctk.ui.models import labels as module
from ctk.ui.models.labels import Labels
from ctk.ui.models.marking import Marking
from ctk.ui.models.search import Ask, Search
from tests.ui.models.conftest import Room


@pytest.fixture
def kicks(room: Room) -> list[int]:
    return [row.id for row in room.toolkit.catalog.search("kick").rows]


@pytest.fixture
def labels(room: Room) -> Labels:
    toolkit = room.toolkit
    marking = Marking(lambda: toolkit.facts, room.pump, Search(toolkit.catalog, room.pump, Ask()))
    return Labels(toolkit.catalog, lambda: toolkit.facts, room.pump, marking)


@pytest.mark.parametrize("few", [0, 200])
def test_it_tells_how_many_have_each(
    room: Room, labels: Labels, kicks: list[int], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FEW", few)
    facts = room.toolkit.facts
    facts.tag(kicks, "dark")
    facts.tag(kicks[:1], "Lo Fi")
    facts.tag([room.row("snare").id], "bright")
    facts.collect(kicks[1:], "The EP")
    labels.open("tag", kicks)
    room.run(lambda: labels.held, "the tags")
    assert list(labels.held) == [("dark", 3), ("Lo Fi", 1)]
    assert [label.name for label in labels.known] == ["bright", "dark", "Lo Fi"]
    labels.open("collection", kicks)
    room.run(lambda: labels.held, "the collections")
    assert list(labels.held) == [("The EP", 2)]


def test_hints_leave_out_what_all_have_and_what_is_typed_already(room: Room, labels: Labels, kicks: list[int]) -> None:
    facts = room.toolkit.facts
    facts.tag(kicks, "dark")
    for name in ("dub", "drone", "hard"):
        facts.tag(kicks[:1], name)
    labels.open("tag", kicks, wait_s=5)
    assert [label.name for label in labels.hints("d")] == ["drone", "dub", "hard"]
    assert [label.name for label in labels.hints("drone, D")] == ["dub", "hard"]
    assert [label.name for label in labels.hints("x")] == []


def test_what_is_added_and_dropped_is_seen(room: Room, labels: Labels, kicks: list[int]) -> None:
    labels.open("tag", kicks, wait_s=5)
    labels.add("one, two")
    room.run(lambda: len(labels.held) == 2, "the tags")
    labels.drop("one")
    room.run(lambda: list(labels.held) == [("two", 3)], "the tag going")


def test_what_others_change_is_seen_until_it_is_closed(room: Room, labels: Labels, kicks: list[int]) -> None:
    labels.open("tag", kicks, wait_s=5)
    room.toolkit.facts.tag(kicks, "from elsewhere")
    room.run(lambda: labels.held, "the tag")
    labels.close()
    room.toolkit.facts.tag(kicks, "unseen")
    room.rest(500)
    assert len(labels.held) == 1
