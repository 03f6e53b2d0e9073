"""The menus of the window: the bar, and the one of the list."""

import tkinter as tk
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctk.ui.views.context import ContextMenu, Entry, entries
from ctk.ui.views.menu import CONTEXT, HEARD, MARKS, MenuBar

if TYPE_CHECKING:
    from ctk.ui.app import Window


def make(window: "Window") -> ContextMenu:
    """Both of them; gives the one of the list."""

    def looks(menu: tk.Menu) -> None:  # made when it is due
        window.looks.fill(menu, window.actions)

    def marks() -> Sequence[Entry]:
        return window.marker.lines(window.actions)

    def heard() -> Sequence[Entry]:
        return window.hearer.lines(window.actions)

    MenuBar(window.root, window.theme, window.actions, window.checked, looks)
    return ContextMenu(
        *(window.catalog.table, window.theme, window.catalog.point),
        lambda: entries(window.actions, CONTEXT, window.outside.outgoing.labels, {MARKS: marks, HEARD: heard}),
        window.catalog.wishes.lines,
    )
