"""Styles at every scale keep their proportions."""

import tkinter as tk
from dataclasses import replace
from itertools import pairwise
from tkinter import ttk
from typing import Literal

import pytest
from PIL import ImageColor

from ctk.looks.look import Spacing
from ctk.ui import styles
from ctk.ui.theme import Theme
from ctk.ui.widgets.kept import Kept
from tests.display import settle
from tests.ui.screens import of, shot


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


def test_a_bar_with_nothing_to_scroll_is_not_to_be_seen(root: tk.Tk) -> None:
    theme = Theme(root)
    theme.use("light")
    bar = ttk.Scrollbar(root)
    bar.pack(side="right", fill="y")
    bar.set(0.0, 0.5)
    assert len(of(bar).getcolors() or ()) > 1
    bar.set(0.0, 1.0)
    assert [colour for _, colour in of(bar).getcolors() or ()] == [ImageColor.getrgb(theme.tokens.surface)]


@pytest.mark.parametrize("scale", [100, 160])
def test_headings_stand_over_what_is_below_them(root: tk.Tk, scale: int) -> None:
    theme = Theme(root)
    theme.take(replace(theme.look, spacing=Spacing(scale=scale)))
    tree = ttk.Treeview(root, style="Table.Treeview", columns=("left", "right"), height=1)
    sides: tuple[tuple[str, Literal["w", "e"]], ...] = (("left", "w"), ("right", "e"))
    for column, anchor in sides:
        tree.heading(column, text="HHHH", anchor=anchor)
        tree.column(column, anchor=anchor, width=150)
    tree.heading("#0", text="HHHH", anchor="w")
    font = str(ttk.Style(root).lookup("Table.Treeview.Heading", "font"))
    tree.tag_configure("same", font=font)
    tree.insert("", "end", text="HHHH", values=("HHHH", "HHHH"), tags=("same",))
    tree.pack()
    settle(root)
    picture, ground = of(tree), ImageColor.getrgb(theme.tokens.surface)
    _, y, _, high = (int(side) for side in tree.bbox(tree.get_children()[0]))
    edges = []
    for top, bottom in ((0, y), (y, y + high)):
        inked = [
            x for x in range(picture.width) if any(picture.getpixel((x, at)) != ground for at in range(top, bottom))
        ]
        gaps = [at for at, (one, other) in enumerate(pairwise(inked)) if other - one > 20]
        edges.append((inked[0], inked[gaps[0] + 1], inked[-1]))
    assert edges[0] == pytest.approx(edges[1], abs=1)
