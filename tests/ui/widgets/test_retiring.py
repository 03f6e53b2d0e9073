"""What is typed while a widget goes away arrives."""

import sys
import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.widgets import retiring
from ctk.ui.widgets.retiring import retire
from tests.display import XHands, settle, turn


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only with X11: keys go where the pointer is")
def test_a_key_on_its_way_to_it_is_not_lost(root: tk.Tk) -> None:
    entry, below = ttk.Entry(root), ttk.Frame(root, width=300, height=300)
    entry.pack()
    below.pack()
    settle(root)
    entry.focus_force()
    hands = XHands(root)
    hands.click(below, 150, 150, button=2)
    hands.send("key", "k")
    retire(below)
    turn(root, lambda: entry.get() == "k", "the letter")
    assert not below.winfo_ismapped()


@pytest.mark.parametrize("manager", ["pack", "grid", "place"])
def test_it_is_hidden_at_once_and_gone_later(root: tk.Tk, monkeypatch: pytest.MonkeyPatch, manager: str) -> None:
    monkeypatch.setattr(retiring, "LATER_MS", 1)
    frame = ttk.Frame(root, width=20, height=20)
    getattr(frame, manager)()
    settle(root)
    retire(frame)
    assert not frame.winfo_manager()
    turn(root, lambda: not frame.winfo_exists(), "its end")


def test_nothing_is_left_to_do_when_the_window_is_closed_before(root: tk.Tk) -> None:
    page = ttk.Frame(root)
    button = ttk.Button(page)
    button.pack()
    page.pack()
    settle(root)
    before = root.tk.call("after", "info")
    retire(button)
    page.destroy()
    assert root.tk.call("after", "info") == before
