"""Styles at every scale keep their proportions."""

import tkinter as tk
from dataclasses import replace
from tkinter import ttk

import pytest
from PIL import ImageColor

from ctk.looks.look import Spacing
from ctk.ui import styles
from ctk.ui.theme import Theme
from ctk.ui.widgets.kept import Kept
from tests.display import settle
from tests.ui.screens import shot


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 2.5])
def test_a_look_can_be_made_at_any_scale(root: tk.Tk, scale: float) -> None:
    theme = Theme(root)  # makes the fonts
    style = ttk.Style(root)
    style.theme_create("scaled", parent="clam")
    style.theme_use("scaled")
    images = styles.make(style, theme.look, lambda distance: round(distance * scale), Kept())
    assert images
    button = ttk.Button(root, text="Add folder...", style="Accent.TButton")
    button.pack()
    bar = ttk.Scrollbar(root)
    bar.pack(side="right", fill="y")
    root.update()
    assert button.winfo_reqheight() > 18 * scale
    assert bar.winfo_reqwidth() == pytest.approx(12 * scale, abs=3)


def test_a_look_says_more_of_single_styles(root: tk.Tk) -> None:
    theme = Theme(root)
    theme.use("neon")
    style = ttk.Style(root)
    tokens, scale = theme.tokens, theme.scale
    assert style.lookup("Table.Treeview.Heading", "foreground") == tokens.accent, "a colour by its name"
    padding = [int(side) for side in str(style.lookup("Tab.Toolbutton", "padding")).split()]
    assert padding == [round(16 * scale), round(6 * scale)]


def test_buttons_take_the_colour_and_the_corners_that_are_said(root: tk.Tk) -> None:
    theme = Theme(root)
    look = replace(theme.look, styles={"TButton": {"background": "danger"}}, spacing=Spacing(radius=0))
    theme.take(look)
    button = ttk.Button(root, text="Press me", width=20)
    button.pack()
    settle(root)
    x, y = button.winfo_rootx(), button.winfo_rooty()
    assert shot(root).getpixel((x + 4, y + 4)) == ImageColor.getrgb(theme.tokens.danger)
