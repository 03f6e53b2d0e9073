"""Widgets go on below where a line is full."""

import tkinter as tk
from tkinter import ttk

from ctk.ui.widgets.flow import Flow
from tests.display import settle


def boxes(flow: Flow, count: int) -> list[tk.Widget]:
    return [ttk.Frame(flow, width=100, height=20) for _ in range(count)]


def test_lines_break_where_the_room_ends_and_it_is_as_high_as_they_are(root: tk.Tk) -> None:
    flow = Flow(root, gap=10)
    flow.pack(fill="x")
    root.geometry("350x300")
    settle(root)
    shown = boxes(flow, 4)
    flow.show(shown)
    settle(root)
    assert [(box.winfo_x(), box.winfo_y()) for box in shown] == [(0, 0), (110, 0), (220, 0), (0, 30)]
    assert flow.winfo_height() == 50
    root.geometry("600x300")
    settle(root)
    assert flow.winfo_height() == 20


def test_what_is_not_shown_any_more_is_gone(root: tk.Tk) -> None:
    flow = Flow(root, gap=4)
    flow.pack(fill="x")
    first, second = boxes(flow, 2)
    flow.show([first, second])
    flow.show([second])
    assert not first.winfo_ismapped() and second.winfo_manager()
    flow.show([])
    settle(root)
    assert flow.winfo_height() == 1


def test_one_that_is_too_wide_is_cut(root: tk.Tk) -> None:
    flow = Flow(root, gap=4)
    flow.pack(fill="x")
    root.geometry("80x200")
    settle(root)
    (only,) = boxes(flow, 1)
    flow.show([only])
    settle(root)
    assert only.winfo_width() == flow.winfo_width()


def test_another_look_may_need_more_room(root: tk.Tk) -> None:
    flow = Flow(root, gap=4)
    flow.pack(fill="x")
    root.geometry("600x300")
    first, second = (ttk.Button(flow, text=text) for text in ("kick", "snare"))
    flow.show([first, second])
    settle(root)
    before = second.winfo_x()
    ttk.Style(root).configure("TButton", padding=(40, 10))
    settle(root)
    assert second.winfo_x() > before and second.winfo_x() >= first.winfo_x() + first.winfo_width()
    assert flow.winfo_height() >= first.winfo_reqheight()
