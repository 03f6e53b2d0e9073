"""A tip appears when the pointer rests, and goes when it leaves."""

import tkinter as tk
from tkinter import ttk

from ctk.ui.widgets import tip
from tests.display import hands, settle, turn


def test_a_tip_comes_and_goes(root: tk.Tk) -> None:
    button = ttk.Button(root, text="Play")
    button.pack(pady=100)
    shown = tip.Tip(button, "Play or pause")
    settle(root)
    hand = hands(root)
    root.event_generate("<Motion>", warp=True, x=2, y=2)
    settle(root)
    button.event_generate("<Enter>")
    turn(root, lambda: shown.window is not None, "the tip")
    hand.click(button, 5, 5)
    assert shown.window is None


def test_a_widget_that_goes_takes_its_tip_along(root: tk.Tk) -> None:
    button = ttk.Button(root, text="Play")
    button.pack()
    shown = tip.Tip(button, "Play or pause")
    button.event_generate("<Enter>")
    turn(root, lambda: shown.window is not None, "the tip")
    button.destroy()
    assert shown.window is None


def test_no_tip_lies_over_an_open_menu(root: tk.Tk) -> None:
    button = ttk.Button(root, text="More")
    button.pack()
    shown = tip.Tip(button, "Output")
    settle(root)
    root.grab_set()
    button.event_generate("<Enter>")
    turn(root, lambda: shown._timer is None, "the moment")
    assert shown.window is None
    root.grab_release()
