"""Dragging between the list and other programs: sounds out of it, folders and files in."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ctk.errors import CtkError
from ctk.ui import drag
from ctk.ui.models.finding import Finding
from ctk.ui.models.incoming import Incoming
from ctk.ui.models.picked import Files, Picked
from ctk.ui.models.technical import technical
from ctk.ui.widgets.grip import Grip

if TYPE_CHECKING:
    from ctk.ui.views.jobs import StatusLine
    from ctk.ui.widgets.table import Table
    from ctk.ui.widgets.toast import Toast
    from ctk.ui.x11.selections import Selections

DRAG_WAIT_S = 1.0
"""How long the paths of what is dragged may take; by then the pointer is somewhere else."""


class Exchange:
    """``settle`` once the first rows are painted: what it takes is loaded then. What cannot be done is not offered."""

    def __init__(
        self,
        root: tk.Misc,
        table: "Table",
        picked: Picked,
        incoming: Incoming,
        finding: Finding,
        status: "StatusLine",
        toast: "Toast",
        selections: "Callable[[], Selections]",
    ) -> None:
        self._root = root
        self._table = table
        self._picked = picked
        self._incoming = incoming
        self._status = status
        self._toast = toast
        self._selections = selections
        self._drag: drag.Out | None = None
        incoming.told.connect(self._tell)
        incoming.found.connect(finding.show)
        incoming.trouble.connect(status.complain)

    def take(self, paths: Sequence[str]) -> None:
        """Take in what comes from elsewhere as if it were dropped."""
        self._incoming.take(paths)

    def settle(self) -> None:
        """From now on things can be dragged."""
        root, table, picked = self._root, self._table, self._picked
        loaded = drag.load(root)
        if loaded:
            drag.DropIn(root, self._incoming.take, lambda: self.dragging)
        if loaded or drag.on_x11(root):
            self._drag = drag.out_of(table.tree, self._selections)
            Grip(table.tree, table, is_picked=picked.is_picked, several=picked.several, lift=self._lift)

    @property
    def ready(self) -> bool:
        """Whether sounds can be dragged out of the list by now."""
        return self._drag is not None

    @property
    def dragging(self) -> bool:
        """Whether sounds are on their way out of the list; they are not taken in again."""
        return self._drag is not None and self._drag.on

    def _lift(self, event: "tk.Event[Any]") -> None:
        self._picked.files(lambda files: self._start(files, event), wait_s=DRAG_WAIT_S)

    def _start(self, files: Files, event: "tk.Event[Any]") -> None:
        if files.remark:
            (self._status.say if files.paths else self._status.complain)(files.remark)
        if files.paths and self._drag is not None:
            try:
                self._drag.start(files.paths, event)
            except CtkError as exc:
                self._status.complain(str(exc), technical(exc))

    def _tell(self, sentence: str, label: str, act: Callable[[], None]) -> None:
        if label:
            self._toast.show(sentence, (label, act))
        else:
            self._status.say(sentence)
