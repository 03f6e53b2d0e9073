"""What can be done with the files of the sounds that are picked in the catalog."""

import tkinter as tk
from array import array
from collections.abc import Callable

from ctk.contract import Batch, Catalog
from ctk.records import Row
from ctk.ui import reveal
from ctk.ui.models.changes import Changes
from ctk.ui.models.search import Answer, Ask, Search
from ctk.ui.models.selection import Selection
from ctk.ui.pump import Pump
from ctk.ui.views.changes import ChangesView

MANY_PATHS = 10_000
"""No more paths than this are copied at once."""


class Edits:
    """``move``, ``rename`` and ``remove`` what is picked, or else what is in focus; ``undo`` it.

    ``here()`` tells whether the catalog is in sight: nothing is done with what cannot be seen.
    """

    def __init__(
        self,
        root: tk.Misc,
        catalog: Catalog,
        batch: Batch,
        pump: Pump,
        search: Search,
        selection: Selection,
        changes: Changes,
        view: ChangesView,
        here: Callable[[], bool],
    ) -> None:
        self._root = root
        self._catalog = catalog
        self._batch = batch
        self._pump = pump
        self._search = search
        self._selection = selection
        self._changes = changes
        self._view = view
        self._here = here
        self._return_to: int | None = None
        search.answered.connect(self._go_on)

    def can(self) -> bool:
        """Whether there is anything to do something with."""
        return self._here() and bool(len(self._selection.marks) or self._focused())

    def move(self) -> None:
        from tkinter import filedialog

        folder = filedialog.askdirectory(parent=self._root, title="Move to which folder?")
        if folder:
            ids, ask = self._ids(), self._search.ask
            self._changes.propose(lambda: self._batch.plan_move(ordered(self._catalog, ask, ids), folder))

    def rename(self) -> None:
        """Ask for a template; sounds are numbered in the order of the list."""

        def begin(ids: "array[int]") -> None:
            self._view.show_rename(ids)

        self._pump.call(ordered, self._catalog, self._search.ask, self._ids(), then=begin, key="rename")

    def remove(self) -> None:
        """Put files aside; a few go at once, since Undo is right there."""
        ids = self._ids()
        self._return_to = self._selection.focus if len(ids) == 1 else None
        self._changes.propose(lambda: self._batch.plan_remove(ids), at_once=True)

    def reveal(self) -> None:
        """Show the file in focus in the system's file manager."""
        row = self._focused()
        if row is not None:
            self._pump.call(reveal.reveal, row.path, key="reveal")

    def copy_path(self) -> None:
        """Put the paths on the clipboard, one on a line."""
        ids, ask = self._ids(), self._search.ask
        self._pump.call(paths, self._catalog, ask, ids, then=self.put_on_clipboard, key="paths")

    def put_on_clipboard(self, text: str) -> None:
        self._root.clipboard_clear()
        self._root.clipboard_append(text)

    def undo(self) -> None:
        """Take back what was done last."""
        self._changes.undo()

    def show_history(self) -> None:
        self._view.show_history()

    def _ids(self) -> "array[int]":
        row = self._focused()
        if not len(self._selection.marks) and row is not None:
            return array("q", [row.id])
        return self._selection.marks.ids()

    def _focused(self) -> Row | None:
        at = self._selection.focus
        return None if at is None else self._search.row(at)

    def _go_on(self, answer: Answer, new_text: bool, _: bool) -> None:
        """The sound in focus was removed: the one that took its place is next."""
        at, gone = self._return_to, self._selection.focus is None
        if at is not None and (gone or new_text):
            self._return_to = None
            if not new_text and answer.total:
                self._selection.only(min(at, answer.total - 1))


def ordered(catalog: Catalog, ask: Ask, ids: "array[int]") -> "array[int]":
    """``ids`` in the order of the list."""
    return ids if len(ids) == 1 else catalog.ids(ask.text, sort=ask.sort, desc=ask.desc, only_ids=ids)


def paths(catalog: Catalog, ask: Ask, ids: "array[int]") -> str:
    """The paths of sounds, in the order of the list."""
    found = catalog.search(ask.text, limit=MANY_PATHS, sort=ask.sort, desc=ask.desc, only_ids=ids)
    return "\n".join(row.path for row in found.rows)
