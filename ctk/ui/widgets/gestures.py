"""What keys, clicks and the wheel ask of a table, the same on every system."""

import tkinter as tk
from collections.abc import Callable
from typing import Any, Literal, Protocol

from ctk.ui.widgets.wheel import bind_wheel

Pick = Literal["only", "toggle", "extend", "extend more", "move"]
"""Pick one, one more or less, a stretch, one more stretch, or just go there."""


class List(Protocol):
    """What the gestures are made on, and who is told of them."""

    total: int
    top: int
    focus_at: int | None
    on_pick: Callable[[int, Pick], None]
    on_all: Callable[[], None]
    on_open: Callable[[int], None]

    @property
    def height(self) -> int: ...
    def show(self, top: int) -> None: ...
    def position(self, y: int) -> int | None: ...


class Gestures:
    """Binds ``tree`` and tells ``table`` what to do."""

    def __init__(self, tree: tk.Misc, table: List) -> None:
        self._tree = tree
        self._table = table
        command = "Command" if tree.tk.call("tk", "windowingsystem") == "aqua" else "Control"
        self._bind_keys(command)
        self._bind_mouse(command)

    def _bind_keys(self, command: str) -> None:
        table, tree = self._table, self._tree
        targets: tuple[tuple[str, Callable[[], int]], ...] = (
            ("Up", lambda: self._from(table.top + table.height) - 1),
            ("Down", lambda: self._from(table.top - 1) + 1),
            ("Prior", lambda: self._from(table.top) - max(1, table.height - 1)),
            ("Next", lambda: self._from(table.top) + max(1, table.height - 1)),
            ("Home", lambda: 0),
            ("End", lambda: table.total - 1),
        )
        hows: tuple[tuple[str, Pick], ...] = (
            ("", "only"),
            ("Shift-", "extend"),
            ("Control-", "move"),
            ("Control-Shift-", "extend more"),
        )
        for key, target in targets:
            for modifiers, how in hows:
                tree.bind(f"<{modifiers}{key}>", self._mover(target, how))
        tree.bind(f"<{command}-a>", lambda _: self._all())
        tree.bind("<Control-space>", lambda _: self._pick(table.focus_at, "toggle"))
        for key in ("space", "Return", "Left", "Right"):
            tree.bind(f"<{key}>", lambda _: "break")

    def _bind_mouse(self, command: str) -> None:
        hows: tuple[tuple[str, Pick], ...] = (
            ("", "only"),
            ("Shift-", "extend"),
            (f"{command}-", "toggle"),
            (f"{command}-Shift-", "extend more"),
        )
        for modifiers, how in hows:
            self._tree.bind(f"<{modifiers}Button-1>", self._presser(how))
        self._tree.bind("<Double-Button-1>", self._double)
        bind_wheel(self._tree, lambda rows: self._table.show(self._table.top + rows))

    def _from(self, nowhere: int) -> int:
        return nowhere if self._table.focus_at is None else self._table.focus_at

    def _mover(self, target: Callable[[], int], how: Pick) -> Callable[["tk.Event[Any]"], str]:
        return lambda _: self._pick(target(), how)

    def _presser(self, how: Pick) -> Callable[["tk.Event[Any]"], str | None]:
        def press(event: "tk.Event[Any]") -> str | None:
            if self._in_heading(event):
                return None
            self._tree.focus_set()
            return self._pick(self._table.position(event.y), how)

        return press

    def _double(self, event: "tk.Event[Any]") -> str | None:
        if self._in_heading(event):
            return None
        position = self._table.position(event.y)
        if position is not None:
            self._table.on_open(position)
        return "break"

    def _in_heading(self, event: "tk.Event[Any]") -> bool:
        """Headings are sorted and dragged by the widget's own bindings."""
        where = self._tree.tk.call(str(self._tree), "identify", "region", event.x, event.y)
        return str(where) in ("heading", "separator")

    def _all(self) -> str:
        self._table.on_all()
        return "break"

    def _pick(self, position: int | None, how: Pick) -> str:
        if self._table.total and position is not None:
            self._table.on_pick(max(0, min(position, self._table.total - 1)), how)
        return "break"
