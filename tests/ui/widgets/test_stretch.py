"""The part in view stays within the sound."""

import pytest

from ctk.ui.widgets.stretch import Stretch


def test_what_is_zoomed_around_stays_where_it_is() -> None:
    closer = Stretch(0.0, 10.0).zoomed(0.5, 4.0, least_s=0.01, whole_s=10.0)
    assert closer == Stretch(2.0, 7.0)
    share = (4.0 - closer.start_s) / closer.length_s
    assert share == pytest.approx(0.4)


def test_zooming_out_ends_at_all_of_it() -> None:
    assert Stretch(2.0, 7.0).zoomed(4.0, 2.0, least_s=0.01, whole_s=10.0) == Stretch(0.0, 10.0)


def test_zooming_in_ends_at_the_least() -> None:
    assert Stretch(2.0, 2.02).zoomed(0.1, 2.0, least_s=0.01, whole_s=10.0).length_s == pytest.approx(0.01)
    assert Stretch(0.0, 0.004).zoomed(0.1, 0.0, least_s=0.01, whole_s=0.004).length_s == pytest.approx(0.004)


@pytest.mark.parametrize(("by_s", "start_s"), [(1.0, 3.0), (99.0, 7.0), (-99.0, 0.0)])
def test_moving_keeps_the_length_and_stops_at_the_ends(by_s: float, start_s: float) -> None:
    assert Stretch(2.0, 5.0).moved(by_s, whole_s=10.0) == Stretch(start_s, start_s + 3.0)


def test_nothing_stays_nothing() -> None:
    assert Stretch().zoomed(0.5, 0.0, least_s=0.01, whole_s=0.0) == Stretch()
