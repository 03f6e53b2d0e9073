"""The wheel zooms around the pointer, the middle button pushes, keys do it without a mouse."""

import tkinter as tk

import pytest

from ctk.ui.widgets.stretch import Stretch
from tests.display import settle
from tests.ui.widgets.test_waveform import Rig


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def wheel(rig: Rig, x: int, *, up: bool = True, shift: bool = False) -> None:
    """A notch, as this system tells it."""
    modifier = "Shift-" if shift else ""
    if rig.root.tk.call("tk", "windowingsystem") == "x11":
        rig.wave.event_generate(f"<{modifier}Button-{4 if up else 5}>", x=x, y=30)
    else:
        rig.wave.event_generate(f"<{modifier}MouseWheel>", x=x, y=30, delta=120 if up else -120)
    settle(rig.root)


def test_the_wheel_zooms_around_the_pointer(rig: Rig) -> None:
    wheel(rig, 100)
    assert rig.wave.zoomed
    assert rig.wave.moment(100) == pytest.approx(1.0)
    assert rig.wave.view.length_s == pytest.approx(3.2)
    wheel(rig, 300, up=False)
    assert rig.wave.view == Stretch(0.0, 4.0) and not rig.wave.zoomed


def test_it_does_not_zoom_without_end(rig: Rig) -> None:
    for _ in range(60):
        wheel(rig, 200)
    assert rig.wave.view.length_s == pytest.approx(0.01)


def test_with_shift_the_wheel_pushes(rig: Rig) -> None:
    rig.wave.look(Stretch(1.0, 2.0))
    wheel(rig, 200, up=False, shift=True)
    assert rig.wave.view == pytest.approx((1.12, 2.12))


def test_the_middle_button_takes_the_sound_along(rig: Rig) -> None:
    rig.wave.look(Stretch(1.0, 2.0))
    middle = 3 if rig.root.tk.call("tk", "windowingsystem") == "aqua" else 2
    rig.wave.event_generate(f"<Button-{middle}>", x=100, y=30)
    rig.wave.event_generate(f"<B{middle}-Motion>", x=200, y=30)
    assert rig.wave.view == pytest.approx((0.75, 1.75))
    assert rig.sought == [] == rig.marked


def test_keys_zoom_and_show_all_again(rig: Rig) -> None:
    rig.wave.focus_force()
    settle(rig.root)
    rig.hands.key("plus", "plus", "minus")
    assert rig.wave.zoomed
    rig.hands.key("0")
    assert rig.wave.view == Stretch(0.0, 4.0)


def test_every_view_is_told(rig: Rig) -> None:
    wheel(rig, 200)
    wheel(rig, 200)
    assert rig.views[-1] == rig.wave.view and len(rig.views) == 2
