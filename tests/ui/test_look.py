"""The look follows the system where the user wants it to."""

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.events import Events
from ctk.looks.shelf import Shelf
from ctk.settings import Settings
from ctk.ui import system
from ctk.ui.look import Look, first
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from tests.display import turn
from tests.looks.making import own


class Rig:
    """A look over an empty window, and what the system would say."""

    def __init__(self, root: tk.Tk, home: Path) -> None:
        self.root = root
        self.home = home
        self.theme = Theme(root, find=lambda id: Shelf(home).get(id))
        self.settings = Settings()
        self.pump = Pump(root, Events(), lambda error: None)
        self.theme.use("light")
        self.look = Look(self.theme, self.settings, self.pump, home)
        self.complaints: list[str] = []
        self.look.complained.connect(self.complaints.append)


@pytest.fixture
def rig(root: tk.Tk, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(system, "guess", lambda: None)
    monkeypatch.setattr(system, "ask", lambda: "dark")
    rig = Rig(root, home)
    yield rig
    rig.pump.close()


def test_system_follows_what_the_system_says(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.look.choose("system")
    assert rig.theme.tokens.name == "light"
    turn(rig.root, lambda: rig.theme.tokens.name == "dark", "the dark look")
    monkeypatch.setattr(system, "ask", lambda: "light")
    rig.look.ask()
    turn(rig.root, lambda: rig.theme.tokens.name == "light", "the light look")


def test_a_choice_of_ones_own_stays(rig: Rig) -> None:
    rig.look.choose("system")
    rig.look.choose("light")
    answered: list[object] = []
    rig.pump.call(lambda: None, then=answered.append, key="system look")
    turn(rig.root, lambda: answered)
    rig.look.ask()
    assert rig.theme.tokens.name == "light"
    assert rig.look.is_chosen("light") and not rig.look.is_chosen("system")


def test_a_system_that_does_not_say_changes_nothing(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "ask", lambda: None)
    rig.theme.use("dark")
    rig.look.ask()
    rig.pump.wait("system look", 5)
    assert rig.theme.tokens.name == "dark"


def test_it_begins_with_what_the_system_said_last(rig: Rig) -> None:
    assert first(rig.settings) == "light"
    rig.look.choose("system")
    turn(rig.root, lambda: rig.theme.look.id == "dark", "the dark look")
    assert first(rig.settings) == "dark"
    assert first(Settings(theme="neon")) == "neon"
    assert first(Settings(system_look="neon")) == "light", "the system says light or dark, nothing else"


def test_a_preview_goes_as_it_came(rig: Rig) -> None:
    rig.look.choose("system")
    turn(rig.root, lambda: rig.theme.look.id == "dark", "the dark look")
    rig.look.preview("neon")
    rig.look.ask()
    rig.pump.wait("system look", 5)
    assert rig.theme.look.id == "neon" and rig.look.chosen == "system"
    rig.look.back()
    assert rig.theme.look.id == "dark"


def test_what_is_wrong_with_ones_own_look_is_said_once(rig: Rig) -> None:
    own(rig.home, "mine", "[colours]\ntext = 1\n", parent="light")
    rig.look.choose("mine")
    rig.look.ask()
    assert rig.theme.look.id == "light"
    assert [words.partition(";")[0] for words in rig.complaints] == ["The look Mine has errors, so you see Light"]
    rig.look.choose("gone")
    assert rig.theme.look.id == "dark"
    assert rig.complaints[1].startswith("There is no look gone any more, so you see Dark")


def test_reload_shows_what_its_maker_changed_or_nothing(rig: Rig) -> None:
    own(rig.home, "mine", '[colours]\nchrome = "#112233"\n')
    rig.look.choose("mine")
    own(rig.home, "mine", '[colours]\nchrome = "#445566"\n')
    entry = rig.look.reload()
    assert entry is not None and not entry.errors and rig.theme.tokens.chrome == "#445566"
    own(rig.home, "mine", '[colours]\nchrome = "none"\n')
    entry = rig.look.reload()
    assert entry is not None and [fault.line for fault in entry.errors] == [6]
    assert rig.theme.tokens.chrome == "#445566"
