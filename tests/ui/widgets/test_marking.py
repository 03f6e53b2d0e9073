"""Clicks and drags in a waveform."""

import tkinter as tk

import pytest

from tests.display import settle
from tests.ui.widgets.test_waveform import Rig


@pytest.fixture
def rig(root: tk.Tk) -> Rig:
    return Rig(root)


def test_a_click_seeks(rig: Rig) -> None:
    rig.hands.click(rig.wave, 100, 30)
    assert rig.sought == [pytest.approx(1.0, abs=0.02)]
    assert rig.marked == []


def test_a_click_leaves_the_keys_where_they_are(rig: Rig) -> None:
    entry = tk.Entry(rig.root)
    entry.pack()
    entry.focus_force()
    settle(rig.root)
    rig.hands.click(rig.wave, 100, 30)
    assert rig.root.focus_get() is entry


def test_a_drag_marks_a_region_in_either_direction(rig: Rig) -> None:
    rig.wave.draw([])
    rig.hands.drag(rig.wave, (300, 30), (100, 30))
    assert rig.marked == [pytest.approx((1.0, 3.0), abs=0.02)]
    assert rig.sought == []
    assert [rig.colour(x, 5) for x in (150, 250)] == [rig.ink("marked")] * 2
    assert [rig.colour(x, 5) for x in (50, 350)] == [rig.ink("background")] * 2


def test_an_edge_can_be_dragged(rig: Rig) -> None:
    rig.wave.mark((1.0, 3.0))
    rig.hands.drag(rig.wave, (301, 30), (350, 30))
    assert rig.marked == [pytest.approx((1.0, 3.5), abs=0.02)]
    rig.hands.drag(rig.wave, (99, 30), (50, 30))
    assert rig.marked[-1] == pytest.approx((0.5, 3.5), abs=0.02)


def test_an_edge_dragged_over_the_other_turns_the_region_around(rig: Rig) -> None:
    rig.wave.mark((1.0, 2.0))
    rig.hands.drag(rig.wave, (100, 30), (300, 30))
    assert rig.marked == [pytest.approx((2.0, 3.0), abs=0.02)]


def test_a_double_click_clears_and_seeks_once(rig: Rig) -> None:
    rig.wave.mark((1.0, 3.0))
    rig.hands.click(rig.wave, 200, 30, count=2)
    assert rig.marked == [None] and rig.wave.region is None
    assert len(rig.sought) == 1


def test_a_trembling_hand_still_clicks(rig: Rig) -> None:
    rig.hands.drag(rig.wave, (200, 30), (202, 30))
    assert rig.marked == [] and rig.sought == [pytest.approx(2.02, abs=0.02)]


def test_an_edge_that_was_only_clicked_stays(rig: Rig) -> None:
    rig.wave.mark((1.0, 3.0))
    rig.hands.click(rig.wave, 300, 30)
    assert rig.wave.region == (1.0, 3.0) and rig.marked == []


def test_the_pointer_shows_where_an_edge_can_be_taken(rig: Rig) -> None:
    rig.wave.mark((1.0, 3.0))
    for x, cursor in ((100, "sb_h_double_arrow"), (200, "")):
        rig.wave.event_generate("<Motion>", x=x, y=20)
        assert str(rig.wave.cget("cursor")) == cursor
