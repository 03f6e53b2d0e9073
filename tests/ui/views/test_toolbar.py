"""The toolbar of a look: buttons that do what actions do, and follow what can be done."""

import tkinter as tk

import pytest

from ctk.ui.views.toolbar import Toolbar
from tests.display import settle
from tests.looks.making import own
from tests.ui.conftest import Rig


@pytest.fixture
def bar(rig: Rig) -> Toolbar:
    """That of a look which has one."""
    assert rig.window.arrangement._toolbar is None
    own(rig.toolkit.home, "handy", '[toolbar]\nactions = ["play.loop", "edit.rename", "mark.favourite", "edit.undo"]\n')
    rig.window.look.choose("handy")
    settle(rig.root, 6)
    bar = rig.window.arrangement._toolbar
    assert bar is not None and bar.winfo_ismapped()
    return bar


def test_a_button_does_what_its_action_does_and_shows_whether_it_is_on(rig: Rig, bar: Toolbar) -> None:
    assert bar.buttons["play.loop"].instate(["!selected"])
    rig.hands.click(bar.buttons["play.loop"], 10, 10)
    assert rig.toolkit.settings.loop
    rig.wait(lambda: bar.buttons["play.loop"].instate(["selected"]))
    rig.hands.key("ctrl+l")
    rig.wait(lambda: bar.buttons["play.loop"].instate(["!selected"]), "the key to count as well")


def test_what_cannot_be_done_is_grey_until_it_can(rig: Rig, bar: Toolbar) -> None:
    rig.wait(lambda: bar.buttons["edit.rename"].instate(["disabled"]))
    rig.hands.key("ctrl+e", "Down")
    rig.wait(lambda: bar.buttons["edit.rename"].instate(["!disabled"]), "a sound to be picked")


def test_icons_or_words_and_a_tip_with_the_key(rig: Rig, bar: Toolbar) -> None:
    assert bar.buttons["mark.favourite"].cget("image") and not bar.buttons["mark.favourite"].cget("text")
    assert str(bar.buttons["edit.undo"].cget("text")) == "Undo"
    bar.buttons["play.loop"].event_generate("<Enter>")

    def tip() -> list[tk.Misc]:
        return [part for window in bar.buttons["play.loop"].winfo_children() for part in window.winfo_children()]

    rig.wait(tip, "the tip")
    assert str(tip()[0].cget("text")) == "Loop (Ctrl+L)"


def test_other_looks_have_other_buttons_or_none(rig: Rig, bar: Toolbar) -> None:
    rig.window.look.choose("neon")
    settle(rig.root, 6)
    assert "hear.similar" in bar.buttons and "edit.rename" not in bar.buttons
    rig.window.look.choose("dark")
    settle(rig.root, 6)
    assert not bar.winfo_ismapped() and not bar.buttons
    assert rig.window.pages.winfo_rooty() == rig.root.winfo_rooty()


def test_what_is_no_action_is_left_out(rig: Rig, bar: Toolbar) -> None:
    bar.show(("play.loop", "play.backwards"), upright=False)
    assert list(bar.buttons) == ["play.loop"]
