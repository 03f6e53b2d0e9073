"""Distances follow while widgets are in sight, and come back as they were."""

import sys
import tkinter as tk
from tkinter import filedialog, ttk

import pytest

from ctk.ui.widgets.spacing import Spacing
from tests.display import settle


def pads(widget: tk.Widget) -> tuple[str, str]:
    info = widget.pack_info()
    return str(info["padx"]), str(info["pady"])


def test_all_widgets_follow_and_come_back(root: tk.Tk) -> None:
    spacing = Spacing(root)
    frame = ttk.Frame(root, padding=(20, 10, 1, 0))
    label = ttk.Label(frame, text="a")
    frame.pack(padx=(7, 0), pady=3)
    label.pack(padx=8)
    for percent, inside, around, of_label in (
        (75, ["15", "8", "1", "0"], ("5 0", "2"), "6"),
        (150, ["30", "15", "1", "0"], ("10 0", "4"), "12"),
        (100, ["20", "10", "1", "0"], ("7 0", "3"), "8"),
    ):
        spacing.use(percent)
        assert [str(side) for side in frame.cget("padding")] == inside
        assert (pads(frame)[0].strip("()").replace(",", ""), pads(frame)[1]) == around
        assert pads(label)[0] == of_label


def test_what_comes_into_sight_later_follows_once(root: tk.Tk) -> None:
    spacing = Spacing(root)
    spacing.use(50)
    frame = ttk.Frame(root, padding=20)
    inner = ttk.Frame(frame)
    inner.pack(padx=10)
    frame.pack()
    settle(root)
    frame.pack_forget()
    frame.pack()
    settle(root)
    assert str(frame.cget("padding")[0]) == "10" and pads(inner)[0] == "5"


def test_what_others_set_since_is_what_they_want_at_100_percent(root: tk.Tk) -> None:
    spacing = Spacing(root)
    frame = ttk.Frame(root)
    frame.pack(padx=10)
    spacing.use(50)
    frame.pack_configure(padx=30)
    spacing.use(60)
    assert pads(frame)[0] == "18"


def test_what_the_style_says_follows_by_itself(root: tk.Tk) -> None:
    ttk.Style(root).configure("Round.TFrame", padding=(8, 4))
    frame = ttk.Frame(root, style="Round.TFrame", padding=(8, 4))
    frame.pack()
    Spacing(root).use(50)
    assert [str(side) for side in frame.cget("padding")] == ["8", "4"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there the dialogs are not Tk's")
def test_dialogs_of_tk_are_left_as_they_are(root: tk.Tk) -> None:
    spacing = Spacing(root)
    frame = ttk.Frame(root, padding=20)
    frame.pack()
    for percent, inside in ((50, "10"), (75, "15")):
        root.after(200, lambda: root.tk.call("set", "::tk::Priv(selectFilePath)", ""))  # as Cancel does
        assert not filedialog.askdirectory(parent=root)
        assert ".__tk_choosedir" in root.tk.splitlist(root.tk.call("winfo", "children", "."))
        spacing.use(percent)
        settle(root)
        assert str(frame.cget("padding")[0]) == inside
