"""The player bar shows what plays and passes on what is done to it."""

import tkinter as tk

import pytest

from tests.display import settle
from tests.ui.conftest import Rig


def play(rig: Rig, query: str) -> None:
    rig.hands.type(query)
    rig.hands.key("Down")
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing")


def time_shown(rig: Rig) -> str:
    return str(rig.window.player._time.cget("text"))


def labels(menu: tk.Menu) -> list[str]:
    last = menu.index("end")
    return [str(menu.entrycget(at, "label")) for at in range((last or 0) + 1) if menu.type(at) != "separator"]


def test_at_first_nothing_plays(rig: Rig) -> None:
    bar = rig.window.player
    assert str(bar._name.cget("text")) == "Nothing playing"
    assert time_shown(rig) == ""
    rig.hands.click(bar.wave.widget, 30, 10)
    assert rig.toolkit.audio.now().state == "stopped"


def test_name_time_and_cursor_follow(rig: Rig) -> None:
    play(rig, "vocal")
    bar = rig.window.player
    rig.wait(lambda: str(bar._name.cget("text")) == "vocal loop.wav")
    rig.wait(lambda: time_shown(rig).endswith("/  0:05.00"))
    cursor = bar.wave.widget._cursor
    rig.wait(lambda: bar.wave.widget.coords(cursor)[0] > 5, "the cursor")
    rig.wait(lambda: bar.wave.widget._outlines, "the waveform")


def test_a_click_in_the_waveform_seeks(rig: Rig) -> None:
    play(rig, "vocal")
    wave = rig.window.player.wave.widget
    rig.wait(lambda: wave.duration_s)
    rig.hands.click(wave, wave.winfo_width() * 3 // 4, 10)
    rig.wait(lambda: rig.toolkit.audio.now().position_s > 3.0, "the new place")


def test_a_drag_loops_a_part_and_escape_in_the_list_ends_it(rig: Rig) -> None:
    play(rig, "vocal")
    wave = rig.window.player.wave.widget
    rig.wait(lambda: wave.duration_s)
    width = wave.winfo_width()
    rig.hands.drag(wave, (width // 5, 20), (width * 2 // 5, 20))
    rig.wait(lambda: rig.toolkit.audio.now().region is not None, "the region")
    assert rig.toolkit.audio.now().region == pytest.approx((1.0, 2.0), abs=0.05)
    assert wave.region == rig.window.playing.transport.region
    rig.hands.key("Escape")
    rig.wait(lambda: rig.toolkit.audio.now().region is None, "the whole sound")
    rig.wait(lambda: wave.region is None)


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


def test_the_habits_of_the_list(rig: Rig) -> None:
    bar, settings = rig.window.player, rig.toolkit.settings
    rig.hands.click(bar._loop_button, 10, 10)
    rig.hands.click(bar._audition_button, 10, 10)
    assert settings.loop and not settings.audition
    rig.hands.click(bar._go_on_button, 10, 10)
    assert settings.go_on and not settings.loop and not bar._loop.get()
    rig.hands.key("ctrl+l", "ctrl+e")
    assert settings.loop and settings.audition and not settings.go_on
    assert (bar._loop.get(), bar._go_on.get(), bar._audition.get()) == (True, False, True)


def test_what_was_played_last_can_be_played_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tk.Menu, "tk_popup", lambda *_: None)
    bar = rig.window.player
    bar.show_recent()
    assert labels(bar.recent.menu) == ["Nothing was played yet"]
    play(rig, "kick 1.wav")
    rig.wait(lambda: rig.toolkit.audio.now().state == "stopped", "the end")
    rig.wait(rig.toolkit.catalog.recent)
    bar.show_recent()
    rig.wait(lambda: bar._playing.recent.rows)
    bar.show_recent()
    assert labels(bar.recent.menu) == ["kick 1.wav"]
    bar.recent.menu.invoke(0)
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing")


def test_in_a_narrow_window_the_waveform_keeps_room(rig: Rig) -> None:
    rig.root.geometry("640x500")
    bar = rig.window.player
    rig.wait(lambda: bar.winfo_width() <= 640)
    settle(rig.root)
    assert not bar._db.winfo_ismapped()
    assert bar.wave.widget.winfo_width() > 150
    rig.root.geometry("1100x700")
    rig.wait(bar._db.winfo_ismapped, "the level")
