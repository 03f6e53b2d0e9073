"""The choice of a look, without a window."""

import shutil
from pathlib import Path

import pytest

from ctk.looks.shelf import BUILTIN, Shelf
from ctk.ui.models.looks import Looks, free_id
from tests.looks.making import look, own


class Worn:
    """What would be in sight."""

    def __init__(self, home: Path) -> None:
        self.chosen = "light"
        self.shown = "light"
        self.shelf = Shelf(home)

    def choose(self, choice: str) -> None:
        self.chosen = self.shown = choice

    def preview(self, id: str) -> None:
        self.shown = id

    def back(self) -> None:
        self.shown = self.chosen


class Rig:
    """The choice, and what it told."""

    def __init__(self, home: Path) -> None:
        self.worn = Worn(home)
        self.looks = Looks(self.worn)
        self.said: list[str] = []
        self.looks.told.connect(self.said.append)
        self.looks.failed.connect(lambda sentence, _: self.said.append(sentence))
        self.looks.begin()

    @property
    def ids(self) -> list[str]:
        return [known.entry.id for known in self.looks.known]


@pytest.fixture
def rig(home: Path) -> Rig:
    return Rig(home)


def test_it_begins_with_the_one_that_was_chosen(rig: Rig) -> None:
    assert rig.ids == [*BUILTIN] and rig.ids[rig.looks.at] == "light"
    assert {known.author for known in rig.looks.known} == {"Creator's Toolkit"}
    assert {known.state for known in rig.looks.known} == {"built in"}


def test_moving_shows_and_keeping_chooses(rig: Rig) -> None:
    rig.looks.move(rig.ids.index("neon"))
    assert (rig.worn.shown, rig.worn.chosen) == ("neon", "light")
    rig.looks.back()
    assert rig.worn.shown == "light"
    rig.looks.move(rig.ids.index("neon"))
    rig.looks.keep()
    assert rig.worn.chosen == "neon"


def test_one_with_errors_is_listed_and_not_shown(home: Path) -> None:
    own(home, "bad", "[colours]\ntext = 1\nsurface = 2\n")
    rig = Rig(home)
    rig.looks.move(rig.ids.index("bad"))
    assert rig.worn.shown == "light" and not rig.looks.can_keep()
    assert [fault.line for fault in rig.looks.faults] == [6, 7] and rig.looks.blamed == "Bad"
    focused = rig.looks.focused
    assert focused is not None and focused.state == "2 errors"
    rig.looks.keep()
    assert rig.worn.chosen == "light"


def test_a_maker_sees_remarks_about_a_look_without_errors(home: Path) -> None:
    own(home, "pale", '[colours]\ntext = "#333333"\n')
    rig = Rig(home)
    rig.looks.move(rig.ids.index("pale"))
    assert rig.worn.shown == "pale" and "hard to read" in rig.looks.faults[0].text


def test_ones_own_begins_as_a_copy_and_is_worn(rig: Rig, home: Path) -> None:
    rig.looks.move(rig.ids.index("neon"))
    folder = rig.looks.fork("  Night Shift  ")
    assert folder == home / "looks" / "night-shift" and rig.worn.chosen == "night-shift"
    assert rig.ids[rig.looks.at] == "night-shift"
    entry = rig.worn.shelf.list()[-1]
    assert (entry.name, entry.parent, entry.status) == ("Night Shift", "neon", "installed")
    assert rig.looks.fork("Night Shift") == home / "looks" / "night-shift-2"
    assert rig.looks.fork("") is None and "name" in rig.said[-1]


def test_out_of_one_home_into_another(rig: Rig, home: Path, tmp_path: Path) -> None:
    rig.looks.fork("Mine")
    rig.looks.export(str(tmp_path / "mine.ctklook"))
    assert rig.said[-1] == "mine.ctklook is ready to be shared."
    other = Rig(tmp_path / "other")
    other.looks.install(str(tmp_path / "mine.ctklook"))
    assert other.said == ["Mine is installed."] and other.worn.shown == "mine"
    assert other.ids[other.looks.at] == "mine" and other.worn.chosen == "light", "it is looked at first"


def test_a_file_with_errors_is_not_taken_and_told_of(rig: Rig, tmp_path: Path) -> None:
    rig.looks.install(str(look(tmp_path / "theirs", "[colours]\ntext = 1\n")))
    assert (rig.looks.blamed, len(rig.looks.faults)) == ("theirs", 1)
    assert rig.ids == [*BUILTIN] and "was not taken" in rig.said[-1]
    rig.looks.install(str(tmp_path / "absent"))
    assert "There is no file" in rig.said[-1]
    rig.looks.move(0)
    assert not rig.looks.faults


def test_why_it_could_not_be_written_is_told_with_details(rig: Rig, tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    rig.looks.failed.connect(lambda sentence, details: told.append((sentence, details)))
    rig.looks.export(str(tmp_path / "nowhere" / "x.ctklook"))
    assert "could not be written" in told[0][0] and "FileNotFoundError" in told[0][1]


def test_one_that_goes_leaves_its_parent(rig: Rig) -> None:
    rig.looks.move(rig.ids.index("neon"))
    rig.looks.fork("Mine")
    rig.looks.remove()
    assert rig.worn.chosen == "neon" and rig.ids == [*BUILTIN]
    rig.looks.remove()
    assert rig.ids == [*BUILTIN], "those of the program stay"


def test_one_that_went_comes_back_as_it_was(rig: Rig, home: Path) -> None:
    rig.looks.move(rig.ids.index("neon"))
    rig.looks.fork("Mine")
    sheet = (home / "looks" / "mine" / "look.toml").read_bytes()
    rig.looks.remove()
    assert rig.looks.gone == "Mine" and rig.said[-1] == "Mine is removed."
    rig.looks.put_back()
    assert rig.worn.chosen == rig.worn.shown == "mine" and rig.ids[rig.looks.at] == "mine"
    assert (home / "looks" / "mine" / "look.toml").read_bytes() == sheet
    assert not rig.looks.gone and rig.said[-1] == "Mine is back."
    rig.looks.put_back()
    assert rig.said[-1] == "Mine is back."


def test_the_newest_comes_back_first_and_what_was_chosen_since_stays(rig: Rig) -> None:
    for name in ("One", "Two"):
        rig.looks.begin()
        rig.looks.fork(name)
        rig.looks.remove()
    rig.worn.choose("neon")
    rig.looks.put_back()
    assert rig.said[-1] == "Two is back." and (rig.worn.chosen, rig.worn.shown) == ("neon", "two")
    rig.looks.put_back()
    assert rig.ids == [*BUILTIN, "one", "two"]


def test_one_that_cannot_come_back_says_why(rig: Rig, home: Path) -> None:
    rig.looks.fork("Mine")
    rig.looks.remove()
    own(home, "mine")
    rig.looks.put_back()
    assert "another look mine" in rig.said[-1] and rig.looks.gone == "Mine"
    rig.looks.begin()
    rig.looks.move(rig.ids.index("mine"))
    rig.looks.remove()
    shutil.rmtree(home / "looks" / ".removed")
    rig.looks.put_back()
    rig.looks.put_back()
    assert "not in" in rig.said[-1] and not rig.looks.gone


@pytest.mark.parametrize(
    ("name", "id"),
    [("Night Shift", "night-shift"), ("Ночь", "look"), ("A", "look-a"), ("CON", "look-con"), ("neon", "neon-2")],
)
def test_ids_are_like_names(name: str, id: str) -> None:
    assert free_id(name, set(BUILTIN)) == id
