"""Styles at every scale keep their proportions."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.looks.tokens import LIGHT
from ctk.ui import styles
from ctk.ui.theme import Theme
from ctk.ui.widgets.kept import Kept


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 2.5])
def test_a_look_can_be_made_at_any_scale(root: tk.Tk, scale: float) -> None:
    Theme(root)  # makes the fonts
    style = ttk.Style(root)
    style.theme_create("scaled", parent="clam")
    style.theme_use("scaled")
    images = styles.make(style, LIGHT, lambda distance: round(distance * scale), Kept())
    assert images
    button = ttk.Button(root, text="Add folder...", style="Accent.TButton")
    button.pack()
    bar = ttk.Scrollbar(root)
    bar.pack(side="right", fill="y")
    root.update()
    assert button.winfo_reqheight() > 18 * scale
    assert bar.winfo_reqwidth() == pytest.approx(12 * scale, abs=3)
