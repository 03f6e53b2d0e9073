"""What macOS asks for reaches those who answer; the commands are Tk's own names, which no other system calls."""

import tkinter as tk
from unittest.mock import Mock

from ctk.ui import mac
from ctk.ui.views.menu import MENUS, menus


def test_the_dock_the_menu_and_help_are_answered(root: tk.Tk) -> None:
    told = Mock()
    mac.answer(root, quit=told.quit, show=told.show, help=told.help)
    for name in ("Quit", "ReopenApplication", "ShowHelp"):
        root.tk.call(f"::tk::mac::{name}")
    assert [name for name, *_ in told.mock_calls] == ["quit", "show", "help"]


def test_the_close_key_does_what_the_close_button_does(root: tk.Tk) -> None:
    close = Mock()
    root.protocol("WM_DELETE_WINDOW", close)
    mac.answer(root, quit=Mock(), show=Mock(), help=Mock())
    root.event_generate("<Command-w>")
    close.assert_called_once_with()


def test_menus_are_as_macos_wants_them() -> None:
    there = dict(menus(mac=True))
    assert next(iter(there)) == "Creator's Toolkit" and [*there][-2:] == ["Window", "Help"]
    assert there["Creator's Toolkit"] == ("help.about",)
    listed = [id for ids in there.values() for id in ids if id]
    assert sorted([*listed, "file.quit"]) == sorted([id for _, ids in MENUS for id in ids if id] + ["window.show"])
    assert all(ids[0] and ids[-1] for ids in there.values())


def test_elsewhere_they_are_as_they_are() -> None:
    assert menus(mac=False) is MENUS
