"""A drawer opens below the page, takes the keys, and gives them back."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.keyboard import calm
from ctk.ui.theme import Theme
from ctk.ui.views.drawer import LEAST, SHARE, TABS, Drawer, Panel
from ctk.ui.views.pages import Pages
from tests.display import hands, settle


@pytest.fixture
def pages(root: tk.Tk) -> Pages:
    theme = Theme(root)
    theme.use("light")
    pages = Pages(root, theme)
    pages.pack(fill="both", expand=True)
    pages.add({"One": ttk.Entry})  # type: ignore[dict-item]
    settle(root)
    return pages


@pytest.fixture
def drawer(pages: Pages) -> Drawer:
    return pages.drawer


@pytest.fixture
def panel(drawer: Drawer, pages: Pages) -> Panel:
    return Panel(drawer, pages._theme, drawer.shut)


@pytest.mark.parametrize(("height", "wanted"), [(700, int(700 * SHARE)), (460, LEAST), (300, 300 - TABS), (120, 69)])
def test_where_there_is_little_room_it_takes_more(
    root: tk.Tk, pages: Pages, drawer: Drawer, panel: Panel, height: int, wanted: int
) -> None:
    root.geometry(f"800x{height}")
    drawer.show(panel)
    settle(root)
    assert pages.winfo_height() == height and drawer.winfo_height() == wanted


def test_it_takes_its_share_and_the_keys_and_gives_them_back(
    root: tk.Tk, pages: Pages, drawer: Drawer, panel: Panel
) -> None:
    page = pages._pages["One"]
    page.focus_force()
    root.geometry("800x600")
    settle(root)
    whole = page.winfo_height()
    drawer.show(panel)
    settle(root)
    assert drawer.winfo_height() == int(pages.winfo_height() * SHARE)
    assert page.winfo_height() < whole and str(root.tk.call("focus")) == str(panel)
    hands(root).key("Escape")
    assert drawer.panel is None and page.winfo_height() == whole
    assert str(root.tk.call("focus")) == str(page)


def test_escape_elsewhere_leaves_it_open(root: tk.Tk, pages: Pages, drawer: Drawer, panel: Panel) -> None:
    drawer.show(panel)
    pages._pages["One"].focus_force()
    settle(root)
    hands(root).key("Escape")
    assert drawer.panel is panel
    drawer.shut()
    assert str(root.tk.call("focus")) == str(pages._pages["One"])


def test_one_panel_takes_the_place_of_the_other(root: tk.Tk, drawer: Drawer, panel: Panel, pages: Pages) -> None:
    other = Panel(drawer, pages._theme, drawer.shut)
    drawer.show(panel)
    drawer.show(other)
    settle(root)
    assert other.winfo_ismapped() and not panel.winfo_ismapped() and drawer.panel is other
    drawer.show(panel)
    settle(root)
    assert panel.winfo_ismapped()


def test_buttons_stand_from_right_to_left_and_take_enter(root: tk.Tk, drawer: Drawer, panel: Panel) -> None:
    pressed: list[str] = []
    calm(root)
    yes = panel.button("Yes", lambda: pressed.append("yes"), accent=True)
    no = panel.button("No", lambda: pressed.append("no"))
    drawer.show(panel)
    settle(root)
    assert no.winfo_x() < yes.winfo_x()
    yes.focus_force()
    settle(root)
    hands(root).key("Return")
    assert pressed == ["yes"]
