"""What the mouse drags, moved by keys: the borders between the parts of the window, and the columns of the list."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Any

from ctk.ui.panes import Panes
from ctk.ui.widgets.columns import Columns
from ctk.ui.widgets.sash import Sashes

BORDERS = "Arrow keys move this border, Home puts it back, Tab goes to the next one, Enter is done."
COLUMNS = "Left and Right choose a column, with Shift they move it; Up and Down: wider, narrower."
Say = Callable[[str], None]
Box = tuple[int, int, int, int]


def move(root: tk.Misc, panes: Sequence[Panes], say: Say) -> None:
    """The border that is nearest to what has the keys takes them, and gives them back in the end."""
    found, back = _found(panes), str(root.tk.call("focus"))
    if not found:
        return

    def hold(at: int) -> None:
        sashes, key = found[at % len(found)]
        sashes.hold(key, lambda step: hold(at + step) if step else _give(root, back))

    here = _box(root, back)
    hold(min(range(len(found)), key=lambda at: _away(here, _line(*found[at]))))
    say(BORDERS)


def arrange(root: tk.Misc, columns: Columns, colour: str, say: Say) -> None:
    """The headings of a list take the keys, and give them back in the end."""
    back = str(root.tk.call("focus"))
    if columns.hold(colour, lambda: _give(root, back)):
        say(COLUMNS)


def _found(panes: Sequence[Panes]) -> list[tuple[Sashes, Any]]:
    return [(sashes, key) for each in panes if (sashes := each.sashes) is not None for key in sashes.all()]


def _line(sashes: Sashes, key: Any) -> Box:
    """Where a border is on the screen: left, top, right, bottom."""
    border, master = sashes.place(key), sashes.strip.master
    if border is None:
        return 0, 0, 0, 0
    x, y = master.winfo_rootx() + border.x, master.winfo_rooty() + border.y
    return (x, y, x, y + border.length) if border.upright else (x, y, x + border.length, y)


def _box(root: tk.Misc, path: str) -> Box:
    """A widget by its path: a menu may have the keys, which is no widget of ours."""
    x, y, width, height = (
        int(root.tk.call("winfo", what, path or ".")) for what in ("rootx", "rooty", "width", "height")
    )
    return x, y, x + width, y + height


def _away(one: Box, other: Box) -> int:
    """How far they are from each other."""
    return sum(max(0, other[side] - one[side + 2], one[side] - other[side + 2]) for side in (0, 1))


def _give(root: tk.Misc, back: str) -> None:
    if back and int(root.tk.call("winfo", "viewable", back)):
        root.tk.call("focus", back)
    else:
        root.focus_set()
