"""The self-test's look at the window."""

import sys
import tkinter as tk

import pytest

from ctk.errors import CtkError
from ctk.toolkit import Toolkit
from ctk.ui import glance


def test_rows_are_painted_and_the_window_is_gone(screen: str, filled: Toolkit) -> None:
    said = glance.glance(filled)
    assert said.endswith("pixels with 10 rows painted")
    assert int(said.split(" x ")[0]) > 300


def test_an_empty_catalog_is_a_window_too(screen: str, toolkit: Toolkit) -> None:
    assert glance.glance(toolkit).endswith("with 0 rows painted")


def test_a_list_that_stays_empty_is_noticed(screen: str, filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glance, "_PAINT_S", 0.5)
    monkeypatch.setattr("ctk.ui.models.search.Search.start", lambda self: None)
    with pytest.raises(CtkError, match="does not paint"):
        glance.glance(filled)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux is a display another program")
def test_without_a_display_it_is_said(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    for display in ("", ":4711"):
        monkeypatch.setenv("DISPLAY", display)
        assert glance.glance(toolkit) == "no display here"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux is a display another program")
def test_other_trouble_of_tk_is_not_a_missing_display(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setattr(glance, "_NO_SCREEN", ("words of another time",))
    with pytest.raises(tk.TclError):
        glance.glance(toolkit)
