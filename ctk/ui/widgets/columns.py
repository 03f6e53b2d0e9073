"""The columns of a table: headings that sort, widths that the user drags and that share the room.

Widths that nobody set are wider for larger writing.
"""

import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from tkinter import font, ttk
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from ctk.ui.widgets.headings import Headings

WRITING: Final = "ctk_writing"
"""The Tk variable that says how large writing is, in per cent of the system's."""


class Column(NamedTuple):
    """``width``, for writing of the usual size, never less than ``least``, in pixels; those that ``stretch`` share what
    the others leave."""

    id: str
    title: str
    width: int
    least: int
    anchor: Literal["w", "e", "center"] = "w"
    stretch: bool = False


class Columns:
    """Lays out the columns of ``tree``, whose first one is Tk's ``#0``.

    ``sort(id)`` is called for a click on a heading, ``dragged(widths)`` when the user changed widths, ``fitted()`` when
    any were changed.
    """

    def __init__(
        self,
        tree: ttk.Treeview,
        columns: Sequence[Column],
        *,
        sort: Callable[[str], None],
        dragged: Callable[[dict[str, int]], None],
        fitted: Callable[[], None] = lambda: None,
    ) -> None:
        self._tree = tree
        self._columns = {"#0" if column is columns[0] else column.id: column for column in columns}
        self._dragged = dragged
        self._fitted = fitted
        self._order = [column.id for column in columns]
        self._set: set[str] = set()
        self._writing = self._size_of_writing()
        self._wanted = {column.id: self._usual(column) for column in columns}
        self._given = dict(self._wanted)
        self._room = 0
        self._headings: Headings | None = None
        self._hidden: frozenset[str] = frozenset()
        tree.configure(columns=[column.id for column in columns[1:]])
        for key, column in self._columns.items():
            tree.heading(key, text=column.title, anchor=column.anchor, command=_with(sort, column.id))
            tree.column(key, width=self._wanted[column.id], minwidth=column.least, anchor=column.anchor, stretch=False)
        tree.bind("<ButtonRelease-1>", lambda _: self._released(), add=True)
        tree.bind("<<ThemeChanged>>", lambda _: self._follow_writing(), add=True)

    def entitle(self, id: str, title: str, *, indent: int = 0) -> None:
        """Another heading; ``indent`` is how many pixels of the cells below are taken by something else."""
        key = next(key for key, column in self._columns.items() if column.id == id)
        name = ttk.Style(self._tree).lookup("Table.Treeview.Heading", "font")
        space = font.Font(root=self._tree, name=str(name) or "TkHeadingFont", exists=True).measure(" ")
        self._tree.heading(key, text=" " * (indent // space) + title)

    def mark_sort(self, id: str, image: tk.PhotoImage) -> None:
        """Show ``image`` in the heading of the column that the list is sorted by."""
        for key, column in self._columns.items():
            self._tree.heading(key, image=image if column.id == id else "")

    def set_widths(self, widths: dict[str, int]) -> None:
        """Widths by column; unknown ones are ignored."""
        for column in self._columns.values():
            if column.id in widths:
                self._set.add(column.id)
                self._wanted[column.id] = max(column.least, widths[column.id])
        self._room = 0
        self.fit()

    def hide(self, ids: Collection[str]) -> None:
        """Show all columns but these; the first one stays."""
        self.arrange(self._order, ids)

    def arrange(self, order: Sequence[str], hidden: Collection[str]) -> None:
        """Show the columns in this order, all but those that are ``hidden``. The first one stays, those that are not
        named follow, unknown ones are ignored."""
        known = [column.id for column in self._columns.values()]
        named = [id for id in dict.fromkeys((known[0], *order)) if id in known]
        self._order = [*named, *(id for id in known if id not in named)]
        self._hidden = frozenset(hidden) - {known[0]}
        self._tree.configure(displaycolumns=self._shown[1:])
        self._room = 0
        self.fit()

    def fit(self) -> None:
        """Share the room there is now, when it has changed."""
        room = self._tree.winfo_width()
        if room == self._room:  # so that widths that are being dragged are left alone
            return
        self._room = room
        self._given = self._shared(room)
        for key, column in self._columns.items():
            if int(self._tree.column(key, "width")) != self._given[column.id]:
                self._tree.column(key, width=self._given[column.id])
        self._fitted()

    @property
    def _shown(self) -> list[str]:
        """The columns in sight, from the left."""
        return [id for id in self._order if id not in self._hidden]

    def let_move(self, ordered: Callable[[list[str]], None]) -> None:
        """Headings can be dragged to other places from now on; ``ordered(ids)`` tells of it."""
        from ctk.ui.widgets.headings import Headings

        def move(id: str, before: str | None) -> None:
            order = [other for other in self._order if other != id]
            order.insert(len(order) if before is None else order.index(before), id)
            self.arrange(order, self._hidden)
            ordered(order)

        self._headings = Headings(self._tree, lambda: self._shown, move, self._widen)

    def hold(self, colour: str, done: Callable[[], None]) -> bool:
        """Give the keys to the headings, if these can be moved by now; ``done()`` when they are to go back."""
        if self._headings is not None:
            self._headings.hold(colour, done)
        return self._headings is not None

    def _widen(self, id: str, by: int) -> None:
        """As if it were dragged."""
        key, column = next((key, column) for key, column in self._columns.items() if column.id == id)
        self._tree.column(key, width=max(column.least, int(self._tree.column(key, "width")) + by))
        self._released()

    def _shared(self, room: int) -> dict[str, int]:
        shown = [column for column in self._columns.values() if column.id not in self._hidden]
        stretching = [column for column in shown if column.stretch]
        given = dict(self._wanted)
        if room <= 1 or not stretching:
            return given
        whole = sum(self._wanted[column.id] for column in stretching)
        rest = room - sum(self._wanted[column.id] for column in shown) + whole
        for column in stretching:
            given[column.id] = max(column.least, rest * self._wanted[column.id] // whole)
        last = stretching[-1]
        given[last.id] = max(last.least, room - sum(given[column.id] for column in shown) + given[last.id])
        return given

    def _released(self) -> None:
        """A separator may have been dragged."""
        widths = {column.id: int(self._tree.column(key, "width")) for key, column in self._columns.items()}
        changed = {id: width for id, width in widths.items() if width != self._given[id]}
        if changed:
            self._wanted = widths
            self._room = 0
            self.fit()
            sharing = {column.id: widths[column.id] for column in self._columns.values() if column.stretch}
            self._set |= {*sharing, *changed}
            self._dragged(sharing | changed)

    def _size_of_writing(self) -> int:
        try:
            return int(self._tree.getvar(WRITING))
        except tk.TclError:
            return 100

    def _usual(self, column: Column) -> int:
        return max(column.least, round(column.width * self._writing / 100))

    def _follow_writing(self) -> None:
        """It may be of another size."""
        size = self._size_of_writing()
        if size != self._writing:
            self._writing = size
            usual = {column.id: self._usual(column) for column in self._columns.values()}
            self._wanted |= {id: width for id, width in usual.items() if id not in self._set}
            self._room = 0
            self.fit()


def _with(sort: Callable[[str], None], id: str) -> Callable[[], None]:
    return lambda: sort(id)
