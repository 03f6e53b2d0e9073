"""From one part of the window to the next by a key: the search box, the filters, the list, the player, and so on."""

import tkinter as tk
from collections.abc import Callable

from ctk.ui.widgets.toast import Toast

VIEWS = "ctk.ui.views."
"""What is made by a class of these is a part."""
FAR = 500
"""More places for the keys than any window has."""


def go(root: tk.Misc, toast: Toast, *, back: bool = False) -> None:
    """The keys go to the first place of the next part, or of the one before. What just rose over the window comes
    first."""
    here = _keyed(root)
    buttons = list(toast.buttons.values())
    if buttons and here not in buttons and not back:
        buttons[0].focus_set()
        return
    step: Callable[[tk.Misc], tk.Misc | None] = tk.Misc.tk_focusPrev if back else tk.Misc.tk_focusNext
    at = _past(here, step)
    if back:  # the last place of it was found
        at = _first(at)
    at.focus_set()


def _past(widget: tk.Misc, step: Callable[[tk.Misc], tk.Misc | None]) -> tk.Misc:
    """The next place that belongs to another part."""
    part, at = _part(widget), widget
    for _ in range(FAR):
        at = step(at) or widget
        if _part(at) is not part:
            break
    return at


def _first(widget: tk.Misc) -> tk.Misc:
    part, at = _part(widget), widget
    for _ in range(FAR):
        before = at.tk_focusPrev()
        if before is None or _part(before) is not part:
            break
        at = before
    return at


def _part(widget: tk.Misc | None) -> tk.Misc | None:
    while widget is not None and not type(widget).__module__.startswith(VIEWS) and not isinstance(widget, Toast):
        widget = widget.master
    return widget


def _keyed(root: tk.Misc) -> tk.Misc:
    """The widget that has the keys: a menu may have them, which is no widget of ours."""
    try:
        return root.focus_get() or root
    except KeyError:
        return root
