"""Borders that are dragged: the strip comes up near them and goes again."""

import tkinter as tk
from collections.abc import Sequence
from typing import Any

import pytest

from ctk.ui.widgets.sash import Border, Sashes
from tests.display import Hands, hands, settle


class Parted:
    """A frame with an upright border, which follows the pointer."""

    def __init__(self, root: tk.Tk) -> None:
        self.at = self.begun_at = 200
        self.told: list[tuple[Any, ...]] = []
        self.frame = tk.Frame(root, background="white")
        self.frame.pack(fill="both", expand=True)
        self.child = tk.Label(self.frame, text="in it")
        self.child.place(x=0, y=0, relwidth=1, relheight=1)
        self.sashes = Sashes(
            self.frame,
            self.borders,
            reach=3,
            colours=lambda: ("#808080", "#ff0000"),
            begun=self.begin,
            moved=self.move,
            ended=lambda key: self.told.append(("ended", key)),
            reset=lambda key: self.told.append(("reset", key)),
        )
        self.hands: Hands = hands(root)
        settle(root)

    def borders(self) -> Sequence[Border]:
        return [Border("side", True, self.at, 0, 300)]

    def begin(self, key: Any) -> None:
        self.told.append(("begun", key))
        self.begun_at = self.at

    def move(self, key: Any, by: int) -> None:
        self.told.append(("moved", key, by))
        self.at = self.begun_at + by

    def point(self, x: int, y: int) -> None:
        self.hands.click(self.frame, x, y, button=9)


@pytest.fixture
def parted(root: tk.Tk) -> Parted:
    return Parted(root)


def test_the_strip_comes_up_near_a_border_and_goes_again(parted: Parted) -> None:
    parted.point(150, 100)
    assert not parted.sashes.strip.winfo_ismapped()
    parted.point(202, 100)
    assert parted.sashes.strip.winfo_ismapped()
    assert (parted.sashes.strip.winfo_x(), parted.sashes.strip.winfo_width()) == (197, 7)
    parted.point(150, 100)
    assert not parted.sashes.strip.winfo_ismapped()
    parted.point(200, 320)
    assert not parted.sashes.strip.winfo_ismapped(), "the border is not as long as that"


def test_a_drag_is_told_from_where_it_began(parted: Parted) -> None:
    parted.point(200, 100)
    parted.hands.drag(parted.frame, (200, 100), (260, 100))
    assert parted.told[0] == ("begun", "side") and parted.told[-1] == ("ended", "side")
    assert parted.told[-2] == ("moved", "side", 60)
    assert parted.sashes.strip.winfo_x() == 257


def test_a_double_click_is_told(parted: Parted) -> None:
    parted.point(200, 100)
    parted.hands.click(parted.frame, 200, 100, count=2)
    assert ("reset", "side") in parted.told and not parted.sashes.strip.winfo_ismapped()


def test_arrows_move_a_border_that_has_the_keys(parted: Parted) -> None:
    steps: list[int] = []
    sashes, strip = parted.sashes, parted.sashes.strip
    sashes.hold("side", steps.append)
    settle(parted.frame)
    assert (strip.winfo_x(), strip.cget("background")) == (197, "#ff0000")
    step = strip.winfo_pixels("12p")
    parted.hands.key("Right", "Right", "Up", "Down", "shift+Left")
    assert parted.at == 200 + 2 * step - 1 == strip.winfo_x() + 3
    assert parted.told[:3] == [("begun", "side"), ("moved", "side", step), ("ended", "side")]
    parted.point(60, 60)
    assert strip.winfo_ismapped(), "it stays while it has the keys"
    parted.hands.key("Home", "Return")
    assert parted.told[-1] == ("reset", "side") and steps == [0] and not strip.winfo_ismapped()


@pytest.mark.parametrize(("key", "step"), [("Tab", 1), ("F8", 1), ("shift+F8", -1), ("shift+Tab", -1), ("Escape", 0)])
def test_the_keys_go_on_from_a_border(parted: Parted, key: str, step: int) -> None:
    steps: list[int] = []
    parted.sashes.hold("side", steps.append)
    settle(parted.frame)
    parted.hands.key(key)
    assert steps == [step] and not parted.sashes.strip.winfo_ismapped()


def test_a_border_that_loses_the_keys_goes(parted: Parted) -> None:
    steps: list[int] = []
    other = tk.Entry(parted.frame)
    other.place(x=10, y=10)
    parted.sashes.hold("side", steps.append)
    settle(parted.frame)
    other.focus_set()
    settle(parted.frame)
    assert not parted.sashes.strip.winfo_ismapped() and steps == []
    parted.point(202, 100)
    assert parted.sashes.strip.cget("background") == "#808080"
