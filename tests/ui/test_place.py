"""The window comes back where it was, if that is still on the screen."""

import tkinter as tk

import pytest

from ctk.ui import place
from tests.display import settle


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("900x600+50+40", "900x600+50+40"),
        ("9000x6000+0+0", "1280x800+0+0"),
        ("900x600+5000+40", "1152x720"),
        ("900x600+-900+0", "1152x720"),
        ("", "1152x720"),
        ("nonsense", "1152x720"),
    ],
)
def test_a_place_on_the_screen(root: tk.Tk, kept: str, expected: str) -> None:
    if (root.winfo_screenwidth(), root.winfo_screenheight()) != (1280, 800):
        pytest.skip("only on a screen of 1280 x 800")
    place.restore(root, kept, round)
    settle(root)
    assert root.geometry().startswith(expected)
