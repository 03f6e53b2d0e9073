"""Duplicates in the window: the page, made when it is first turned to, its menu, and what its searches come to."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ctk import contract
from ctk.records import Group, Problem
from ctk.ui import reveal
from ctk.ui.models import words
from ctk.ui.models.changes import Changes
from ctk.ui.models.choices import Choices
from ctk.ui.models.duplicates import Duplicates
from ctk.ui.models.library import Library
from ctk.ui.models.transport import Transport
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.changes import ChangesView
from ctk.ui.views.context import ContextMenu, Entry
from ctk.ui.views.jobs import StatusLine
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.views.duplicates import DuplicatesView


class Cleanup:
    """``make_page`` when it is time; ``look`` for duplicates, ``clean`` them up."""

    def __init__(
        self,
        theme: Theme,
        duplicates: contract.Duplicates,
        work: Work,
        pump: Pump,
        changes: Changes,
        outcome: ChangesView,
        transport: Transport,
        library: Library,
        status: StatusLine,
        toast: Toast,
    ) -> None:
        self.model = model = Duplicates(duplicates, Choices(), work, pump)
        self.page: DuplicatesView | None = None
        self._theme = theme
        self._pump = pump
        self._changes = changes
        self._outcome = outcome
        self._transport = transport
        self._library = library
        self._status = status
        self._toast = toast
        model.found.connect(self._tell_found)
        model.dismissed.connect(self._tell_dismissed)
        model.trouble.connect(status.complain)
        model.choices.trouble.connect(status.say)
        changes.undone.connect(lambda _: model.find_again())

    def make_page(self, master: tk.Misc) -> "DuplicatesView":
        """The page, once."""
        from ctk.ui.views.duplicates import DuplicatesView

        page = DuplicatesView(master, self._theme, self.model, self._transport, self._library, self.clean)
        page.told.connect(lambda text: self._status.rest(text) if page.winfo_manager() else None)
        ContextMenu(page.table, self._theme, lambda at: page.go(at, listen=False), lambda: self._entries(page))
        ContextMenu(page.folders.table, self._theme, page.folders.focus_on, lambda: self._folder_entries(page))
        self.page = page
        return page

    def arrive(self) -> None:
        """The page gets the keys."""
        if self.page is not None:
            self.page.arrive()

    def play_focused(self) -> None:
        if self.page is not None:
            self.page.play_focused()

    def look(self) -> None:
        self.model.find()

    def can_clean(self) -> bool:
        return self.model.can_clean

    def clean(self, group: Group | None = None) -> None:
        """Ask about the plan to put the spare copies of a group, or of all, aside."""
        self._changes.propose(self.model.plan(group))

    def _entries(self, page: "DuplicatesView") -> Sequence[Entry]:
        shown = page.focused()
        if shown is None or shown.group is None:
            return ()
        group, copy, model = shown.group, shown.copy, self.model
        exact = group.kind == "exact"
        path = (copy or group.files[0]).path
        fates = [model.choices.fate(group, each) for each in group.files if copy is None or each.id == copy.id]
        return (
            Entry("Play", page.play_focused, keys="Enter"),
            Entry(),
            Entry("Keep this one", page.keep, copy is not None and exact and "kept" not in fates, "K"),
            Entry(
                "Let it go" if "left out" in fates and "goes" not in fates else "Leave it out",
                page.toggle,
                "goes" in fates or "left out" in fates,
                "X",
            ),
            Entry("Clean up this group...", lambda: self.clean(group), bool(group.wasted_bytes)),
            Entry("Not a duplicate", lambda: model.dismiss(group)),
            Entry(),
            Entry("Show in folder", lambda: self._reveal(path)),
            Entry("Copy path", lambda: self._copy(page, path)),
        )

    def _folder_entries(self, page: "DuplicatesView") -> Sequence[Entry]:
        overlap = page.folders.focused()
        if overlap is None:
            return ()
        return tuple(
            Entry(f"Show {words.safe(path)}", self._revealer(path)) for path in (overlap.folder, overlap.inside)
        )

    def _revealer(self, path: str) -> Callable[[], None]:
        return lambda: self._reveal(path)

    def _reveal(self, path: str) -> None:
        self._pump.call(reveal.reveal, path, key="reveal")

    def _copy(self, page: tk.Misc, path: str) -> None:
        page.clipboard_clear()
        page.clipboard_append(path)

    def _tell_found(self, sentence: str, problems: Sequence[Problem]) -> None:
        if problems:
            self._toast.show(sentence, ("Why?", lambda: self._outcome.show_problems("Not compared", problems)))
        else:
            self._status.say(sentence)

    def _tell_dismissed(self, group: Group) -> None:
        name = words.name(group.files[0].path)
        self._toast.show(f"“{name}” is no duplicate.", ("Undo", lambda: self.model.restore(group)))
