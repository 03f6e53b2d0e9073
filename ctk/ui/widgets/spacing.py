"""The air around and inside of all widgets, made wider or closer while they are in sight."""

import tkinter as tk
from typing import Any, Final

_INSIDE: Final = frozenset({"TFrame", "TLabel"})
"""Kinds of widgets that are given a padding of their own; others have that of their style."""
_AROUND: Final = ("-padx", "-pady", "-ipadx", "-ipady")
_OF_TK: Final = ".__tk_"
"""Begins the name of each dialog of Tk itself: it keeps them out of sight, and their widgets take other options."""

Sides = tuple[int, ...]


class Spacing:
    """``use`` so many per cent of the distances that widgets are built with, also for those that come into sight later.

    Lines, which are up to ``thin`` pixels wide, stay as they are.
    """

    def __init__(self, root: tk.Misc, *, thin: int = 1) -> None:
        self._root = root
        self._thin = thin
        self._percent = 100
        self._known: dict[tuple[str, str], tuple[Sides, Sides]] = {}
        self._before: dict[tuple[str, str], tuple[Sides, Sides]] = {}
        self._new: set[str] = set()
        self._bound = False

    def use(self, percent: int) -> None:
        if percent == self._percent:
            return
        self._percent = percent
        self._before, self._known = self._known, {}
        self._walk(".")
        self._before = {}
        if not self._bound:
            self._bound = True
            self._root.bind_class("TFrame", "<Map>", self._mapped, add=True)

    def _mapped(self, event: "tk.Event[tk.Misc]") -> None:
        """Something came into sight, which may have been built since."""
        if not self._new:
            self._root.after_idle(self._catch_up)
        self._new.add(str(event.widget))

    def _catch_up(self) -> None:
        new, self._new = self._new, set()
        for path in new:
            above = path.rpartition(".")[0]
            while above and above not in new:
                above = above.rpartition(".")[0]
            if not above and self._root.tk.call("winfo", "exists", path):
                self._walk(path)

    def _walk(self, path: str) -> None:
        if _OF_TK in path:
            return
        call, split = self._root.tk.call, self._root.tk.splitlist
        if call("winfo", "class", path) in _INSIDE:
            value = call(path, "cget", "-padding")
            if value and _sides(value) != _sides(self._of_style(path)):
                self._fit(path, "-padding", value, (path, "configure"))
        manager = str(call("winfo", "manager", path))
        if manager in ("pack", "grid"):
            told = split(call(manager, "info", path))
            for option, value in zip(told[::2], told[1::2], strict=True):
                if str(option) in _AROUND:
                    self._fit(path, str(option), value, (manager, "configure", path))
        for child in split(call("winfo", "children", path)):
            self._walk(str(child))

    def _of_style(self, path: str) -> object:
        """What the style says already follows the look."""
        call = self._root.tk.call
        style = call(path, "cget", "-style")
        return call("ttk::style", "lookup", style, "-padding") if style else ""

    def _fit(self, path: str, option: str, value: Any, configure: tuple[str, ...]) -> None:
        """Bring one option to what it should be; one that was set by others since is what they want at 100 %."""
        sides = _sides(value)
        now = tuple(int(side) for side in sides if side.isdigit())
        if len(now) < len(sides) or not any(now):
            return
        key = (path, option)
        built, given = self._known.get(key) or self._before.get(key) or (now, now)
        if now != given:
            built = now
        wanted = tuple(self._scaled(side) for side in built)
        self._known[key] = (built, wanted)
        if wanted != now:
            self._root.tk.call(*configure, option, wanted)

    def _scaled(self, side: int) -> int:
        return side if side <= self._thin else max(1, round(side * self._percent / 100))


def _sides(value: object) -> list[str]:
    """One or more distances as Tk tells them."""
    return [str(side) for side in value] if isinstance(value, tuple) else str(value).split()
