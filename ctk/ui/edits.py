"""What can be changed about the files of the sounds that are picked in the catalog."""

import tkinter as tk
from array import array

from ctk.contract import Batch
from ctk.ui.models.changes import Changes
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.successor import Successor
from ctk.ui.pump import Pump
from ctk.ui.views.changes import ChangesView


class Edits:
    """``move``, ``rename`` and ``remove`` what is picked, or else what is in focus; ``undo`` it."""

    def __init__(
        self,
        root: tk.Misc,
        batch: Batch,
        pump: Pump,
        picked: Picked,
        search: Search,
        selection: Selection,
        changes: Changes,
        view: ChangesView,
    ) -> None:
        self._root = root
        self._batch = batch
        self._pump = pump
        self._picked = picked
        self._changes = changes
        self._view = view
        self._successor = Successor(search, selection)

    def can(self) -> bool:
        """Whether there is anything to do something with."""
        return self._picked.any()

    def move(self) -> None:
        from tkinter import filedialog

        folder = filedialog.askdirectory(parent=self._root, title="Move to which folder?")
        if folder:
            order = self._picked.order()
            self._changes.propose(lambda: self._batch.plan_move(order(), folder))

    def rename(self) -> None:
        """Ask for a template; sounds are numbered in the order of the list."""

        def begin(ids: "array[int]") -> None:
            self._view.show_rename(ids)

        self._pump.call(self._picked.order(), then=begin, key="rename")

    def remove(self) -> None:
        """Put files aside; a few go at once, since Undo is right there."""
        ids = self._successor.of(self._picked.ids())
        self._changes.propose(lambda: self._batch.plan_remove(ids), at_once=True)

    def undo(self) -> None:
        """Take back what was done last."""
        self._changes.undo()

    def show_history(self) -> None:
        self._view.show_history()
