"""Stars light up to the pointer and are given with a click."""

import tkinter as tk

import pytest

from ctk.ui.widgets.stars import Stars
from tests.display import hands, settle


@pytest.fixture
def picked() -> list[int]:
    return []


@pytest.fixture
def stars(root: tk.Tk, picked: list[int]) -> Stars:
    stars = Stars(root, picked=picked.append)
    lit, dark = (tk.PhotoImage(master=root, width=20, height=20) for _ in range(2))
    stars.set_icons(lit, dark)
    stars.place(x=50, y=50)
    settle(root)
    return stars


def lit(stars: Stars) -> int:
    """How many are lit."""
    return sum(str(star.cget("image")[0]) == str(stars._lit) for star in stars._stars)


def test_a_click_gives_so_many_and_one_on_the_last_takes_them(root: tk.Tk, stars: Stars, picked: list[int]) -> None:
    hands(root).click(stars._stars[3], 5, 5)
    assert picked == [4] and lit(stars) == 4
    stars.set(4)
    hands(root).click(stars._stars[3], 5, 5)
    hands(root).click(stars._stars[1], 5, 5)
    assert picked == [4, 0, 2]


def test_without_the_pointer_it_shows_what_is_set(root: tk.Tk, stars: Stars) -> None:
    stars.set(2)
    assert lit(stars) == 2
    hands(root).click(stars._stars[4], 5, 5)
    assert lit(stars) == 5
    hands(root).click(root, 300, 300)
    assert lit(stars) == 2
