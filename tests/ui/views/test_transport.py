"""The player bar shows what plays and passes on what is done to it."""

import pytest

from tests.display import settle
from tests.ui.conftest import Rig


def play(rig: Rig, query: str) -> None:
    rig.hands.type(query)
    rig.hands.key("Down")
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing")


def test_at_first_nothing_plays(rig: Rig) -> None:
    bar = rig.window.player
    assert str(bar._name.cget("text")) == "Nothing playing"
    assert str(bar._elapsed.cget("text")) == ""
    rig.hands.click(bar._seek, 30, 10)
    assert rig.toolkit.audio.now().state == "stopped"


def test_name_length_and_cursor_follow(rig: Rig) -> None:
    play(rig, "vocal")
    bar = rig.window.player
    rig.wait(lambda: str(bar._name.cget("text")) == "vocal loop.wav")
    assert str(bar._length.cget("text")) == "0:05.0"
    rig.wait(lambda: bar._seek.value > 0.02, "the cursor")
    assert str(bar._elapsed.cget("text")).startswith("0:00.")


def test_a_click_in_the_slider_seeks(rig: Rig) -> None:
    play(rig, "vocal")
    bar = rig.window.player
    rig.wait(lambda: bar._seek._enabled)
    rig.hands.click(bar._seek, bar._seek.winfo_width() * 3 // 4, 10)
    rig.wait(lambda: rig.toolkit.audio.now().position_s > 3.0, "the new place")


def test_while_dragging_the_time_is_that_of_the_knob(rig: Rig) -> None:
    play(rig, "vocal")
    bar = rig.window.player
    rig.wait(lambda: bar._seek._enabled)
    bar._seek.dragging = True
    bar._show_drag(0.5)
    settle(rig.root)
    assert str(bar._elapsed.cget("text")) == "0:02.5"
    bar._seek.dragging = False


def test_the_button_plays_and_pauses(rig: Rig) -> None:
    play(rig, "vocal")
    rig.hands.click(rig.window.player._button, 20, 20)
    rig.wait(lambda: rig.toolkit.audio.now().state == "paused")
    rig.hands.click(rig.window.player._button, 20, 20)
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing")


def test_the_volume_turns_and_says_how_far(rig: Rig) -> None:
    bar = rig.window.player
    rig.hands.click(bar._volume, 2, 8)
    rig.wait(lambda: rig.toolkit.audio.now().volume_db == -60)
    assert str(bar._db.cget("text")) == "silent"
    rig.hands.click(bar._volume, bar._volume.winfo_width() - 2, 8)
    rig.wait(lambda: rig.toolkit.audio.now().volume_db == pytest.approx(6))
    assert str(bar._db.cget("text")) == "+6.0 dB"


def test_the_two_habits(rig: Rig) -> None:
    bar = rig.window.player
    rig.hands.click(bar._loop_button, 10, 10)
    rig.hands.click(bar._audition_button, 10, 10)
    settings = rig.toolkit.settings
    assert settings.loop and not settings.audition
    rig.hands.key("ctrl+l", "ctrl+e")
    assert not settings.loop and settings.audition
    assert not bar._loop.get() and bar._audition.get()
