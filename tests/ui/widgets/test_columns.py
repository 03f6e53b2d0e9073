"""How columns share the room."""

import tkinter as tk
from tkinter import ttk

from ctk.ui.widgets.columns import WRITING, Column, Columns
from tests.display import settle

COLUMNS = (
    Column("name", "Name", 200, 80, stretch=True),
    Column("path", "Folder", 100, 60, stretch=True),
    Column("size", "Size", 80, 50, "e"),
)


def make(root: tk.Tk, width: int) -> tuple[ttk.Treeview, Columns]:
    root.geometry(f"{width}x300")
    tree = ttk.Treeview(root)
    columns = Columns(tree, COLUMNS, sort=lambda id: None, dragged=lambda widths: None)
    tree.pack(fill="both", expand=True)
    root.update()
    columns.fit()
    return tree, columns


def widths(tree: ttk.Treeview) -> list[int]:
    return [int(tree.column(key, "width")) for key in ("#0", "path", "size")]


def test_those_that_stretch_share_the_rest(root: tk.Tk) -> None:
    tree, _ = make(root, 680)
    assert widths(tree) == [400, 200, 80]


def test_none_is_narrower_than_its_least(root: tk.Tk) -> None:
    tree, _ = make(root, 150)
    assert widths(tree) == [80, 60, 80]


def test_kept_widths_come_back_and_unknown_ones_are_ignored(root: tk.Tk) -> None:
    tree, columns = make(root, 700)
    columns.set_widths({"name": 300, "path": 300, "size": 10, "gone": 99})
    assert widths(tree) == [325, 325, 50]


def test_hidden_ones_leave_their_room_to_the_others(root: tk.Tk) -> None:
    tree, columns = make(root, 680)
    columns.hide({"size"})
    assert [str(key) for key in tree.cget("displaycolumns")] == ["path"]
    assert widths(tree)[:2] == [453, 227]
    columns.hide(())
    assert widths(tree) == [400, 200, 80]


def test_headings_stand_above_their_columns(root: tk.Tk) -> None:
    tree, _ = make(root, 700)
    assert [str(tree.heading(key, "anchor")) for key in ("#0", "path", "size")] == ["w", "w", "e"]
    assert [str(tree.heading(key, "text")) for key in ("#0", "path", "size")] == ["Name", "Folder", "Size"]


def test_a_heading_can_begin_further_in(root: tk.Tk) -> None:
    tree, columns = make(root, 700)
    columns.entitle("name", "Sound", indent=60)
    assert str(tree.heading("#0", "text")).strip() == "Sound"
    further = len(str(tree.heading("#0", "text")))
    columns.entitle("name", "Sound", indent=20)
    assert 5 < len(str(tree.heading("#0", "text"))) < further
    columns.entitle("path", "Where")
    assert str(tree.heading("path", "text")) == "Where"


def test_widths_that_nobody_set_follow_the_writing(root: tk.Tk) -> None:
    tree, columns = make(root, 2_000)
    style = ttk.Style(root)

    def write(size: int) -> int:
        root.setvar(WRITING, str(size))
        style.theme_use("clam" if style.theme_use() != "clam" else "alt")
        settle(root)
        return widths(tree)[2]

    assert [write(size) for size in (160, 80, 100)] == [128, 64, 80]
    columns.set_widths({"size": 90})
    assert [write(size) for size in (160, 80, 100)] == [90, 90, 90]


def test_columns_that_are_made_while_writing_is_large_begin_wide(root: tk.Tk) -> None:
    root.setvar(WRITING, "150")
    tree, _ = make(root, 2_000)
    assert widths(tree)[2] == 120
