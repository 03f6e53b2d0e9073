"""The sources as the page lists them, over a real library."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ctk.records import Source
from ctk.toolkit import Toolkit
from ctk.ui.models import sources
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.sources import Sources, beginning
from tests.sounds import make
from tests.ui.models.conftest import Room

MANY = 80


class Page:
    """The model over a room, and what it told."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.library = Library(room.toolkit.catalog, room.pump)
        self.scans = Scans(room.toolkit.sources.scan, room.pump)
        self.model = Sources(lambda: room.toolkit.sources, self.library, self.scans, room.pump)
        self.scans.reported.connect(self.model.ask)
        self.told: list[str] = []
        self.model.told.connect(self.told.append)
        self.library.count()
        self.model.arrive()
        room.run(lambda: self.model.rows and self.model.problems)

    @property
    def row(self) -> Source:
        return self.model.rows[0]


@pytest.fixture
def page(room: Room) -> Page:
    return Page(room)


def test_it_lists_folders_and_what_cannot_be_read_in_them(page: Page, samples: Path) -> None:
    assert (page.row.path, page.row.problems, page.row.missing) == (str(samples), 1, 0)
    assert (sources.title(page.row), sources.state(page.row)) == ("Samples", "available")
    assert [os.path.basename(problem.path) for problem in page.model.problems] == ["broken.wav"]
    page.model.point(0)
    assert page.model.focused == page.row
    assert len(page.model.problems) == 1


def test_a_folder_is_protected_and_no_longer(page: Page) -> None:
    page.model.protect(page.row, True)
    page.room.run(lambda: page.row.protected)
    assert sources.state(page.row) == "available, protected"
    page.model.protect(page.row, False)
    page.room.run(lambda: not page.row.protected)
    assert len(page.told) == 2


def test_a_folder_is_forgotten_and_its_files_stay(page: Page, samples: Path) -> None:
    page.model.point(0)
    page.model.remove(page.row)
    page.room.run(lambda: not page.model.rows)
    assert page.model.focused is None
    assert (samples / "Drums" / "kick 1.wav").is_file()
    assert page.room.toolkit.catalog.search().total == 0


def test_a_folder_that_went_elsewhere_is_located(page: Page, samples: Path, tmp_path: Path) -> None:
    ids = list(page.room.toolkit.catalog.ids())
    moved = tmp_path / "Elsewhere"
    shutil.copytree(samples, moved)
    page.model.locate(page.row, str(moved))
    page.room.run(lambda: page.row.path == str(moved))
    assert list(page.room.toolkit.catalog.ids()) == ids


def test_a_wrong_folder_is_refused_in_a_sentence(page: Page, tmp_path: Path) -> None:
    (tmp_path / "Wrong").mkdir()
    make("wav_16", tmp_path / "Wrong" / "other.wav")
    page.model.locate(page.row, str(tmp_path / "Wrong"))
    page.room.run(lambda: page.told)
    assert page.told[0].endswith(".")
    assert page.row.path != str(tmp_path / "Wrong")


def test_files_gone_in_great_numbers_are_asked_about(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "Pack"
    folder.mkdir()
    for number in range(MANY):
        make("wav_16", folder / f"{number}.wav", seconds=0.05, freq=200.0 + number)
    room.toolkit.sources.scan([folder]).result(60)
    page = Page(room)
    pack = next(row for row in page.model.rows if row.path == str(folder))
    for number in range(MANY - 5):
        (folder / f"{number}.wav").unlink()
    page.model.rescan(pack)
    room.run(lambda: page.model.vanished)
    (vanished,) = page.model.vanished
    assert (vanished.gone, vanished.files) == (MANY - 5, MANY)
    assert room.toolkit.catalog.search("is:missing").total == 0
    assert "75 of 80 files in Pack" in sources.question(vanished)
    page.model.accept(vanished)
    room.run(lambda: room.toolkit.catalog.search("is:missing").total == MANY - 5)
    assert not page.model.vanished
    room.run(lambda: not page.scans.running)
    page.model.forget_missing()
    room.run(lambda: page.told)
    assert page.told[-1] == "75 sounds dropped from the catalog."


def test_what_is_left_as_it_is_is_not_asked_again_until_the_next_scan(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "Pack"
    folder.mkdir()
    for number in range(MANY):
        make("wav_16", folder / f"{number}.wav", seconds=0.05, freq=200.0 + number)
    room.toolkit.sources.scan([folder]).result(60)
    page = Page(room)
    for number in range(MANY - 5):
        (folder / f"{number}.wav").unlink()
    page.scans.scan()
    room.run(lambda: page.model.vanished)
    page.model.keep(page.model.vanished[0])
    assert not page.model.vanished
    page.scans.scan()
    room.run(lambda: page.model.vanished)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "available"),
        ({"protected": True}, "available, protected"),
        ({"state": "offline"}, "not connected"),
        (
            {"state": "offline", "volume": "SAMPLES", "seen_s": 1_778_155_200.0},
            "not connected, on SAMPLES, last seen 7 May 2026",
        ),
    ],
)
def test_how_a_folder_stands(changes: dict[str, object], words: str) -> None:
    facts: dict[str, object] = {"id": 1, "path": "/x", "state": "ok", "files": 1, "bytes": 1, "duration_s": 1.0}
    assert sources.state(Source(**facts | changes)) == words  # type: ignore[arg-type]


def test_who_adds_a_folder_begins_beside_the_last_or_where_music_is(
    toolkit: Toolkit, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    music = tmp_path / "Music"
    monkeypatch.setattr("ctk.paths.user_folders", lambda: {"music": str(music), "home": str(tmp_path)})
    assert beginning(()) == str(tmp_path)
    music.mkdir()
    assert beginning(()) == str(music)
    toolkit.sources.scan([samples]).result(30)
    source = toolkit.sources.list()[-1]
    assert beginning([source]) == str(samples.parent)
    assert beginning([source, replace(source, path="/media/gone/Loops", state="offline")]) == str(samples.parent)
