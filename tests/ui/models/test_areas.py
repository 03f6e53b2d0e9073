"""Where the parts of a window lie: they fill it without gaps, in every built-in look, whatever is shown."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from ctk.looks.look import Node
from ctk.looks.shelf import BUILTIN, Shelf
from ctk.ui.models.areas import Area, Areas, Ground

CATALOG = ("search", "list", "filters", "detail")
WINDOW = ("toolbar", "pages", "player", "status")
Bars = Mapping[str, tuple[int | None, int | None]]
BARS: Bars = {"search": (None, 56), "player": (None, 60), "status": (None, 29), "toolbar": (300, 40)}


def layout(look: str) -> dict[str, Node]:
    tree = Shelf(Path("/nowhere")).get(look).layout
    return {name: node for name, node in tree.items() if name != "pages"}


def ground(
    whole: tuple[int, int] = (1180, 634), dragged: Mapping[tuple[str, str], int] | None = None, bars: Bars = BARS
) -> Ground:
    sizes = dragged or {}
    return Ground(whole, 1, 80, bars, round, lambda node, child: sizes.get((node, child)))


def rects(areas: Sequence[Area], whole: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    wide, high = whole
    return [(area.x.of(wide), area.y.of(high), area.width.of(wide), area.height.of(high)) for area in areas]


def arranged(
    tree: Mapping[str, Node],
    on: Collection[str] = CATALOG,
    whole: tuple[int, int] = (1180, 634),
    dragged: Mapping[tuple[str, str], int] | None = None,
) -> dict[str, tuple[int, int, int, int]]:
    areas = Areas(tree, "catalog", on, list(on), ground(whole, dragged))
    return dict(zip(areas.views, rects([*areas.views.values()], whole), strict=True))


@pytest.mark.parametrize("look", BUILTIN)
@pytest.mark.parametrize("root", ["window", "catalog"])
def test_what_is_shown_fills_the_window_without_gaps(look: str, root: str) -> None:
    names = WINDOW if root == "window" else CATALOG
    for count in range(1, len(names) + 1):
        for on in combinations(names, count):
            for whole in ((1180, 734), (640, 400), (2400, 1500)):
                areas = Areas(layout(look), root, on, on, ground(whole))
                assert set(areas.views) == set(on)
                taken = rects([*areas.views.values(), *areas.lines], whole)
                assert sum(width * height for _, _, width, height in taken) == whole[0] * whole[1], (on, whole)
                for (x, y, width, height), (left, top, wide, high) in combinations(taken, 2):
                    apart = x + width <= left or left + wide <= x or y + height <= top or top + high <= y
                    assert apart, (on, whole)


def test_dark_is_as_it_always_was() -> None:
    assert arranged(layout("dark")) == {
        "search": (0, 0, 1180, 56),
        "filters": (0, 57, 235, 577),
        "list": (236, 57, 944, 287),
        "detail": (236, 344, 944, 290),
    }
    assert arranged(layout("dark"), ("search", "list"))["list"] == (0, 57, 1180, 577)


def test_what_holds_nothing_that_is_shown_leaves_no_line() -> None:
    tree = {
        "catalog": Node("rows", ("search", "list", "low"), (None, None, 90)),
        "low": Node("rows", ("detail",), (None,)),
    }
    areas = Areas(tree, "catalog", ("search", "list"), (), ground())
    assert len(areas.lines) == 1 and "detail" not in areas.views and not areas.sashes


def test_a_view_that_nobody_knows_takes_no_place() -> None:
    tree = {"catalog": Node("rows", ("search", "list", "lyrics"), (None, None, 90))}
    assert set(Areas(tree, "catalog", CATALOG, CATALOG, ground()).views) == {"search", "list"}
    assert Areas({}, "catalog", CATALOG, CATALOG, ground()).views == {}


def test_in_a_small_window_a_part_takes_no_more_than_half() -> None:
    assert arranged(layout("dark"), whole=(700, 300))["detail"][3] == 150


def test_what_the_user_dragged_may_be_more_than_half_but_leaves_something() -> None:
    found = arranged(layout("dark"), dragged={("middle", "detail"): 400})
    assert found["detail"][3] == 400
    found = arranged(layout("dark"), dragged={("middle", "detail"): 4_000})
    assert found["list"][3] == 80
    found = arranged(layout("dark"), dragged={("body", "filters"): 300})
    assert found["filters"][2] == 299, "a size is with the line beside it"


def test_in_a_stack_what_was_asked_for_last_is_seen() -> None:
    tree = {
        "catalog": Node("columns", ("main", "side"), (None, 300)),
        "main": Node("rows", ("search", "list"), (None, None)),
        "side": Node("stack", ("filters", "detail"), (None, None)),
    }
    assert "detail" not in arranged(tree, ("search", "list", "detail", "filters"))
    found = arranged(tree, ("search", "list", "filters", "detail"))
    assert "filters" not in found and found["detail"] == (881, 0, 299, 634)
    assert "filters" in arranged(tree, ("search", "list", "filters"))
    assert arranged(tree, ("search", "list"))["list"] == (0, 57, 1180, 577)


def test_bars_side_by_side_are_as_high_as_the_highest() -> None:
    tree = {
        "window": Node("rows", ("pages", "low"), (None, None)),
        "low": Node("columns", ("player", "status"), (None, 300)),
    }
    areas = Areas(tree, "window", WINDOW, (), ground((1000, 700)))
    assert rects([areas.views["pages"], areas.views["status"]], (1000, 700)) == [
        (0, 0, 1000, 639),
        (701, 640, 299, 60),
    ]


def test_sashes_are_at_what_has_a_size_and_say_how_it_grows() -> None:
    areas = Areas(layout("dark"), "catalog", CATALOG, (), ground())
    told = {(sash.node, sash.child): (sash.upright, sash.sign, sash.size) for sash in areas.sashes}
    assert told == {("body", "filters"): (True, 1, 236), ("middle", "detail"): (False, -1, 290)}
    neon = Areas(layout("neon"), "catalog", CATALOG, (), ground())
    assert {(sash.child, sash.sign) for sash in neon.sashes} == {("filters", -1), ("detail", 1)}


def test_before_the_size_is_known_areas_are_right_for_any() -> None:
    areas = Areas(layout("dark"), "catalog", CATALOG, (), ground((0, 0)))
    assert rects([areas.views["list"]], (1180, 634)) == [(236, 57, 944, 287)]
