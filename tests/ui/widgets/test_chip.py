"""A click on a chip is about its word, one on its cross takes it away."""

import tkinter as tk
from unittest.mock import Mock

import pytest

from ctk.ui.widgets.chip import Chip
from tests.display import hands, settle


@pytest.mark.parametrize("crossed", [False, True])
def test_word_and_cross(root: tk.Tk, crossed: bool) -> None:
    done: list[str] = []
    cross = tk.PhotoImage(master=root, width=12, height=12) if crossed else ""
    dropped = (lambda: done.append("dropped")) if crossed else None
    chip = Chip(root, "punchy", pressed=lambda: done.append("pressed"), dropped=dropped, cross=cross, style="TButton")
    chip.place(x=50, y=50)
    settle(root)
    hands(root).click(chip, 8, 8)
    hands(root).click(chip, chip.winfo_width() - 8, 8)
    assert done == ["pressed", "dropped" if crossed else "pressed"]


def test_a_press_that_ends_elsewhere_is_taken_back(root: tk.Tk) -> None:
    done: list[str] = []
    chip = Chip(root, "punchy", pressed=lambda: done.append("pressed"), style="TButton")
    chip.place(x=50, y=50)
    settle(root)
    hands(root).drag(chip, (8, 8), (8, 150))
    assert done == []


def test_keys_do_what_clicks_do(root: tk.Tk) -> None:
    pressed, dropped = Mock(), Mock()
    chip = Chip(root, "dark", pressed=pressed, dropped=dropped)
    chip.pack()
    chip.focus_force()
    settle(root)
    hands(root).key("space", "Return", "Delete")
    root.update()
    assert (pressed.call_count, dropped.call_count) == (2, 1)
