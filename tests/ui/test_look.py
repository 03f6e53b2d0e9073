"""The look follows the system where the user wants it to."""

import tkinter as tk
from collections.abc import Iterator

import pytest

from ctk.events import Events
from ctk.settings import Settings
from ctk.ui import system
from ctk.ui.look import Look
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from tests.display import turn


class Rig:
    """A look over an empty window, and what the system would say."""

    def __init__(self, root: tk.Tk) -> None:
        self.root = root
        self.theme = Theme(root)
        self.settings = Settings()
        self.pump = Pump(root, Events(), lambda error: None)
        self.look = Look(self.theme, self.settings, self.pump)


@pytest.fixture
def rig(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(system, "guess", lambda: None)
    monkeypatch.setattr(system, "ask", lambda: "dark")
    rig = Rig(root)
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
