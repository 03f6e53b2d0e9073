"""Discovering: what is counted where, what is told meanwhile, and drives that do not answer."""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import ctk
from ctk.errors import Cancelled
from ctk.events import JobChanged, PlacesFound
from ctk.jobs import Task
from ctk.records import Place, PlaceKind
from ctk.sources import discover as module
from ctk.sources.discover import discover
from ctk.sources.landmarks import Candidate
from ctk.toolkit import Toolkit
from tests.sources import opens
from tests.sources.test_census import fill


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with audio in many places, who lives in a folder of the test."""
    home = tmp_path / "producer"
    for name, value in (("HOME", home), ("USERPROFILE", home), ("XDG_CONFIG_HOME", home / ".config")):
        monkeypatch.setenv(name, str(value))
    fill(home / "Music", "a.wav", "b.flac", "notes.txt")
    fill(home / "Music" / "Loops", "c.wav")
    fill(home / "Music" / "Splice" / "sounds", *(f"{number}.wav" for number in range(5)))
    fill(home / "Downloads", "letter.pdf")
    fill(home / "Documents" / "REAPER Media" / "Song", "take.wav")
    fill(home / "Dropbox", "d.wav")
    (home / "Desktop").mkdir()
    return home


@pytest.fixture
def toolkit(home: Path, user: Path) -> Iterator[Toolkit]:
    with ctk.open(home) as toolkit:
        yield toolkit


def own(places: Sequence[Place], user: Path) -> dict[str, Place]:
    """The places of the user, by their names; a machine may have others."""
    return {place.name: place for place in places if place.path.startswith(str(user))}


def look(*folders: tuple[PlaceKind, Path]) -> Sequence[Place]:
    wanted = [Candidate(str(folder), folder.name, kind) for kind, folder in folders]
    return discover((), (), Task(lambda progress: None), lambda places: None, wanted)


def test_each_file_counts_for_the_deepest_place(toolkit: Toolkit, user: Path) -> None:
    found = own(toolkit.sources.discover().result(30), user)
    assert {name: place.files for name, place in found.items()} == {
        "Splice": 5,
        "Music": 3,
        "REAPER Media": 1,
        "Dropbox": 1,
    }
    assert found["Music"] == Place(str(user / "Music"), "Music", "folder", 3, 15)
    assert (found["Splice"].kind, found["Dropbox"].kind) == ("library", "cloud")


def test_the_most_audio_comes_first(toolkit: Toolkit) -> None:
    counts = [place.files for place in toolkit.sources.discover().result(30)]
    assert counts == sorted(counts, reverse=True)


def test_what_is_a_source_already_says_so(toolkit: Toolkit, user: Path) -> None:
    music = toolkit.sources.add(user / "Music")
    found = own(toolkit.sources.discover().result(30), user)
    assert (found["Music"].source_id, found["Splice"].source_id) == (music.id, music.id)
    assert found["Dropbox"].source_id is None


def test_no_file_is_opened(toolkit: Toolkit, user: Path) -> None:
    with opens.watched(user) as opened:
        toolkit.sources.discover().result(30)
    assert {name for name in opened if name.endswith((".wav", ".flac"))} == set()


def test_the_home_of_the_catalog_is_not_looked_into(user: Path) -> None:
    inside = user / "Music" / "catalog"
    with ctk.open(inside) as toolkit:
        fill(inside, "kick.wav")
        assert own(toolkit.sources.discover().result(30), user)["Music"].files == 3


def test_what_is_found_is_told_meanwhile(toolkit: Toolkit, user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TELL_EVERY_S", 0.0)
    words: list[str] = []
    told: list[tuple[Place, ...]] = []
    toolkit.events.subscribe(JobChanged, lambda event: words.append(event.status.progress.words))
    toolkit.events.subscribe(PlacesFound, lambda event: told.append(event.places))
    found = toolkit.sources.discover().result(30)
    assert "Looking where audio usually is" in words
    assert told
    assert all({place.path for place in places} <= {place.path for place in found} for places in told)


def test_it_stops_when_cancelled(toolkit: Toolkit, user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    begun = hang(monkeypatch, "Splice", go_on)
    job = toolkit.sources.discover()
    assert begun.wait(10)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(10)
    go_on.set()


def test_a_drive_that_does_not_answer_holds_up_nothing(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_S", 0.05)
    monkeypatch.setattr(module, "PATIENCE_S", 0.5)
    go_on = threading.Event()
    hang(monkeypatch, "deep", go_on)
    nas = fill(user / "nas", "first.wav")
    fill(nas / "deep", "second.wav")
    found = look(("drive", nas), ("folder", user / "Music"), ("cloud", user / "Dropbox"))
    go_on.set()
    assert {place.name: place.files for place in found} == {"Music": 8, "Dropbox": 1, "nas": 1}


def test_a_place_may_not_take_for_ever(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.0)
    assert look(("folder", user / "Music"), ("cloud", user / "Dropbox")) == []


def test_an_error_is_told_to_whoever_asked(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ctk.sources.census.os.scandir", broken)
    with pytest.raises(ZeroDivisionError):
        look(("folder", user / "Music"))


def hang(monkeypatch: pytest.MonkeyPatch, name: str, go_on: threading.Event) -> threading.Event:
    """Let a folder of that name keep whoever lists it waiting, as a drive does whose server is gone."""
    begun = threading.Event()
    listed = os.scandir

    def scandir(path: bytes) -> object:
        if os.path.basename(path) == os.fsencode(name):
            begun.set()
            go_on.wait(20)
        return listed(path)

    monkeypatch.setattr("ctk.sources.census.os.scandir", scandir)
    return begun
