"""Drags where tkdnd has a hand in it, and windows without it."""

import builtins
import sys
import tkinter as tk
from tkinter import ttk
from types import SimpleNamespace
from typing import Any

import pytest

from ctk.ui import drag
from tests.display import settle
from tests.ui.conftest import Rig

only_x11 = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")


def without_tkdnd(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "tkinterdnd2":
            raise error
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.parametrize(
    "error", [ImportError("not installed"), RuntimeError("Unable to load tkdnd library."), tk.TclError("wrong version")]
)
def test_where_tkdnd_cannot_be_had_nothing_can_be_dropped(
    root: tk.Tk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    without_tkdnd(monkeypatch, error)
    assert not drag.load(root)


def test_the_window_works_without_it(screen: str, filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without_tkdnd(monkeypatch, ImportError("not installed"))
    rig = Rig(filled)
    rig.wait(lambda: rig.names, "the rows")
    rig.hands.key("Down")
    rig.wait(lambda: rig.picked, "the first sound")
    rig.window.quit()


def test_it_is_not_loaded_before_the_first_rows(screen: str, filled: Any) -> None:
    rig = Rig(filled)
    assert rig.names and not rig.window.outside.exchange.ready
    assert rig.root.tk.call("info", "commands", "tkdnd::drop_target") == ""
    rig.wait(lambda: rig.window.outside.exchange.ready)
    rig.window.quit()


def test_the_system_is_asked_to_drag_copies_of_files(root: tk.Tk) -> None:
    """What Windows and macOS are given, in the place of tkdnd's own beginning of a drag."""
    tree = ttk.Treeview(root)
    tree.pack()
    settle(root)
    root.tk.eval(
        "namespace eval tkdnd {}\n"
        "proc ::tkdnd::_init_drag {args} {\n"
        "    set ::began $args; set ::given [uplevel #0 [bind [lindex $args 1] <<DragInitCmd>>]]\n}"
    )
    out = drag.SystemDrag(tree)
    event: Any = SimpleNamespace(x=3, y=4, x_root=103, y_root=204, state=256, time=1)
    out.start(["C:\\My Sounds\\a {b}.wav", "C:\\c.wav"], event)
    split = root.tk.splitlist
    assert split(root.tk.eval("set ::began")) == ("1", str(tree), "256", "103", "204", "3", "4")
    actions, kinds, paths = split(root.tk.eval("set ::given"))
    assert (split(actions), split(kinds)) == (("copy",), ("DND_Files",))
    assert split(paths) == ("C:\\My Sounds\\a {b}.wav", "C:\\c.wav")
    assert not out.on


@only_x11
def test_names_that_are_no_text_come_in_as_they_are(root: tk.Tk) -> None:
    assert drag.load(root)

    def normalise(data: str, kind: str = "text/uri-list") -> str:
        root.setvar("dropped", data)
        return str(root.tk.eval(f"::tkdnd::xdnd::normalise_data {kind} $dropped"))

    assert normalise("file:///caf%E9.wav") == "file:///caf%E9.wav"
    assert normalise(" ".join(str(byte) for byte in b"file:///a%20b")) == "file:///a%20b"
    assert normalise("words", "UTF8_STRING") == "words"
