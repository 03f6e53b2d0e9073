"""The look: colours of every widget, sizes that follow the screen, a switch that reaches all."""

import tkinter as tk
from tkinter import font, ttk

import pytest

from ctk.looks.tokens import DARK, LIGHT
from ctk.ui import styles
from ctk.ui.theme import Theme
from tests.display import settle


@pytest.fixture
def theme(root: tk.Tk) -> Theme:
    return Theme(root)


@pytest.mark.parametrize(("choice", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_a_look_colours_everything(theme: Theme, root: tk.Tk, choice: str, tokens: object) -> None:
    theme.use(choice)
    style = ttk.Style(root)
    assert theme.tokens is tokens
    assert style.lookup("TLabel", "background") == theme.tokens.chrome
    assert style.lookup("Table.Treeview", "background") == theme.tokens.surface
    assert style.lookup("Table.Treeview", "background", ["selected", "focus"]) == theme.tokens.focused
    assert style.lookup("Table.Treeview", "background", ["selected"]) == theme.tokens.selected
    assert root.cget("background") == theme.tokens.chrome


def test_system_is_a_look_as_well(theme: Theme) -> None:
    theme.use("system")
    assert theme.tokens in (LIGHT, DARK)


def test_a_switch_is_told_and_a_look_is_made_once(theme: Theme, root: tk.Tk) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.tokens.name))
    for choice in ("dark", "light", "dark"):
        theme.use(choice)
    assert told == ["dark", "light", "dark"]
    assert {name for name in ttk.Style(root).theme_names() if name.startswith("ctk-")} == {"ctk-dark", "ctk-light"}


def test_rows_are_as_high_as_their_text(theme: Theme, root: tk.Tk) -> None:
    theme.use("light")
    height = int(ttk.Style(root).lookup("Table.Treeview", "rowheight"))
    line = font.nametofont("TkDefaultFont", root).metrics("linespace")
    assert line < height <= 2 * line


def test_fonts_have_an_order_of_sizes(theme: Theme, root: tk.Tk) -> None:
    sizes = [font.nametofont(name, root).cget("size") for name in (styles.SMALL, styles.LARGE, styles.HERO)]
    assert sizes == sorted(sizes) and len(set(sizes)) == 3


def test_icons_and_the_logo(theme: Theme) -> None:
    assert theme.icon("play", 20, "#ffffff", gap=6).width() == theme.px(20) + theme.px(6)
    assert theme.disc("play", 36) is not theme.disc("play", 36, hover=True)
    assert theme.logo() is theme.logo()
    assert theme.logo().width() == 256


def test_every_style_draws_in_every_state(theme: Theme, root: tk.Tk) -> None:
    """A style with a missing element would raise here."""
    for choice in ("light", "dark"):
        theme.use(choice)
        widgets: list[ttk.Widget] = [
            *(ttk.Button(root, text="x", style=name) for name in ("TButton", "Accent.TButton", "Small.TButton")),
            ttk.Checkbutton(root, style="Toolbutton"),
            ttk.Frame(root, style="Field.TFrame", width=50, height=30),
            ttk.Entry(root, style="Field.TEntry"),
            ttk.Scrollbar(root),
            ttk.Scrollbar(root, orient="horizontal"),
            ttk.Progressbar(root, value=50),
            ttk.Treeview(root, style="Table.Treeview"),
        ]
        for widget in widgets:
            widget.pack()
        settle(root)
        for state in ("active", "pressed", "focus", "selected", "disabled", "invalid"):
            for widget in widgets:
                widget.state([state])
            settle(root, 1)
        for widget in widgets:
            widget.destroy()


def test_menus_take_the_colours_where_tk_draws_them(theme: Theme, root: tk.Tk) -> None:
    theme.use("dark")
    menu = tk.Menu(root)
    before = str(menu.cget("background"))
    theme.paint_menu(menu)
    expected = DARK.chrome if root.tk.call("tk", "windowingsystem") == "x11" else before
    assert str(menu.cget("background")) == expected
