"""A waveform on screen follows what the player does."""

import pytest

from ctk.ui.widgets.waveform import Waveform
from tests.display import settle
from tests.ui.conftest import Rig


@pytest.fixture
def wave(rig: Rig) -> Waveform:
    """That of the player bar, with a sound that plays."""
    rig.hands.type("vocal")
    rig.hands.key("Down")
    wave = rig.window.player.wave.widget
    rig.wait(lambda: wave.duration_s and wave._outlines, "the waveform")
    return wave


def test_the_cursor_moves_while_it_plays_and_rests_when_it_does_not(rig: Rig, wave: Waveform) -> None:
    at = wave.coords(wave._cursor)[0]
    rig.wait(lambda: wave.coords(wave._cursor)[0] > at + 3, "the cursor")
    rig.hands.key("space")
    rig.wait(lambda: rig.toolkit.audio.now().state == "paused")
    rig.wait(lambda: rig.window.player.wave._timer is None, "the last frame")
    at = wave.coords(wave._cursor)[0]
    settle(rig.root, 10)
    assert wave.coords(wave._cursor)[0] == at
    rig.hands.key("ctrl+period")
    rig.wait(lambda: rig.root.tk.call(str(wave), "itemcget", wave._cursor, "-state") == "hidden", "no cursor at rest")


def test_with_the_keys_it_can_be_played_and_sought_in(rig: Rig, wave: Waveform) -> None:
    wave.focus_force()
    settle(rig.root)
    rig.hands.key("space")
    rig.wait(lambda: rig.toolkit.audio.now().state == "paused")
    before = rig.toolkit.audio.now().position_s
    rig.hands.key("Right")
    rig.wait(lambda: rig.toolkit.audio.now().position_s == pytest.approx(before + 0.1, abs=0.05))


def test_keys_in_the_list_skip(rig: Rig, wave: Waveform) -> None:
    rig.hands.key("space")
    rig.wait(lambda: rig.toolkit.audio.now().state == "paused")
    before = rig.toolkit.audio.now().position_s
    rig.hands.key("Right", "Right", "Left")
    rig.wait(lambda: rig.toolkit.audio.now().position_s == pytest.approx(before + 1.0, abs=0.2))
    rig.hands.key("shift+Left")
    rig.wait(lambda: rig.toolkit.audio.now().position_s == 0.0)


def test_in_the_search_box_those_keys_are_about_the_text(rig: Rig, wave: Waveform) -> None:
    rig.window.catalog.find()
    settle(rig.root)
    position = rig.toolkit.audio.now().position_s
    rig.hands.key("shift+Left", "Escape")
    assert rig.toolkit.audio.now().position_s >= position


def test_the_region_is_shown_and_a_drag_is_not_disturbed(rig: Rig, wave: Waveform) -> None:
    rig.window.playing.transport.mark((1.0, 2.0))
    rig.wait(lambda: wave.region == (1.0, 2.0))
    wave.event_generate("<Button-1>", x=10, y=10)
    wave.event_generate("<B1-Motion>", x=60, y=10)
    rig.window.playing.transport.changed(rig.toolkit.audio.now())
    assert wave.dragging and wave.region != (1.0, 2.0)
    wave.event_generate("<ButtonRelease-1>", x=60, y=10)
    assert not wave.dragging
    rig.wait(lambda: rig.toolkit.audio.now().region == wave.region, "the new region")


def test_another_sound_has_no_region(rig: Rig, wave: Waveform) -> None:
    rig.window.playing.transport.mark((1.0, 2.0))
    rig.wait(lambda: wave.region == (1.0, 2.0))
    rig.window.playing.transport.play(rig.toolkit.catalog.search("bass sub").rows[0])
    rig.wait(lambda: wave.duration_s == pytest.approx(3.0, abs=0.01), "the other sound")
    assert wave.region is None


def test_moments_are_as_fine_as_the_view(rig: Rig, wave: Waveform) -> None:
    shown = rig.window.player.wave
    assert shown._clock(1.25) == "0:01.250"
    wave.load(3600.0)
    assert shown._clock(1.25) == "0:01.2"
