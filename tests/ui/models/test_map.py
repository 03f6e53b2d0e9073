"""The library as a map: what it shows of a search, what is hidden, when it is drawn anew, and what is said of it."""

import shutil
from math import hypot
from pathlib import Path

import pytest

from ctk.errors import CtkError
from ctk.records import CATEGORIES
from ctk.ui.models import map as module
from ctk.ui.models.hearing import Hears
from ctk.ui.models.jobs import Scans
from ctk.ui.models.listening import Listening
from ctk.ui.models.map import FAINT, FIRST, HIDDEN, Map, apart
from ctk.ui.models.search import Ask, Search
from tests.ui.conftest import SOUNDS
from tests.ui.models.conftest import Room


class Rig:
    """The map over the samples, with a search of its own; nothing is listened to by itself."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.toolkit = toolkit = room.toolkit
        toolkit.settings.hear_new = toolkit.settings.waveforms = False
        self.search = Search(toolkit.catalog, room.pump, Ask())
        self.scans = Scans(toolkit.sources.scan, room.pump)
        listening = Listening(room.waveforms, toolkit.settings, self.scans, room.pump)
        self.hears = Hears(lambda: toolkit.classify, toolkit.settings, self.scans, listening, room.pump)
        self.map = Map(lambda: toolkit.classify, toolkit.catalog, self.search, self.hears, room.pump)
        self.moves = 0
        self.map.moved.connect(self._move)
        self.search.start()

    def look(self) -> None:
        """Turn to it."""
        self.map.show(True)
        self.room.run(lambda: self.map.drawn is not None and not self.map.drawing, "the map")

    def type(self, text: str) -> None:
        self.search.type(text)
        self.room.run(lambda: self.map.text == text, f"what is found for {text}")

    def names(self, least: int = FIRST) -> set[str]:
        """Of the dots that stand out at least so much."""
        seen = zip(self.map.ids, self.map.faces(), strict=True)
        return {self.toolkit.catalog.get(id).name for id, face in seen if face >= least}

    def _move(self) -> None:
        self.moves += 1


@pytest.fixture
def rig(room: Room) -> Rig:
    return Rig(room)


@pytest.fixture
def heard(rig: Rig) -> Rig:
    """Every sound was listened to."""
    rig.toolkit.classify.run(engine="built-in").result(60)
    return rig


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_MS", 50)


def test_nothing_is_asked_for_before_anyone_looks(rig: Rig) -> None:
    rig.room.rest()
    assert rig.map.drawn is None and rig.map.summary == "" and rig.map.faces() == b""


def test_without_anything_heard_it_is_empty_and_listening_fills_it(rig: Rig) -> None:
    rig.look()
    assert rig.map.empty and rig.map.unheard > len(SOUNDS) and not rig.map.stale  # one is broken
    said: list[str] = []
    rig.map.changed.connect(lambda: said.append(rig.map.listening))
    rig.map.listen()
    rig.room.run(lambda: len(rig.map.ids) == len(SOUNDS), "the dots")
    assert not rig.map.empty and rig.map.summary == "9 sounds" and any(said)
    rig.room.run(lambda: rig.map.unheard == 0 and not rig.map.listening, "the end")
    assert not rig.map.stale


def test_each_dot_has_the_colour_of_its_category(heard: Rig) -> None:
    heard.look()
    faces = dict(zip(heard.map.ids, heard.map.faces(), strict=True))
    for id, face in faces.items():
        category = heard.toolkit.catalog.get(id).category
        assert category is not None and CATEGORIES[face - FIRST] == category
    assert sum(heard.map.counts) == len(SOUNDS) and heard.map.counts[CATEGORIES.index("drums")] >= 5


def test_what_is_searched_for_stands_out_and_nothing_moves(heard: Rig) -> None:
    heard.look()
    before = heard.map.drawn
    heard.type("kick")
    assert heard.names() == {"kick 1.wav", "kick 2.wav", "kick 10.wav"}
    assert len(heard.names(FAINT)) == len(SOUNDS) and sum(heard.map.counts) == 3
    assert heard.map.summary == "3 of 9 sounds match “kick”"
    heard.type("kazoo")
    assert heard.map.summary == "Nothing here matches “kazoo”" and heard.names() == set()
    heard.type("")
    assert heard.map.summary == "9 sounds" and len(heard.names()) == len(SOUNDS)
    assert heard.map.drawn is before and heard.moves == 1


def test_a_search_from_before_counts_when_one_turns_to_it(heard: Rig) -> None:
    heard.search.type("bass")
    heard.room.run(lambda: heard.search.ask.text == "bass")
    heard.look()
    assert heard.names() == {"bass deep.wav", "bass sub.wav"}
    heard.map.show(False)
    heard.search.type("hat")
    heard.room.run(lambda: heard.search.ask.text == "hat")
    assert heard.map.text == "bass"  # nobody looks
    heard.map.show(True)
    heard.room.run(lambda: heard.map.text == "hat", "what is found now")
    assert heard.names() == {"hat open.wav"}


def test_a_category_can_be_hidden_shown_alone_and_shown_again(heard: Rig) -> None:
    heard.look()
    drums = CATEGORIES.index("drums")
    of_drums = [at == drums for at in heard.map.drawn.found.categories] if heard.map.drawn else []
    heard.map.toggle("drums")
    assert [face == HIDDEN for face in heard.map.faces()] == of_drums
    heard.map.toggle("drums")
    assert HIDDEN not in heard.map.faces()
    heard.map.only("drums")
    assert [face == HIDDEN for face in heard.map.faces()] == [not it for it in of_drums]
    heard.map.only("drums")
    assert HIDDEN not in heard.map.faces()


def test_what_is_hidden_stays_hidden_when_a_search_finds_it(heard: Rig) -> None:
    heard.look()
    heard.map.toggle("drums")
    heard.type("kick")
    assert heard.names() == set()


def test_of_a_large_library_the_hits_get_a_map_of_their_own(heard: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 5)
    heard.room.run(lambda: heard.search.total == len(SOUNDS) + 1, "the rows")
    heard.look()
    assert len(heard.map.ids) == 5 and heard.map.summary == "5 of 10 sounds"
    heard.type("kick")
    assert heard.names(HIDDEN) == {"kick 1.wav", "kick 2.wav", "kick 10.wav"}
    assert heard.map.summary == "3 sounds that match “kick”" and heard.moves == 2
    heard.type("wav")
    assert heard.map.summary == "5 of 10 sounds that match “wav”"
    heard.type("")
    assert len(heard.map.ids) == 5


def test_a_map_that_is_out_of_date_says_so_and_waits_to_be_drawn(heard: Rig, samples: Path, tmp_path: Path) -> None:
    heard.look()
    before = heard.map.drawn
    more = tmp_path / "More"
    shutil.copytree(samples / "Drums", more)
    heard.toolkit.sources.scan([more]).result(30)
    heard.room.run(lambda: heard.map.stale, "the note")
    assert heard.map.drawn is before
    heard.toolkit.classify.run(engine="built-in").result(60)
    heard.map.draw()
    heard.room.run(lambda: not heard.map.drawing and not heard.map.stale)
    assert len(heard.map.ids) == len(SOUNDS) + 5


def test_the_users_word_makes_it_out_of_date_and_playing_does_not(heard: Rig) -> None:
    heard.look()
    row = heard.room.row("kick 1")
    heard.toolkit.audio.play(row.id)
    heard.toolkit.facts.favourite([row.id])
    heard.room.rest(300)
    assert not heard.map.stale
    heard.toolkit.classify.label([row.id], "fx")
    heard.room.run(lambda: heard.map.stale, "the note")


def test_what_fails_is_said_and_can_be_tried_again(heard: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CtkError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(heard.toolkit.classify, "status", fail)
        heard.map.show(True)
        heard.room.run(lambda: heard.map.trouble, "the trouble")
    assert heard.map.trouble == "The disk is full." and not heard.map.drawing
    heard.map.draw()
    heard.room.run(lambda: heard.map.drawn is not None)
    assert heard.map.trouble == "" and heard.names()


def test_sounds_in_one_place_are_laid_out_around_it() -> None:
    x, y = apart([0.5] * 30 + [0.1, 1.0, 1.0], [0.5] * 30 + [0.9, 1.0, 1.0])
    assert (x[30], y[30]) == (0.1, 0.9)  # one that is alone stays where it is
    places = list(zip(x, y, strict=True))
    assert len(set(places)) == len(places)
    assert all(0 <= place <= 1 for place in (*x, *y))
    crowd = places[:30]
    assert crowd[0] == (0.5, 0.5) and max(hypot(across - 0.5, down - 0.5) for across, down in crowd) < 0.01
    nearest = min(hypot(a - c, b - d) for at, (a, b) in enumerate(crowd) for c, d in crowd[:at])
    assert nearest > 0.001
