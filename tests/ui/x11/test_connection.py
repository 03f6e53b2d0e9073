"""A connection of our own lives and dies with its window."""

import gc
import os
import sys
import tkinter as tk

import pytest

from ctk.errors import CtkError
from ctk.ui.x11.connection import Connection
from tests.display import settle

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")


def test_the_time_of_the_display_goes_on(root: tk.Tk) -> None:
    connection = Connection(root)
    assert 0 < connection.time() <= connection.time()


def test_it_ends_with_the_window(screen: str) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        root = tk.Tk()
        Connection(root).time()
        settle(root)
        root.destroy()
        del root
        gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before + 1


def test_a_display_that_is_not_there_is_said(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tk.Misc, "winfo_screen", lambda _: ":4711")
    with pytest.raises(CtkError, match="but paths can be copied"):
        Connection(root)
