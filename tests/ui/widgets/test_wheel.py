"""The wheel on every system, as far as Tk can be told to turn it."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.widgets.wheel import bind_wheel
from tests.display import hands, settle


def test_parts_of_a_notch_add_up(root: tk.Tk) -> None:
    frame = ttk.Frame(root, width=200, height=200)
    frame.pack()
    turned: list[int] = []
    bind_wheel(frame, turned.append)
    settle(root)
    for delta in (-120, -60, -60, 120, -10, -10, -10, -10):
        frame.event_generate("<MouseWheel>", delta=delta)
    assert sum(turned[:1]) == 3
    assert turned == [3, 1, 2, -3, 1]


def test_buttons_turn_on_x11(root: tk.Tk) -> None:
    if root.tk.call("tk", "windowingsystem") != "x11":
        pytest.skip("only on X11")
    frame = ttk.Frame(root, width=200, height=200)
    frame.pack()
    turned: list[int] = []
    bind_wheel(frame, turned.append)
    settle(root)
    hands(root).click(frame, 50, 50, button=5)
    hands(root).click(frame, 50, 50, button=4)
    assert turned == [3, -3]
