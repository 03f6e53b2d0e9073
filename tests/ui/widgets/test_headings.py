"""Headings that are dragged to another place; a line shows where."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.widgets.columns import Column, Columns
from tests.display import Hands, hands, settle

COLUMNS = (
    Column("name", "Name", 200, 80, stretch=True),
    Column("path", "Folder", 100, 60, stretch=True),
    Column("size", "Size", 80, 50, "e"),
    Column("key", "Key", 80, 50),
)


class Made:
    """A tree with columns, and what was told of them."""

    def __init__(self, root: tk.Tk) -> None:
        self.hands: Hands = hands(root)
        self.sorted: list[str] = []
        self.orders: list[list[str]] = []
        self.widths: list[dict[str, int]] = []
        self.done: list[str] = []
        self.tree = ttk.Treeview(root)
        self.columns = Columns(self.tree, COLUMNS, sort=self.sorted.append, dragged=self.widths.append)
        self.columns.let_move(self.orders.append)
        self.tree.pack(fill="both", expand=True)
        settle(root)
        self.columns.fit()

    @property
    def shown(self) -> list[str]:
        return self.columns._shown[1:]

    def middle(self, id: str) -> int:
        names = ["#0", *self.shown]
        left = sum(int(self.tree.column(name, "width")) for name in names[: names.index(id)])
        return left + int(self.tree.column(id, "width")) // 2

    def drag(self, id: str, to: int) -> None:
        self.hands.drag(self.tree, (self.middle(id), 8), (to, 8))


@pytest.fixture
def made(root: tk.Tk) -> Made:
    return Made(root)


def test_a_heading_is_dragged_before_another(made: Made) -> None:
    made.drag("key", made.middle("path") - 20)
    assert made.orders == [["name", "key", "path", "size"]] and made.shown == ["key", "path", "size"]
    made.drag("key", made.middle("size") + 30)
    assert made.shown == ["path", "size", "key"]
    assert made.sorted == [] and made.widths == []


def test_the_first_stays_and_nothing_comes_before_it(made: Made) -> None:
    made.drag("#0", made.middle("size"))
    assert made.orders == []
    made.drag("size", 5)
    assert made.shown == ["size", "path", "key"]


def test_where_it_was_it_stays_and_a_click_still_sorts(made: Made) -> None:
    made.drag("size", made.middle("size") + 12)
    assert made.orders == []
    made.hands.click(made.tree, made.middle("path"), 8)
    assert made.sorted[-1] == "path" and made.orders == []


def test_hidden_ones_keep_their_place(made: Made) -> None:
    made.columns.hide({"size"})
    made.drag("key", made.middle("path") - 20)
    assert made.shown == ["key", "path"]
    made.columns.hide(())
    assert made.shown == ["key", "path", "size"]


def test_a_separator_is_no_heading(made: Made) -> None:
    edge = made.middle("path") + int(made.tree.column("path", "width")) // 2
    made.hands.drag(made.tree, (edge - 1, 8), (edge - 31, 8))
    assert made.orders == [] and len(made.widths) == 1


@pytest.fixture
def keyed(made: Made) -> Made:
    """With the keys on the first heading."""
    assert made.columns.hold("#ff0000", lambda: made.done.append("done"))
    settle(made.tree)
    return made


def bar(made: Made) -> tuple[int, int]:
    mark = made.columns._headings._mark  # type: ignore[union-attr]
    assert mark is not None and mark.winfo_ismapped()
    return mark.winfo_x(), mark.winfo_width()


def test_arrows_go_through_the_headings(keyed: Made) -> None:
    wide = [int(keyed.tree.column(key, "width")) for key in ("#0", "path", "size", "key")]
    assert bar(keyed) == (0, wide[0])
    keyed.hands.key("Left", "Right", "Right")
    assert bar(keyed) == (wide[0] + wide[1], wide[2])
    keyed.hands.key("Right", "Right", "Right")
    assert bar(keyed)[1] == wide[3]
    keyed.hands.key("Return")
    assert keyed.done == ["done"] and not keyed.orders and not keyed.sorted


def test_with_shift_they_carry_a_column_along(keyed: Made) -> None:
    keyed.hands.key("shift+Right")
    assert keyed.orders == [], "the first one stays"
    keyed.hands.key("Right", "shift+Right", "shift+Right", "shift+Right")
    assert keyed.shown == ["size", "key", "path"] and keyed.orders[-1] == ["name", "size", "key", "path"]
    keyed.hands.key("shift+Left", "shift+Left", "shift+Left")
    assert keyed.shown == ["path", "size", "key"] and len(keyed.orders) == 4


def test_up_and_down_make_it_wider_and_narrower(keyed: Made) -> None:
    keyed.hands.key("Right", "Right", "Up", "Up")
    step = keyed.tree.winfo_pixels("9p")
    assert keyed.tree.column("size", "width") == 80 + 2 * step and keyed.widths[-1]["size"] == 80 + 2 * step
    assert bar(keyed)[1] == 80 + 2 * step
    keyed.hands.key(*["Down"] * 6)
    assert keyed.tree.column("size", "width") == 50, "never less than its least"


def test_headings_that_lose_the_keys_show_no_bar(keyed: Made) -> None:
    keyed.tree.focus_set()
    settle(keyed.tree)
    mark = keyed.columns._headings._mark  # type: ignore[union-attr]
    assert mark is not None and not mark.winfo_ismapped() and keyed.done == []
    keyed.drag("key", keyed.middle("path") - 20)
    assert keyed.shown[0] == "key"
