"""The command palette of the window: all actions that are in a menu."""

import tkinter as tk
from collections.abc import Callable, Mapping

from ctk.actions import Actions
from ctk.settings import Settings
from ctk.ui.theme import Theme
from ctk.ui.views.menu import LOOKS, MENUS
from ctk.ui.views.palette import PaletteBox

ITSELF = "help.commands"


def make(
    root: tk.Misc, theme: Theme, settings: Settings, actions: Actions, checked: Mapping[str, Callable[[], bool]]
) -> PaletteBox:
    """The box, which is not open yet."""
    groups = {id: title for title, ids in MENUS for id in ids if id and id != ITSELF}
    groups |= dict.fromkeys(LOOKS, "Looks")
    return PaletteBox(root, theme, settings, actions, groups, checked)
