"""Taking hold of rows: when a drag begins, and what a press means until then."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

import pytest

from ctk.ui.widgets.gestures import Pick
from ctk.ui.widgets.grip import Grip
from tests.display import settle


class Listed:
    """Ten rows of 20 pixels, and what is asked of them."""

    def __init__(self, root: tk.Tk) -> None:
        self.widget = ttk.Frame(root, width=300, height=300)
        self.widget.pack()
        self.picked: set[int] = set()
        self.asked: list[tuple[int, Pick]] = []
        self.lifted = 0
        self.on_pick: Callable[[int, Pick], None] = self.pick
        self.widget.bind("<Button-1>", lambda event: self.pick(event.y // 20, "only"))
        Grip(
            self.widget,
            self,
            is_picked=lambda position: position in self.picked,
            several=lambda: len(self.picked) > 1,
            lift=lambda _: self.lift(),
        )
        settle(root)

    def position(self, y: int) -> int | None:
        return y // 20 if y < 200 else None

    def pick(self, position: int, how: Pick) -> None:
        self.asked.append((position, how))
        self.picked = {position}

    def lift(self) -> None:
        self.lifted += 1

    def press(self, y: int, state: int = 0) -> None:
        self.widget.event_generate("<Button-1>", x=10, y=y, rootx=10, rooty=y, state=state)

    def move(self, y: int) -> None:
        self.widget.event_generate("<B1-Motion>", x=10, y=y, rootx=10, rooty=y)

    def release(self, y: int) -> None:
        self.widget.event_generate("<ButtonRelease-1>", x=10, y=y, rootx=10, rooty=y)


@pytest.fixture
def listed(root: tk.Tk) -> Listed:
    return Listed(root)


def test_a_press_picks_at_once_and_a_move_lifts_once(listed: Listed) -> None:
    listed.press(50)
    assert listed.asked == [(2, "only")]
    listed.move(52)
    assert listed.lifted == 0
    listed.move(80)
    listed.move(120)
    listed.release(120)
    assert (listed.lifted, listed.asked) == (1, [(2, "only")])


def test_a_press_on_several_keeps_them_until_it_is_let_go(listed: Listed) -> None:
    listed.picked = {1, 2, 3}
    listed.press(50)
    assert listed.asked == []
    listed.release(50)
    assert listed.asked == [(2, "only")]
    listed.picked = {1, 2, 3}
    listed.press(50)
    listed.move(90)
    listed.release(90)
    assert (listed.lifted, len(listed.asked), listed.picked) == (1, 1, {1, 2, 3})


@pytest.mark.parametrize("state", [0x1, 0x4])
def test_with_a_key_held_a_press_means_what_it_did(listed: Listed, state: int) -> None:
    listed.picked = {1, 2, 3}
    listed.press(50, state)
    assert listed.asked == [(2, "only")]


def test_beside_the_rows_there_is_nothing_to_lift(listed: Listed) -> None:
    listed.press(250)
    listed.move(290)
    assert listed.lifted == 0
