"""Everything can be reached by keys, on every page, and it is seen where they are."""

import os
import sys
import tkinter as tk
from tkinter import ttk

import pytest
from PIL import Image, ImageChops, ImageGrab

from tests.display import settle
from tests.ui.conftest import Rig

AROUND = 10
"""A text box shows in the frame around it that it has the keys."""


def stops(rig: Rig) -> list[tk.Misc]:
    """Where the Tab key comes by, once around."""
    at: tk.Misc | None = rig.root.focus_get()
    found: list[tk.Misc] = []
    while (at := at.tk_focusNext() if at is not None else None) is not None and at not in found:
        found.append(at)
    return found


def reachable(rig: Rig) -> set[str]:
    return {str(widget) for widget in stops(rig)}


def usable(widget: tk.Misc) -> bool:
    """A button, box or list in sight that is not switched off."""
    if widget.winfo_class() not in ("TButton", "TCheckbutton", "TEntry", "Treeview", "Text"):
        return False
    if isinstance(widget, ttk.Widget) and widget.instate(["disabled"]):
        return False
    return bool(widget.winfo_viewable()) and not (isinstance(widget, tk.Text) and widget.cget("state") == "disabled")


def all_usable(widget: tk.Misc) -> set[str]:
    below = [all_usable(child) for child in widget.winfo_children()]
    return set().union({str(widget)} if usable(widget) else set(), *below)


@pytest.fixture
def opened(rig: Rig) -> Rig:
    """With the detail pane and something to take back."""
    rig.window.actions["view.detail"].run()
    rig.hands.key("Down")
    rig.wait(lambda: rig.window.catalog.focused_row() is not None, "the focus")
    rig.window.toast.show("It was done.", ("Undo", lambda: None))
    settle(rig.root)
    return rig


@pytest.mark.parametrize("page", ["Catalog", "Sources", "Duplicates", "Map"])
def test_everything_in_sight_is_reached_by_the_tab_key(opened: Rig, page: str) -> None:
    opened.window.pages.show(page)
    settle(opened.root)
    there = reachable(opened)
    assert all_usable(opened.root) - there == set()
    backwards = opened.root.focus_get()
    assert backwards is not None and str(backwards.tk_focusPrev()) in there


@pytest.mark.skipif(sys.platform != "linux", reason="the screen is only read on Linux")
@pytest.mark.parametrize("look", ["dark", "light", "high-contrast"])
def test_it_is_seen_where_the_keys_are(opened: Rig, look: str) -> None:
    opened.window.look.choose(look)
    settle(opened.root)
    places = stops(opened)
    unseen = []
    for at, widget in enumerate(places):
        shots = []
        for focus in (places[at - 1], widget):
            focus.focus_set()
            settle(opened.root, 2)
            shots.append(_shot(widget))
        changed = ImageChops.difference(*shots).convert("L").point(lambda level: 255 if level > 24 else 0)
        if changed.histogram()[255] < 30:
            unseen.append(str(widget))
    assert len(places) > 12 and unseen == []


def _shot(widget: tk.Misc) -> Image.Image:
    left, top = widget.winfo_rootx() - AROUND, widget.winfo_rooty() - AROUND
    right, bottom = left + widget.winfo_width() + 2 * AROUND, top + widget.winfo_height() + 2 * AROUND
    box = (max(0, left), max(0, top), right, min(bottom, widget.winfo_screenheight()))
    return ImageGrab.grab(box, xdisplay=os.environ["DISPLAY"]).convert("RGB")
