"""The sources in the window: the page, made when it is first turned to, its buttons and its menu."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ctk import contract
from ctk.records import Source, Vanished
from ctk.ui import reveal
from ctk.ui.models import sources
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.sources import Sources
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.context import ContextMenu, Entry
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.views.sources import SourcesView


class Folders:
    """``add()`` asks for a folder, ``find()`` looks where audio usually is, ``show()`` turns to the page."""

    def __init__(
        self,
        theme: Theme,
        wired: Callable[[], contract.Sources],
        library: Library,
        scans: Scans,
        pump: Pump,
        toast: Toast,
        *,
        add: Callable[[], None],
        find: Callable[[], None],
        show: Callable[[], None],
    ) -> None:
        self.model = Sources(wired, library, scans, pump)
        self._theme = theme
        self._library = library
        self._scans = scans
        self._pump = pump
        self._toast = toast
        self._add = add
        self._find = find
        self._show = show
        self.page: SourcesView | None = None
        self.model.told.connect(toast.show)

    def make_page(self, master: tk.Misc) -> "SourcesView":
        """The page, once."""
        from ctk.ui.views.sources import SourcesView

        self.page = page = SourcesView(master, self._theme, self.model, self._library)
        page.button("Find my audio...", self._find)
        page.button("Scan all again", self._scans.scan)
        page.button("Add folder...", self._add, accent=True)
        page.table.on_open = lambda _: self._act(self.model.rescan)
        page.table.tree.bind("<Return>", lambda _: self._act(self.model.rescan))
        page.troubles.on_open = lambda _: self._reveal_trouble()
        page.troubles.tree.bind("<Return>", lambda _: self._reveal_trouble())
        ContextMenu(page.table, self._theme, self.model.point, self._entries)
        ContextMenu(page.troubles, self._theme, page.troubles.focus_on, self._trouble_entries)
        return page

    def arrive(self) -> None:
        """The page gets the keys, and looks again which drives are here."""
        self.model.arrive()
        if self.page is not None:
            self.page.arrive()

    def ask(self, vanished: Sequence[Vanished]) -> None:
        """Very many files are gone at once: the page asks whether they really are."""
        self.model.ask(vanished)
        self._toast.show(sources.question(vanished[0]), ("Look", self._show))

    def _entries(self) -> Sequence[Entry]:
        source = self.model.focused
        if source is None:
            return ()
        here = source.state == "ok"
        return (
            Entry("Scan again", lambda: self.model.rescan(source), here, keys="Enter"),
            Entry("Locate...", lambda: self._locate(source)),
            Entry("Show in folder", lambda: self._pump.call(reveal.reveal, source.path, key="reveal"), here),
            Entry(),
            Entry(
                "No longer protect" if source.protected else "Protect from changes",
                lambda: self.model.protect(source, not source.protected),
            ),
            Entry("Drop missing sounds", self.model.forget_missing, any(row.missing for row in self.model.rows)),
            Entry("Forget this folder...", lambda: self._forget(source)),
        )

    def _trouble_entries(self) -> Sequence[Entry]:
        return (Entry("Show in folder", self._reveal_trouble),)

    def _act(self, act: Callable[[Source], None]) -> None:
        if self.model.focused is not None:
            act(self.model.focused)

    def _locate(self, source: Source) -> None:
        from tkinter import filedialog

        found = filedialog.askdirectory(
            parent=self.page, title=f"Where is {sources.title(source)} now?", mustexist=True
        )
        if found:
            self.model.locate(source, found)

    def _forget(self, source: Source) -> None:
        self._toast.show(
            f"Forget {sources.title(source)} and what is known of its {source.files:,} sounds? No file is touched.",
            ("Forget", lambda: self.model.remove(source)),
        )

    def _reveal_trouble(self) -> None:
        problem = self.page.trouble() if self.page is not None else None
        if problem is not None:
            self._pump.call(reveal.reveal, problem.path, key="reveal")
