"""The sounds that something is to be done with: those that are picked, or else the one in focus."""

import os
from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ctk.contract import Catalog
from ctk.paths import os_path
from ctk.records import Row
from ctk.ui.models import words
from ctk.ui.models.search import Ask, Search
from ctk.ui.models.selection import Selection
from ctk.ui.pump import Pump

MANY = 10_000
"""No more files than this are handed to other programs at once."""


class Files(NamedTuple):
    """Paths of sounds that are here, in the order of the list; ``left_out`` more are not, or are too many."""

    paths: Sequence[str]
    left_out: int

    @property
    def remark(self) -> str:
        """What to say about those that are left out."""
        if not self.left_out:
            return ""
        if not self.paths:
            return "This sound is not here now." if self.left_out == 1 else "None of these sounds is here now."
        if len(self.paths) >= MANY:
            return f"Only the first {MANY:,} sounds; {self.left_out:,} were left out."
        are = "is not here and was" if self.left_out == 1 else "are not here and were"
        return f"{words.sounds(len(self.paths))}; {self.left_out:,} {are} left out."


class Picked:
    """``here()`` tells whether the list is in sight: nothing is done with what cannot be seen."""

    def __init__(
        self, catalog: Catalog, pump: Pump, search: Search, selection: Selection, here: Callable[[], bool]
    ) -> None:
        self._catalog = catalog
        self._pump = pump
        self._search = search
        self._selection = selection
        self._here = here

    def any(self) -> bool:
        return self._here() and bool(len(self._selection.marks) or self.focused())

    def several(self) -> bool:
        return len(self._selection.marks) > 1

    def is_picked(self, position: int) -> bool:
        row = self._search.row(position)
        return row is not None and row.id in self._selection.marks

    def focused(self) -> Row | None:
        at = self._selection.focus
        return None if at is None else self._search.row(at)

    def ids(self) -> "array[int]":
        """Their ids, in no particular order."""
        row = self.focused()
        if not len(self._selection.marks) and row is not None:
            return array("q", [row.id])
        return self._selection.marks.ids()

    def order(self) -> "Callable[[], array[int]]":
        """What gives the ids of now in the order of the list; to be called on another thread."""
        ids, ask = self.ids(), self._search.ask
        return lambda: ordered(self._catalog, ask, ids)

    def paths(self, then: Callable[[str], None]) -> None:
        """Hand over the paths, one on a line."""
        self._pump.call(paths, self._catalog, self._search.ask, self.ids(), then=then, key="paths")

    def files(self, then: Callable[[Files], None], *, wait_s: float = 0.0) -> None:
        """Hand over the files that are here; before this returns, when that takes no longer than ``wait_s``."""
        self._pump.call(files, self._catalog, self._search.ask, self.ids(), then=then, key="files", wait_s=wait_s)


def ordered(catalog: Catalog, ask: Ask, ids: "array[int]") -> "array[int]":
    """``ids`` in the order of the list."""
    return ids if len(ids) == 1 else catalog.ids(ask.text, sort=ask.sort, desc=ask.desc, only_ids=ids)


def paths(catalog: Catalog, ask: Ask, ids: "array[int]") -> str:
    """The paths of sounds, in the order of the list."""
    found = catalog.search(ask.text, limit=MANY, sort=ask.sort, desc=ask.desc, only_ids=ids)
    return "\n".join(row.path for row in found.rows)


def files(catalog: Catalog, ask: Ask, ids: "array[int]") -> Files:
    """The files of sounds that are here, in the order of the list."""
    found = catalog.search(ask.text, limit=MANY, sort=ask.sort, desc=ask.desc, only_ids=ids)
    here = [row.path for row in found.rows if row.state in ("ok", "bad") and os.path.isfile(os_path(row.path))]
    return Files(here, len(ids) - len(here))
