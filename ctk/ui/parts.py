"""The parts of the window that the first paint can do without: each is loaded and made when it is first asked for."""

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ctk.actions import Actions
from ctk.contract import Toolkit
from ctk.ui.discovery import Discovery
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.work import Work
from ctk.ui.outside import Outside
from ctk.ui.playing import Playing
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.context import ContextMenu
from ctk.ui.views.jobs import StatusLine
from ctk.ui.views.pages import SOURCES, Pages
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.cleanup import Cleanup
    from ctk.ui.detail import DetailPane
    from ctk.ui.edits import Edits
    from ctk.ui.folders import Folders
    from ctk.ui.hearing import Hearer
    from ctk.ui.look import Look
    from ctk.ui.looks import LooksDesk
    from ctk.ui.map import MapPage
    from ctk.ui.marking import Marker
    from ctk.ui.models.changes import Changes
    from ctk.ui.views.changes import ChangesView
    from ctk.ui.views.palette import PaletteBox
    from ctk.ui.views.technical import TechnicalPanel


class Parts:
    """What they are made of belongs to the window."""

    root: tk.Tk
    theme: Theme
    look: "Look"
    pump: Pump
    search: Search
    selection: Selection
    picked: Picked
    library: Library
    scans: Scans
    playing: Playing
    work: Work
    pages: Pages
    catalog: CatalogView
    status: StatusLine
    toast: Toast
    discovery: Discovery
    outside: Outside
    context: ContextMenu
    actions: Actions
    checked: Mapping[str, Callable[[], bool]]
    _toolkit: Toolkit

    @cached_property
    def palette(self) -> "PaletteBox":
        """All commands, found by typing."""
        from ctk.ui import palette

        return palette.make(self.root, self.theme, self._toolkit.settings, self.actions, self.checked)

    @cached_property
    def technical(self) -> "TechnicalPanel":
        """What is technical about an error."""
        from ctk.ui.views.technical import TechnicalPanel

        return TechnicalPanel(self.pages.drawer, self.theme, self.pages.drawer.shut)

    def explain(self, sentence: str, details: str) -> None:
        """Say more of an error."""
        self.technical.show(sentence, details)
        self.pages.drawer.show(self.technical)

    def show_help(self, topic: str) -> None:
        """Open a page of the help."""
        from ctk.ui.views import help

        help.show(topic, self.root, self.theme, self._toolkit.home, self.actions)

    @cached_property
    def looks(self) -> "LooksDesk":
        """The looks to choose from."""
        from ctk.ui.looks import LooksDesk

        return LooksDesk(self.root, self.theme, self.look, self.pump, self.pages.drawer, self.status)

    @cached_property
    def changes(self) -> "Changes":
        """Plans, receipts, and undo."""
        from ctk.ui.models.changes import Changes

        changes = Changes(self._toolkit.batch, self.work, self.pump)
        changes.trouble.connect(self.status.complain)
        changes.removed.connect(self.selection.forget)
        return changes

    @cached_property
    def outcome(self) -> "ChangesView":
        """Plans, receipts and history on screen."""
        from ctk.ui.models.rename import Rename
        from ctk.ui.views.changes import ChangesView

        rename = Rename(self._toolkit.batch, self.pump)
        return ChangesView(self.theme, self.pages.drawer, self.toast, self.changes, rename, self.library)

    @cached_property
    def edits(self) -> "Edits":
        """What can be changed about picked sounds."""
        from ctk.ui.edits import Edits

        listed = (self.picked, self.search, self.selection)
        return Edits(self.root, self._toolkit.batch, self.pump, *listed, self.changes, self.outcome)

    @cached_property
    def detail(self) -> "DetailPane":
        """All about the sound in focus."""
        from ctk.ui.detail import DetailPane

        known = (self.theme, self._toolkit.settings, self._toolkit.catalog, self.pump)
        return DetailPane(*known, self.playing, self.library, self.catalog, self.marker, self.status.complain)

    @cached_property
    def marker(self) -> "Marker":
        """What the user says of sounds."""
        from ctk.ui.marking import Marker

        listed = (self.picked, self.search, self.selection, self.catalog)
        told = (self.status, self.toast, lambda: self.detail.write_note())  # noqa: PLW0108  # made when it is due
        return Marker(self.theme, self._toolkit, self.pump, *listed, *told)

    @cached_property
    def hearer(self) -> "Hearer":
        """What sounds are, and which are alike."""
        from ctk.ui.hearing import Hearer

        listed = (self.picked, self.search, self.selection, self.catalog)
        told = (self.pages.drawer, self.status, self.toast, self.context.open_at_focus)
        return Hearer(self.theme, self._toolkit, self.pump, self.playing.hears, *listed, *told)

    @cached_property
    def folders(self) -> "Folders":
        """The sources."""
        from ctk.ui.folders import Folders

        known = (self.theme, lambda: self._toolkit.sources, self.library, self.scans, self.pump, self.toast)
        show = partial(self.pages.show, SOURCES)
        return Folders(*known, add=self.add_folder, find=self.discovery.show, show=show)

    @cached_property
    def cleanup(self) -> "Cleanup":
        """The duplicates."""
        from ctk.ui.cleanup import Cleanup

        return Cleanup(
            *(self.theme, self._toolkit.duplicates, self.work, self.pump, self.changes, self.outcome),
            *(self.playing.transport, self.library, self.status, self.toast),
        )

    @cached_property
    def map(self) -> "MapPage":
        """The library as dots."""
        from ctk.ui.map import MapPage

        listed = (self.search, self.playing, self.catalog, self.outside.finding)
        told = (self.pages, self.status, self.toast)
        return MapPage(self.theme, self._toolkit, self.pump, *listed, *told, liken=self.hearer.likeness.find)

    def add_folder(self) -> None:
        """Ask for a folder, and scan it."""
        from tkinter import filedialog

        from ctk.ui.models.sources import beginning

        stats = self.library.stats
        begin = beginning(stats.sources if stats is not None else ())
        path = filedialog.askdirectory(
            parent=self.root, title="Add a folder of sounds", mustexist=True, initialdir=begin
        )
        if path:
            self.scans.scan([path])
