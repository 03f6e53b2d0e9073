"""A menu opens beside its button, always on the screen, with what counts now."""

import sys
import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.theme import Theme
from ctk.ui.views.popup import Popup
from tests.display import settle
from tests.ui.screens import shot


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Where menus opened."""
    places: list[tuple[int, int]] = []
    monkeypatch.setattr(tk.Menu, "tk_popup", lambda _, x, y: places.append((x, y)))
    return places


class Lines:
    """So many lines of a menu."""

    def __init__(self, count: int, label: str = "A line") -> None:
        self.count = count
        self._label = label

    def fill(self, menu: tk.Menu) -> None:
        for _ in range(self.count):
            menu.add_command(label=self._label)


def test_it_is_filled_anew_and_opens_above(root: tk.Tk, opened: list[tuple[int, int]]) -> None:
    theme = Theme(root)
    theme.use("dark")
    button = ttk.Button(root, text="More")
    button.place(x=100, y=300)
    settle(root)
    lines = Lines(1)
    popup = Popup(root, theme, lines.fill)
    popup.open(button)
    assert popup.menu.index("end") == 0
    lines.count = 4
    popup.open(button)
    assert popup.menu.index("end") == 3
    assert opened[1][0] == button.winfo_rootx()
    assert opened[1][1] == button.winfo_rooty() - popup.menu.winfo_reqheight()


def test_without_room_above_it_opens_below_and_never_beyond_the_right(
    root: tk.Tk, opened: list[tuple[int, int]]
) -> None:
    theme = Theme(root)
    theme.use("dark")
    button = ttk.Button(root, text="More")
    button.place(x=0, y=0)
    root.geometry(f"+{root.winfo_screenwidth() - 30}+0")
    settle(root)
    popup = Popup(root, theme, Lines(9, "A long line " * 3).fill)
    popup.open(button)
    ((x, y),) = opened
    assert y >= button.winfo_rooty() + button.winfo_height() - 1
    assert x + popup.menu.winfo_reqwidth() <= root.winfo_screenwidth()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there the system draws menus")
@pytest.mark.parametrize("look", ["light", "dark"])
def test_an_edge_is_around_it(root: tk.Tk, look: str) -> None:
    theme = Theme(root)
    theme.use(look)
    button = ttk.Button(root, text="More")
    button.place(x=100, y=300)
    settle(root)
    menu = Popup(root, theme, Lines(3).fill)
    menu.open(button)
    settle(root)
    x, y = menu.menu.winfo_rootx(), menu.menu.winfo_rooty() + 20
    picture = shot(root)
    menu.menu.unpost()
    edge, inside = (f"#{''.join(f'{part:02x}' for part in picture.getpixel((x + by, y)))}" for by in (0, 5))  # type: ignore[union-attr]
    assert (edge, inside) == (theme.tokens.edge, theme.tokens.raised)
