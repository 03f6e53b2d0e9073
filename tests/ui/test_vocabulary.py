"""The names that looks may use are those that the window has."""

import tkinter as tk
from tkinter import ttk
from typing import Any
from unittest.mock import Mock

import pytest

from ctk.looks.vocabulary import OPTIONS, PAGES, VOCABULARY
from ctk.ui import commands
from ctk.ui.theme import Theme
from ctk.ui.views.columns import COLUMNS
from ctk.ui.views.pages import CATALOG, DUPLICATES, MAP, SOURCES
from ctk.ui.widgets.icons import SHAPES

SIZED = {"font", "rowheight"}
"""Options that come from the sizes of a look."""
FIXED = {"Horizontal.TProgressbar"}
"""Styles that are nothing but pictures."""


def test_actions_and_their_keys_are_those_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "REMOVE", ("Delete", "Control-BackSpace"))  # the keys of all systems together
    actions = list(commands.make(Mock()))
    assert {action.id: action.label for action in actions} == VOCABULARY.actions
    assert {action.id: action.keys for action in actions} == VOCABULARY.keys


def test_icons_are_those_of_the_window() -> None:
    assert list(SHAPES) == list(VOCABULARY.icons)


def test_columns_are_those_of_the_list() -> None:
    assert {id: title for id, title, *_ in COLUMNS} == VOCABULARY.columns
    assert [id for id, *_ in COLUMNS] == list(VOCABULARY.columns)


def test_pages_are_those_of_the_window() -> None:
    assert sorted(PAGES) == sorted(name.lower() for name in (CATALOG, SOURCES, DUPLICATES, MAP))


def test_styles_and_their_options_are_those_of_the_window(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, set[str]] = {}
    configure, layout = ttk.Style.configure, ttk.Style.layout

    def configured(self: ttk.Style, style: str, query_opt: Any = None, **options: Any) -> Any:
        said.setdefault(style, set()).update(options)
        return configure(self, style, query_opt, **options)

    def laid_out(self: ttk.Style, style: str, layoutspec: Any = None) -> Any:
        said.setdefault(style, set())
        return layout(self, style, layoutspec)

    monkeypatch.setattr(ttk.Style, "configure", configured)
    monkeypatch.setattr(ttk.Style, "layout", laid_out)
    Theme(root).use("dark")
    assert said.keys() - FIXED == VOCABULARY.styles.keys()
    assert set().union(*said.values()) - SIZED <= OPTIONS.keys()
