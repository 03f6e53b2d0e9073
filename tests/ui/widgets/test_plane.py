"""Dots on a plane: what is in view, and which dot is where."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.ui.widgets.plane import LEAST, Plane, View, Way

shares = st.floats(0, 1)


def scattered(count: int = 500, seed: int = 7) -> Plane:
    drawn = random.Random(seed)
    return Plane([drawn.random() for _ in range(count)], [drawn.random() for _ in range(count)])


@given(shares, shares, st.lists(st.tuples(st.floats(0.2, 5), shares, shares), max_size=12))
def test_no_zoom_leads_beyond_the_plane(x: float, y: float, turns: list[tuple[float, float, float]]) -> None:
    view = View()
    for factor, by_x, by_y in turns:
        view = view.zoomed(factor, x, y).moved(by_x - 0.5, by_y - 0.5)
        assert LEAST <= view.span <= 1
        assert 0 <= view.left <= 1 - view.span + 1e-9 and 0 <= view.top <= 1 - view.span + 1e-9


def test_what_is_below_the_pointer_stays_there() -> None:
    view = View(0.2, 0.3, 0.5)
    near = view.zoomed(0.5, 0.3, 0.7)
    assert near.span == 0.25
    assert (0.3 - near.left) / near.span == pytest.approx((0.3 - view.left) / view.span)
    assert (0.7 - near.top) / near.span == pytest.approx((0.7 - view.top) / view.span)


def test_a_place_comes_into_view_and_one_that_is_in_view_moves_nothing() -> None:
    view = View(0.4, 0.4, 0.2)
    assert view.showing(0.5, 0.5) == view
    moved = view.showing(0.9, 0.1)
    assert moved.left < 0.9 < moved.left + 0.2 and moved.top < 0.1 < moved.top + 0.2
    assert view.showing(1.0, 0.0) == View(0.8, 0.0, 0.2)


def test_the_nearest_dots_are_those_that_counting_them_all_gives() -> None:
    plane = scattered()
    drawn = random.Random(1)
    for _ in range(50):
        x, y = drawn.random(), drawn.random()
        away = {at: (plane.x[at] - x) ** 2 + (plane.y[at] - y) ** 2 for at in range(len(plane))}
        within = [at for at in sorted(away, key=away.__getitem__) if away[at] <= 0.1**2]
        assert plane.near(x, y, 0.1, 0.1, limit=5) == within[:5]


def test_reach_is_another_one_across_than_down() -> None:
    plane = Plane([0.5, 0.5], [0.5, 0.6])
    assert plane.near(0.45, 0.5, 0.1, 0.01) == [0]
    assert plane.near(0.5, 0.55, 0.1, 0.01) == []
    assert plane.near(0.5, 0.58, 0.01, 0.1, limit=2) == [1, 0]


def test_what_is_not_lit_cannot_be_reached() -> None:
    plane = Plane([0.5, 0.52, 0.54], [0.5, 0.5, 0.5])
    plane.lit = bytes((0, 1, 1))
    assert plane.near(0.5, 0.5, 0.1, 0.1) == [1]
    assert plane.swept(0, 0, 1, 1) == [1, 2]
    assert plane.beside(2, "left") == 1
    assert plane.beside(1, "left") is None


def test_a_box_holds_what_is_in_it_also_at_the_edges() -> None:
    plane = Plane([0.0, 0.25, 0.5, 1.0], [0.0, 0.25, 0.5, 1.0])
    assert plane.swept(0.0, 0.0, 0.25, 0.25) == [0, 1]
    assert plane.swept(0.6, 0.6, 1.0, 1.0) == [3]
    assert sorted(plane.within(0.2, 0.2, 0.3, 0.3)) == [1]
    assert plane.within(-1, -1, 2, 2) == [0, 1, 2, 3]


@pytest.mark.parametrize(("way", "there"), [("left", 1), ("right", 2), ("up", 3), ("down", 4)])
def test_the_next_dot_lies_in_the_direction_of_the_key(way: Way, there: int) -> None:
    plane = Plane([0.5, 0.3, 0.7, 0.5, 0.5, 0.69], [0.5, 0.5, 0.5, 0.3, 0.7, 0.95])
    assert plane.beside(0, way) == there


def test_what_is_to_the_side_depends_on_how_wide_the_plane_is_drawn() -> None:
    plane = Plane([0.5, 0.6], [0.5, 0.7])
    assert plane.beside(0, "right") is None
    assert plane.beside(0, "right", aspect=3.0) == 1


def test_every_dot_of_a_crowd_is_reached_by_the_arrows_from_any_other() -> None:
    plane = scattered(60)
    ways: tuple[Way, ...] = ("left", "right", "up", "down")
    seen, todo = {0}, [0]
    while todo:
        here = todo.pop()
        fresh = {there for way in ways if (there := plane.beside(here, way)) is not None} - seen
        seen |= fresh
        todo += fresh
    assert len(seen) >= 57
