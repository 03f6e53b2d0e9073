"""Choosing among places: ticks, places inside others, what is added, and how the search is told."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import Mock

import pytest

from ctk.errors import CatalogError
from ctk.events import PlacesFound
from ctk.jobs import Job, Task
from ctk.records import Place, ScanReport
from ctk.toolkit import Toolkit
from ctk.ui.models.jobs import Scans
from ctk.ui.models.places import BEGIN, NOTHING, STOPPED, Places
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump
from tests.ui.clock import Clock

MUSIC = Place("/home/producer/Music", "Music", "folder", 300, 3_000_000)
SPLICE = Place("/home/producer/Music/Splice", "Splice", "library", 200, 2_000_000)
ABLETON = Place("/home/producer/Music/Ableton", "Ableton", "library", 100, 1_000_000)
DROPBOX = Place("/home/producer/Dropbox", "Dropbox", "cloud", 50, 500_000, cloud=40)
SAMPLES = Place("/home/producer/Music 2", "Samples", "folder", 10, 100_000, source_id=7)
ALL = (MUSIC, SPLICE, ABLETON, DROPBOX, SAMPLES)


class Rig:
    """The model on a clock, with a search that ends when and how the test says."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.clock = Clock()
        self.toolkit = toolkit
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.scanned: list[Sequence[str] | None] = []
        self.scans = Scans(self._scan, self.pump)
        self.work = Work(self.pump)
        self.found: Sequence[Place] = ALL
        self.end = threading.Event()
        self.error: Exception | None = None
        self.places = Places(lambda: Mock(discover=self._discover), self.work, self.scans, self.pump)

    def search(self, found: Sequence[Place] = ALL) -> None:
        """Search to the end."""
        self.found = found
        self.end.set()
        self.places.look()
        self.clock.run(lambda: not self.places.searching, "the end of the search")

    def meanwhile(self, *places: Place) -> None:
        self.toolkit.events.emit(PlacesFound(places))
        self.clock.run(lambda: {choice.place for choice in self.places.choices} >= set(places))

    @property
    def fates(self) -> dict[str, str]:
        return {choice.place.name: choice.fate for choice in self.places.choices}

    @property
    def names(self) -> list[str]:
        return [choice.place.name for choice in self.places.choices]

    def toggle(self, name: str) -> None:
        self.places.toggle(self.names.index(name))

    def _discover(self) -> Job[Sequence[Place]]:
        return self.toolkit.jobs.start("Looking for audio", self._look)

    def _look(self, task: Task) -> Sequence[Place]:
        task.report("Looking in Music", 5)
        while not self.end.wait(0.005):
            task.check()
        if self.error is not None:
            raise self.error
        return self.found

    def _scan(self, folders: Sequence[str] | None, /, *, accept_missing: bool = False) -> Job[ScanReport]:
        self.scanned.append(folders)
        return self.toolkit.jobs.start("Scanning", lambda task: ScanReport())

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(toolkit: Toolkit) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.end.set()
    rig.pump.close()


def test_everything_that_is_new_is_ticked(rig: Rig) -> None:
    rig.search()
    assert rig.names == [place.name for place in ALL]
    assert rig.fates == {
        "Music": "added",
        "Splice": "inside",
        "Ableton": "inside",
        "Dropbox": "added",
        "Samples": "known",
    }
    assert rig.places.wanted == [MUSIC.path, DROPBOX.path]
    assert rig.places.summary == "2 places   ·   650 sounds   ·   6.5 MB"
    assert rig.places.choices[1].around == MUSIC


def test_a_place_left_out_gives_what_is_in_it_back(rig: Rig) -> None:
    rig.search()
    rig.toggle("Music")
    assert rig.fates["Music"] == "left out"
    assert rig.fates["Splice"] == rig.fates["Ableton"] == "added"
    rig.toggle("Splice")
    assert rig.places.wanted == [ABLETON.path, DROPBOX.path]
    assert rig.places.summary == "2 places   ·   150 sounds   ·   1.5 MB"
    rig.toggle("Music")
    assert rig.fates["Splice"] == rig.fates["Ableton"] == "inside"


@pytest.mark.parametrize("name", ["Splice", "Samples"])
def test_what_is_locked_stays(rig: Rig, name: str) -> None:
    rig.search()
    before = rig.fates
    rig.toggle(name)
    assert rig.fates == before


def test_all_or_nothing(rig: Rig) -> None:
    rig.search()
    rig.places.toggle_all()
    assert rig.places.wanted == [] and rig.places.summary == ""
    rig.places.toggle_all()
    assert rig.places.wanted == [MUSIC.path, DROPBOX.path]
    rig.toggle("Dropbox")
    rig.places.toggle_all()
    assert rig.places.wanted == [MUSIC.path, DROPBOX.path]


def test_adding_scans_what_is_ticked(rig: Rig) -> None:
    rig.search()
    rig.toggle("Dropbox")
    rig.places.add()
    rig.clock.run(lambda: rig.scanned)
    assert rig.scanned == [(MUSIC.path,)]


def test_with_nothing_ticked_nothing_is_added(rig: Rig) -> None:
    rig.search()
    rig.places.toggle_all()
    rig.places.add()
    rig.clock.run(lambda: not rig.scans.running)
    assert rig.scanned == []


def test_places_appear_while_the_search_goes_on_and_keep_their_lines(rig: Rig) -> None:
    rig.places.look()
    assert rig.places.searching and rig.places.note == BEGIN
    rig.meanwhile(DROPBOX)
    rig.meanwhile(MUSIC, DROPBOX)
    assert rig.names == ["Dropbox", "Music"]
    rig.clock.run(lambda: rig.places.note == "Looking in Music")
    rig.search()
    assert rig.names == [place.name for place in ALL]
    assert rig.places.searched and rig.places.note == ""


def test_a_list_that_was_touched_stays_as_it_is(rig: Rig) -> None:
    rig.places.look()
    rig.meanwhile(DROPBOX)
    rig.toggle("Dropbox")
    rig.search()
    assert rig.names == ["Dropbox", "Music", "Splice", "Ableton", "Samples"]
    assert rig.fates["Dropbox"] == "left out"


def test_adding_ends_the_search(rig: Rig) -> None:
    rig.places.look()
    rig.meanwhile(DROPBOX)
    rig.places.add()
    rig.clock.run(lambda: not rig.places.searching and rig.scanned)
    assert rig.scanned == [(DROPBOX.path,)]
    assert rig.places.note == STOPPED


def test_nothing_found(rig: Rig) -> None:
    rig.search(())
    assert rig.places.searched and rig.places.note == NOTHING and not rig.places.choices


def test_a_search_that_fails_says_why(rig: Rig) -> None:
    rig.error = CatalogError("The catalog is closed.")
    rig.search()
    assert rig.places.note == "The catalog is closed." and not rig.places.searched


def test_searching_again_forgets_what_is_gone_and_keeps_the_ticks(rig: Rig) -> None:
    rig.search()
    rig.toggle("Dropbox")
    rig.search((DROPBOX, SPLICE))
    assert rig.fates == {"Dropbox": "left out", "Splice": "added"}


def test_news_of_a_search_of_somebody_else_is_not_taken(rig: Rig) -> None:
    rig.search((DROPBOX,))
    rig.toolkit.events.emit(PlacesFound((MUSIC,)))
    rig.toolkit.jobs.start("Other", lambda task: task.report("Other words")).wait()
    for _ in range(50):
        rig.clock.step()
    assert rig.names == ["Dropbox"] and rig.places.note == ""


def test_a_search_can_be_stopped_before_it_began(rig: Rig) -> None:
    before = threading.Event()
    rig.work.run(lambda: rig.toolkit.jobs.start("Before", lambda task: before.wait(10)), print, print)
    rig.places.look()
    rig.places.stop()
    before.set()
    rig.clock.run(lambda: not rig.places.searching)
    assert not rig.places.searched and not rig.places.choices


def test_changes_are_told(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Callable[[], None]] = []
    rig.places.changed.connect(lambda: told.append(rig.places.stop))
    rig.search()
    told.clear()
    rig.toggle("Dropbox")
    assert len(told) == 1


def test_the_real_search(toolkit: Toolkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ctk.sources.landmarks import Candidate

    (tmp_path / "Music").mkdir()
    (tmp_path / "Music" / "kick.wav").write_bytes(b"RIFF")
    monkeypatch.setattr("ctk.sources.discover.usual", lambda: [Candidate(str(tmp_path / "Music"), "Music", "folder")])
    clock = Clock()
    troubles: list[Exception] = []
    pump = Pump(clock, toolkit.events, troubles.append)
    places = Places(lambda: toolkit.sources, Work(pump), Scans(toolkit.sources.scan, pump), pump)
    places.look()
    clock.run(lambda: places.searched)
    pump.close()
    assert [choice.place for choice in places.choices] == [Place(str(tmp_path / "Music"), "Music", "folder", 1, 4)]
    assert troubles == []
