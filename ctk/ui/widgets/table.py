"""A list of any length: a pool of about as many real rows as fit the height, filled with what is in sight.

The owner hands over ``lines(offset, limit)`` and does what the keys and clicks ask for; the table only knows
positions. Rows whose data has not arrived are ``None`` and stay empty until the next ``refresh``.
"""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import NamedTuple

from ctk.ui.widgets.columns import Column, Columns
from ctk.ui.widgets.gestures import Gestures, Pick


class Line(NamedTuple):
    """A row as it is painted: the text of each column, whether it is picked, a tag, and an image's name."""

    cells: tuple[str, ...]
    picked: bool = False
    tag: str = ""
    image: str = ""


EMPTY = Line(())
HERE = "here"


def _nothing(*_: object) -> None:
    """What happens until the owner says otherwise."""


class Table(ttk.Frame):
    """Set the ``on_...`` attributes, then ``reset(total)``. ``focus_at`` is the position with the keys."""

    def __init__(
        self,
        master: tk.Misc,
        columns: Sequence[Column],
        lines: Callable[[int, int], Sequence[Line | None]],
    ) -> None:
        super().__init__(master, style="Surface.TFrame")
        self.total = 0
        self.top = 0
        self.focus_at: int | None = None
        self.on_pick: Callable[[int, Pick], None] = _nothing
        self.on_all: Callable[[], None] = _nothing
        self.on_open: Callable[[int], None] = _nothing
        self.on_sort: Callable[[str], None] = _nothing
        self.on_view: Callable[[int, int], None] = _nothing
        self.on_widths: Callable[[dict[str, int]], None] = _nothing
        self._lines = lines
        self._pool: list[str] = []
        self._shown: list[Line] = []
        self._picked: list[str] = []
        self._height = 1
        self._painting = False
        self._fitting = False
        self._undrawn = True
        """Rows have no place before the widget was drawn."""
        self._build(columns)
        self._bind_events()

    @property
    def height(self) -> int:
        """How many rows are in sight from top to bottom."""
        return self._height

    @property
    def lines_shown(self) -> int:
        """How many rows have something in them."""
        return sum(line is not EMPTY for line in self._shown)

    @property
    def tree(self) -> ttk.Treeview:
        """The widget itself, to bind keys to and to give the focus."""
        return self._tree

    def reset(self, total: int, *, top: int = 0, focus: int | None = None) -> None:
        """Show another list, or the same one grown."""
        self.total = total
        self.focus_at = focus
        self.show(top)
        self.refresh()

    def refresh(self) -> None:
        """Paint again what changed, once this round of events is over."""
        if not self._painting:
            self._painting = True
            self.after_idle(self._paint)

    def show(self, top: int) -> None:
        """Scroll so that position ``top`` is the first in sight."""
        top = max(0, min(top, self.total - self._height))
        if top != self.top:
            self.top = top
            self.on_view(self.top, self._height)
            self.refresh()
        self._move_scrollbar()

    def see(self, position: int) -> None:
        """Scroll no more than it takes to bring ``position`` into sight."""
        if position < self.top:
            self.show(position)
        elif position >= self.top + self._height:
            self.show(position - self._height + 1)

    def focus_on(self, position: int | None) -> None:
        """Give ``position`` the keys and bring it into sight."""
        self.focus_at = position
        if position is not None:
            self.see(position)
        self.refresh()

    def colour(self, tag: str, **colours: str) -> None:
        """How lines with ``tag`` look; ``HERE`` is the tag of the one with the keys while it is not picked."""
        self._tree.tag_configure(tag, **colours)  # type: ignore[call-overload]

    def position(self, y: int) -> int | None:
        """The position that is drawn at ``y`` pixels from the top."""
        item = self._tree.identify_row(y)
        if not item:
            return None
        position = self.top + self._pool.index(item)
        return position if position < self.total else None

    def line_of_focus(self) -> tuple[int, int, int]:
        """Where the position with the keys is drawn, or the first one in sight: its left, top and bottom in the master
        of the table."""
        at = 0 if self.focus_at is None else self.focus_at - self.top
        area = self._tree.bbox(self._pool[at if 0 <= at < len(self._pool) else 0]) or (0, 0, 0, 0)
        top = self.winfo_y() + int(area[1])
        return self.winfo_x(), top, top + int(area[3])

    def _build(self, columns: Sequence[Column]) -> None:
        self._tree = ttk.Treeview(self, style="Table.Treeview", selectmode="none", takefocus=True)
        self.columns = Columns(
            self._tree,
            columns,
            sort=lambda id: self.on_sort(id),  # noqa: PLW0108  # the owner sets it later
            dragged=lambda widths: self.on_widths(widths),  # noqa: PLW0108
            fitted=self.refresh,
        )
        self._down = ttk.Scrollbar(self, command=self._scroll)
        self._across = ttk.Scrollbar(self, orient="horizontal", command=self._tree.xview)
        self._tree.configure(xscrollcommand=self._fit_across)
        self._tree.grid(row=0, column=0, sticky="nswe")
        self._down.grid(row=0, column=1, sticky="ns")
        self.rowconfigure(0, weight=1)
        self.columnconfigure(0, weight=1)

    def _bind_events(self) -> None:
        Gestures(self._tree, self)
        for event in ("<Configure>", "<Map>", "<<ThemeChanged>>"):
            self._tree.bind(event, lambda _: self._fit_soon(), add=True)
        self._tree.bind("<Expose>", lambda _: self._fit_soon() if self._undrawn else None, add=True)

    def _fit_soon(self) -> None:
        if not self._fitting:
            self._fitting = True
            self.after_idle(self._fit)

    def _fit(self) -> None:
        """Make the pool as large as the height asks for: the rows in sight, and one that is cut off."""
        self._fitting = False
        tree = self._tree
        row = int(ttk.Style(self).lookup("Table.Treeview", "rowheight"))
        self.columns.fit()
        if not self._pool:
            self._grow()
        area = tree.bbox(self._pool[0])
        self._undrawn = not area
        if not area:
            return
        room = tree.winfo_height() - area[1]
        self._height = max(1, room // row)
        wanted = self._height + 1
        while len(self._pool) < wanted:
            self._grow()
        if len(self._pool) > wanted:
            tree.delete(*self._pool[wanted:])
            del self._pool[wanted:], self._shown[wanted:]
        self.on_view(self.top, self._height)
        self.show(self.top)
        self.refresh()

    def _grow(self) -> None:
        self._pool.append(self._tree.insert("", "end"))
        self._shown.append(EMPTY)

    def _paint(self) -> None:
        self._painting = False
        call, tree, shown = self.tk.call, str(self._tree), self._shown
        lines = self._lines(self.top, len(self._pool))
        picked = []
        for at, item in enumerate(self._pool):
            line = (lines[at] if at < len(lines) else None) or EMPTY
            if line.picked:
                picked.append(item)
            elif self.top + at == self.focus_at:
                line = line._replace(tag=f"{line.tag} {HERE}")
            if line != shown[at]:
                cells = line.cells or ("",)
                options: tuple[object, ...] = ("-text", cells[0], "-values", cells[1:])
                if line[2:] != shown[at][2:]:
                    options += ("-tags", line.tag, "-image", line.image)
                shown[at] = line
                call(tree, "item", item, *options)
        if picked != self._picked:
            self._picked = picked
            call(tree, "selection", "set", picked)
        here = -1 if self.focus_at is None else self.focus_at - self.top
        call(tree, "focus", self._pool[here] if 0 <= here < len(self._pool) else "")

    def _scroll(self, verb: str, amount: str, unit: str = "") -> None:
        """What the scroll bar asks for."""
        if verb == "moveto":
            self.show(round(float(amount) * self.total))
        else:
            self.show(self.top + int(amount) * (self._height if unit.startswith("page") else 1))

    def _move_scrollbar(self) -> None:
        total = max(self.total, 1)
        self._down.set(self.top / total, min(1.0, (self.top + self._height) / total))

    def _fit_across(self, first: float, last: float) -> None:
        """The lower scroll bar is only there when the columns do not fit."""
        if float(first) <= 0 and float(last) >= 1:
            self._across.grid_remove()
        else:
            self._across.grid(row=1, column=0, sticky="we")
        self._across.set(first, last)
