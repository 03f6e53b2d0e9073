"""A slider under a real pointer and real keys."""

import tkinter as tk

import pytest

from ctk.ui.theme import Theme
from ctk.ui.widgets.slider import Slider
from tests.display import hands, settle


class Rig:
    """A slider 200 pixels wide, and what it told."""

    def __init__(self, root: tk.Tk) -> None:
        theme = Theme(root)
        theme.use("light")
        self.theme = theme
        self.moved: list[float] = []
        self.settled: list[float] = []
        self.slider = Slider(root, width=200, height=20, moved=self.moved.append, settled=self.settled.append)
        self.slider.pack()
        settle(root)
        self.hands = hands(root)


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def test_a_click_goes_there(rig: Rig) -> None:
    rig.hands.click(rig.slider, 100, 10)
    assert rig.settled == [pytest.approx(0.5, abs=0.01)]
    rig.hands.click(rig.slider, 0, 10)
    rig.hands.click(rig.slider, 199, 10)
    assert rig.settled[1:] == [0.0, 1.0]


def test_a_drag_tells_on_the_way_and_is_not_disturbed(rig: Rig) -> None:
    rig.hands.drag(rig.slider, (20, 10), (150, 10))
    assert len(rig.settled) == 1
    assert rig.moved[-1] == rig.settled[0] == pytest.approx(140 / 180, abs=0.01)
    rig.slider.dragging = True
    rig.slider.set(0.1)
    assert rig.slider.value == rig.settled[0]
    rig.slider.dragging = False
    rig.slider.set(0.1)
    assert rig.slider.value == 0.1


def test_arrow_keys_step(rig: Rig) -> None:
    rig.slider.set(0.5)
    rig.slider.focus_force()
    settle(rig.slider)
    rig.hands.key("Right", "Up", "Left")
    assert rig.settled == [pytest.approx(0.52), pytest.approx(0.54), pytest.approx(0.52)]


def test_disabled_it_takes_nothing_and_shows_no_knob(rig: Rig) -> None:
    assert rig.slider.find_all()
    before = len(rig.slider.find_all())
    rig.slider.enable(False)
    assert len(rig.slider.find_all()) < before
    rig.hands.click(rig.slider, 100, 10)
    rig.slider.focus_force()
    rig.hands.key("Right")
    assert rig.settled == [] == rig.moved


def test_it_is_clamped(rig: Rig) -> None:
    rig.slider.set(7)
    assert rig.slider.value == 1.0
    rig.slider.set(-7)
    assert rig.slider.value == 0.0


def test_it_follows_the_look(rig: Rig) -> None:
    before = str(rig.slider.cget("background"))
    rig.theme.use("dark")
    settle(rig.slider)
    assert str(rig.slider.cget("background")) == rig.theme.tokens.chrome != before


def test_it_is_painted_also_while_the_menu_bar_has_the_keys(rig: Rig, root: tk.Tk) -> None:
    root.configure(menu=tk.Menu(root))
    root.update()
    root.tk.call("focus", "-force", ".#!menu")
    settle(root)
    assert str(root.tk.call("focus")) == ".#!menu"
    rig.theme.use("dark")
    settle(root)
