"""Fonts take the family and the size that a look wants, wherever they are shown."""

import tkinter as tk
from tkinter import font

from ctk.looks.look import Fonts as Wanted
from ctk.ui.fonts import LARGE, SMALL, Fonts


def test_the_first_family_that_is_installed_is_taken(root: tk.Tk) -> None:
    fonts = Fonts(root)
    plain = font.nametofont("TkDefaultFont", root)
    usual = plain.actual("family")
    there = next(name for name in font.families(root) if name != usual)
    fonts.use(Wanted(("No such font", there.upper())))
    assert plain.actual("family") == font.Font(root, family=there).actual("family")
    fonts.use(Wanted(("No such font",)))
    assert plain.actual("family") == usual


def test_sizes_follow_and_come_back(root: tk.Tk) -> None:
    fonts = Fonts(root)
    made = [font.nametofont(name, root) for name in (SMALL, "TkDefaultFont", LARGE)]
    usual = [each.metrics("linespace") for each in made]
    fonts.use(Wanted(size=150))
    assert all(each.metrics("linespace") > before * 1.3 for each, before in zip(made, usual, strict=True))
    fonts.use(Wanted())
    assert [each.metrics("linespace") for each in made] == usual
