"""A toast rises, offers something, and goes."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.widgets import toast as module
from ctk.ui.widgets.toast import Toast
from tests.display import hands, settle, turn


@pytest.fixture
def toast(root: tk.Tk) -> Toast:
    ttk.Style(root).configure("Toast.TFrame", padding=6)
    picture = tk.PhotoImage(master=root, width=12, height=12)
    return Toast(root, gap=10, clear=lambda: picture)


def test_a_button_does_its_work_and_closes(root: tk.Tk, toast: Toast) -> None:
    done: list[str] = []
    toast.show("3 files put aside.", ("Why?", lambda: done.append("why")), ("Undo", lambda: done.append("undo")))
    settle(root)
    assert toast.text == "3 files put aside." and list(toast.buttons) == ["Why?", "Undo"]
    assert toast.winfo_y() + toast.winfo_height() == root.winfo_height() - 10
    hands(root).click(toast.buttons["Undo"], 8, 8)
    assert done == ["undo"] and toast.text == "" and toast.buttons == {}


def test_the_newest_wins(root: tk.Tk, toast: Toast) -> None:
    toast.show("one", ("Undo", lambda: None))
    toast.show("two")
    settle(root)
    assert toast.text == "two" and toast.buttons == {}


def test_it_goes_by_itself_unless_the_pointer_rests_on_it(
    root: tk.Tk, toast: Toast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHORT_MS", 200)
    hand = hands(root)
    toast.show("words")
    settle(root)
    hand.click(toast, 4, 4)
    for _ in range(20):
        settle(root)
    assert toast.text == "words"
    hand.click(root, 5, 5)
    turn(root, lambda: toast.text == "", "the end")


def test_the_cross_closes_it(root: tk.Tk, toast: Toast) -> None:
    toast.show("words")
    settle(root)
    hands(root).click(toast._close, 5, 5)
    assert toast.text == ""


def test_it_stays_while_the_keys_are_on_it_and_escape_gives_them_back(root: tk.Tk, toast: Toast) -> None:
    entry = ttk.Entry(root)
    entry.pack()
    entry.focus_force()
    settle(root)
    toast.show("Moved.", ("Undo", lambda: None))
    toast.buttons["Undo"].focus_set()
    settle(root)
    assert toast._timer is None
    hands(root).key("Escape")
    assert not toast.text and root.focus_get() is entry


def test_keys_that_came_from_what_is_gone_by_now_go_where_they_were_before(root: tk.Tk, toast: Toast) -> None:
    usual, passing = ttk.Entry(root), ttk.Entry(root)
    usual.pack()
    passing.pack()
    usual.focus_force()
    settle(root)
    passing.focus_set()
    settle(root)
    toast.show("Tagged.", ("Undo", lambda: None))
    toast.buttons["Undo"].focus_set()
    settle(root)
    passing.pack_forget()
    settle(root)
    hands(root).key("space")
    turn(root, lambda: not toast.text, "the end")
    assert root.focus_get() is usual


def test_keys_that_moved_on_after_it_came_go_where_they_were_last(root: tk.Tk, toast: Toast) -> None:
    first, last = ttk.Entry(root), ttk.Entry(root)
    first.pack()
    last.pack()
    first.focus_force()
    settle(root)
    toast.show("Moved.", ("Undo", lambda: None))
    last.focus_set()
    settle(root)
    toast.buttons["Undo"].focus_set()
    settle(root)
    toast.hide()
    assert root.focus_get() is last
