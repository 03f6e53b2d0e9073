"""Help tells every key and every search field."""

import tkinter as tk
from tkinter import ttk

import pytest

from ctk.contract import SEARCH_FIELDS
from ctk.ui.views.help import HelpWindow
from tests.display import settle
from tests.ui.conftest import Rig


def texts(window: HelpWindow) -> str:
    labels = (child for child in window.page.winfo_children() if isinstance(child, ttk.Label))
    return "\n".join(str(label.cget("text")) for label in labels)


def opened(rig: Rig, topic: str) -> HelpWindow:
    rig.window.show_help(topic)
    settle(rig.root)
    return next(child for child in rig.root.winfo_children() if isinstance(child, HelpWindow))


def test_search_help_has_every_field(rig: Rig) -> None:
    said = texts(opened(rig, "search"))
    assert all(field.forms in said and field.meaning in said for field in SEARCH_FIELDS)


def test_keys_help_has_the_keys(rig: Rig) -> None:
    said = texts(opened(rig, "keys"))
    assert all(key in said for key in ("Space", "Enter", "F5", "Esc", "stars", "favourite", "collection"))


def test_about_tells_the_version_and_the_home(rig: Rig) -> None:
    from ctk import __version__

    said = texts(opened(rig, "about"))
    assert __version__ in said and str(rig.toolkit.home) in said


@pytest.mark.parametrize("topic", ["keys", "search", "about"])
def test_escape_closes_and_the_window_fits(rig: Rig, topic: str) -> None:
    window = opened(rig, topic)
    assert window.winfo_height() < 800 and window.winfo_width() < 1280
    window.focus_force()
    settle(rig.root)
    rig.hands.key("Escape")
    assert not window.winfo_exists()


def test_where_the_screen_is_low_it_can_be_scrolled(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tk.Misc, "winfo_screenheight", lambda _: 400)
    monkeypatch.setattr(tk.Misc, "winfo_screenwidth", lambda _: 700)
    window = opened(rig, "keys")
    assert window.winfo_height() <= 400 and window.winfo_width() <= 700
    assert window.page.grid_size()[0] == 2, "one half"
    window.focus_force()
    settle(rig.root)
    rig.hands.key("Next", "Next")
    assert window.sheet.yview()[0] > 0
    rig.hands.key("End")
    assert window.sheet.yview()[1] == 1.0
    rig.hands.key("Home")
    assert window.sheet.yview()[0] == 0.0


def test_it_follows_the_look(rig: Rig) -> None:
    window = opened(rig, "about")
    for look in ("dark", "light"):
        rig.window.theme.use(look)
        settle(rig.root)
        assert str(window.sheet.cget("background")) == rig.window.theme.tokens.surface
