"""Pages and their tabs: made when first turned to, covered while there is nothing to show."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.ui.theme import Theme
from ctk.ui.views.pages import Pages
from tests.display import hands, settle


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def pages(root: tk.Tk, made: list[str]) -> Pages:
    theme = Theme(root)
    theme.use("light")
    pages = Pages(root, theme)
    pages.pack(fill="both", expand=True)

    def one(master: tk.Misc) -> ttk.Frame:
        made.append("one")
        return ttk.Frame(master, width=40, height=40)

    def two(master: tk.Misc) -> ttk.Frame:
        made.append("two")
        return ttk.Frame(master, width=40, height=40)

    pages.add({"One": one, "Two": two})
    settle(root)
    return pages


def test_a_page_is_made_once_when_it_is_first_shown(pages: Pages, made: list[str]) -> None:
    assert made == ["one"] and pages.name == "One"
    for name in ("Two", "One", "Two"):
        pages.show(name)
    assert made == ["one", "two"] and pages.name == "Two"


def test_a_click_on_a_tab_turns_to_its_page(root: tk.Tk, pages: Pages) -> None:
    turned: list[str] = []
    pages.turned.connect(turned.append)
    assert pages._tabs is not None
    hands(root).click(pages._tabs.winfo_children()[1], 10, 8)
    assert turned == ["Two"] and pages._pages["Two"].winfo_ismapped() and not pages._pages["One"].winfo_ismapped()
    pages.show("Two")
    assert turned == ["Two"]


def test_a_cover_hides_pages_and_tabs(root: tk.Tk, pages: Pages) -> None:
    cover = ttk.Frame(pages.stage)
    assert pages.cover(cover) and not pages.cover(cover)
    settle(root)
    assert pages._tabs is not None
    assert cover.winfo_ismapped() and not pages._tabs.winfo_ismapped()
    pages.show("Two")
    settle(root)
    assert cover.winfo_ismapped()
    assert pages.cover(None)
    settle(root)
    assert pages._pages["Two"].winfo_ismapped() and pages._tabs.winfo_ismapped()


def test_tabs_come_in_another_order_or_go(root: tk.Tk, pages: Pages) -> None:
    pages.show("Two")
    pages.list(("Two", "One", "Three"))
    settle(root)
    assert pages._tabs is not None
    assert [str(tab.cget("text")) for tab in pages._tabs.winfo_children()] == ["Two", "One"]
    assert pages._tabs._chosen.get() == "Two" and pages._pages["Two"].winfo_ismapped()
    pages.list(())
    settle(root)
    assert pages._tabs is None and pages.stage.winfo_y() == 0
    pages.show("One")
    settle(root)
    assert pages._pages["One"].winfo_ismapped()
