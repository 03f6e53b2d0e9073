"""Texts in parts lose their first ones where there is little room."""

import tkinter as tk
from tkinter import font, ttk

import pytest

from ctk.ui.widgets.fitting import Fitting

TEXT = "Samples / Packs / Drums / Kicks"


@pytest.fixture
def writing(root: tk.Tk) -> font.Font:
    """The font of the style."""
    made = font.Font(root, family="DejaVu Sans", size=10)
    ttk.Style(root).configure("Fitted.Treeview", font=made.name)
    return made


def test_the_first_parts_go_until_it_fits(root: tk.Tk, writing: font.Font) -> None:
    fitting, wide = Fitting(root, "Fitted.Treeview"), writing.measure(TEXT)
    assert fitting.fit(TEXT, wide) == TEXT
    for shorter in ("… / Packs / Drums / Kicks", "… / Drums / Kicks", "… / Kicks"):
        assert fitting.fit(TEXT, wide - 1) == shorter
        wide = writing.measure(shorter)
        assert fitting.fit(TEXT, wide) == shorter
    assert fitting.fit(TEXT, 1) == "… / Kicks"


def test_what_has_one_part_stays(root: tk.Tk, writing: font.Font) -> None:
    fitting = Fitting(root, "Fitted.Treeview")
    assert [fitting.fit(text, 1) for text in ("Samples", "/media/x/y", "")] == ["Samples", "/media/x/y", ""]


def test_a_larger_font_takes_more_room(root: tk.Tk, writing: font.Font) -> None:
    fitting, wide = Fitting(root, "Fitted.Treeview"), writing.measure(TEXT)
    assert fitting.fit(TEXT, wide) == TEXT
    writing.configure(size=20)
    fitting.renew()
    assert fitting.fit(TEXT, wide).startswith("… / ")
