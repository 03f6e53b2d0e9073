"""Outlines become pictures: the right columns, the right shades, as Tk takes them."""

import tkinter as tk
from collections.abc import Sequence
from typing import NamedTuple

from ctk.ui.widgets import tracing
from ctk.ui.widgets.tracing import BODY, FLAT, STEPS, Level


class Outline(NamedTuple):
    """As the core hands it out."""

    start_s: float
    end_s: float
    low: Sequence[float]
    high: Sequence[float]
    rms: Sequence[float]


def rising(count: int, start_s: float = 0.0, end_s: float = 1.0) -> Outline:
    high = [step / count for step in range(1, count + 1)]
    return Outline(start_s, end_s, [-level / 2 for level in high], high, [level / 4 for level in high])


def test_as_many_steps_as_columns_are_drawn_as_they_are() -> None:
    outline = rising(8)
    assert [level.high for level in tracing.columns([outline], 0.0, 1.0, 8)] == list(outline.high)


def test_several_steps_in_a_column_keep_their_extremes() -> None:
    found = tracing.columns([rising(8)], 0.0, 1.0, 2)
    assert found == [Level(-0.25, 0.5, 0.078125), Level(-0.5, 1.0, 0.203125)]


def test_a_coarse_outline_is_stretched() -> None:
    found = tracing.columns([rising(2)], 0.0, 1.0, 6)
    assert [level.high for level in found] == [0.5] * 3 + [1.0] * 3


def test_a_part_is_cut_out() -> None:
    found = tracing.columns([rising(8)], 0.5, 1.0, 4)
    assert [level.high for level in found] == [0.625, 0.75, 0.875, 1.0]


def test_the_finer_outline_counts_where_it_reaches_and_beyond_there_is_nothing() -> None:
    finer = Outline(0.5, 1.0, [0.0] * 4, [0.1] * 4, [0.0] * 4)
    found = tracing.columns([rising(8), finer], 0.0, 1.25, 10)
    assert [level.high for level in found[:4]] == [0.125, 0.25, 0.375, 0.5]
    assert [level.high for level in found[4:8]] == [0.1] * 4
    assert found[8:] == [FLAT, FLAT]


def test_nothing_known_is_flat() -> None:
    empty = Outline(0.0, 1.0, [], [], [])
    assert tracing.columns([empty], 0.0, 1.0, 3) == tracing.columns([], 0.0, 1.0, 3) == [FLAT] * 3


def column(level: Level, height: int = 8, curve: float = 1.0) -> list[int]:
    return list(tracing.trace([level], height, curve=curve))


def test_a_column_has_its_peak_and_its_body() -> None:
    assert column(Level(-1.0, 1.0, 0.5)) == [STEPS, STEPS, BODY, BODY, BODY, BODY, STEPS, STEPS]
    assert column(Level(0.0, 1.0, 0.0)) == [STEPS] * 4 + [0] * 4


def test_edges_are_soft() -> None:
    assert column(Level(-0.125, 0.125, 0.0)) == [0, 0, 0, STEPS // 2, STEPS // 2, 0, 0, 0]


def test_silence_is_a_line_and_too_loud_is_cut() -> None:
    assert column(FLAT) == [0, 0, 0, 0, STEPS, 0, 0, 0]
    assert column(Level(-7.0, 7.0, 0.0)) == [STEPS] * 8


def test_a_curve_lifts_what_is_quiet_and_keeps_the_sides() -> None:
    quiet = Level(-0.01, 0.25, 0.0)
    assert sum(column(quiet, 40, curve=0.5)) > 1.5 * sum(column(quiet, 40))
    assert tracing.trace([Level(-1.0, 1.0, 1.0)], 8, curve=0.5) == bytes([BODY]) * 8


def test_the_picture_has_the_colours(root: tk.Tk) -> None:
    shades = tracing.trace([FLAT, Level(-1.0, 1.0, 1.0)], 4)
    data = tracing.ppm(shades, 2, 4, tracing.tables("#102030", "#405060", "#708090"))
    image = tk.PhotoImage(master=root, data=data, format="ppm")
    assert (image.width(), image.height()) == (2, 4)
    assert image.get(0, 0) == (0x10, 0x20, 0x30)
    assert image.get(0, 2) == (0x40, 0x50, 0x60)
    assert image.get(1, 0) == image.get(1, 3) == (0x70, 0x80, 0x90)
