"""The window: puts models, views and actions together over one open toolkit. Owns no logic."""

import gc
import logging
import tkinter as tk
from collections.abc import Sequence
from functools import cached_property, partial
from tkinter import ttk
from types import TracebackType
from typing import TYPE_CHECKING

from ctk.contract import Toolkit
from ctk.errors import CtkError
from ctk.events import CatalogChanged, QuitWanted, WindowWanted
from ctk.jobs import Job
from ctk.records import Receipt, ScanReport
from ctk.ui import bell, commands, keys, place, system
from ctk.ui.discovery import Discovery
from ctk.ui.filters import FiltersPane
from ctk.ui.look import CHOICES, Look
from ctk.ui.models import words
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Answer, Ask, Search, like_in
from ctk.ui.models.selection import Selection
from ctk.ui.models.work import Work
from ctk.ui.outside import Outside
from ctk.ui.playing import Playing
from ctk.ui.pump import Pump
from ctk.ui.staying import Staying, Tray
from ctk.ui.theme import Theme
from ctk.ui.tokens import DARK
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.context import ContextMenu, Entry, entries
from ctk.ui.views.jobs import StatusLine
from ctk.ui.views.menu import CONTEXT, HEARD, MARKS, MenuBar
from ctk.ui.views.pages import CATALOG, DUPLICATES, MAP, SOURCES, Pages
from ctk.ui.views.transport import TransportBar
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.cleanup import Cleanup
    from ctk.ui.detail import DetailPane
    from ctk.ui.edits import Edits
    from ctk.ui.folders import Folders
    from ctk.ui.hearing import Hearer
    from ctk.ui.map import MapPage
    from ctk.ui.marking import Marker
    from ctk.ui.models.changes import Changes
    from ctk.ui.views.changes import ChangesView

log = logging.getLogger(__name__)

TITLE = "Creator's Toolkit"
UNFORESEEN = "Something went wrong that should not have; the log in your catalog's folder says more."
SETTLE_MS = 200
"""By then the first rows are painted."""
WORKERS_S = 1.5
"""How long closing waits for work that is on its way; the window is out of sight by then."""
FIRST_ROWS_S = 0.5
"""How long the first paint waits for the first rows."""


def run(toolkit: Toolkit, folders: Sequence[str] = (), *, tray: Tray | None = None, hidden: bool = False) -> int:
    """Show the window until it is closed; ``folders`` are added and scanned at once. Returns the exit code.

    With a ``tray`` closing leaves it there, and ``hidden`` is how it starts.

    Raises ``CtkError`` where there is no display.
    """
    system.be_sharp()
    try:
        root = tk.Tk(className="ctk")
    except tk.TclError as exc:
        raise CtkError("There is no display for the window here; the command line works: ctk --help.") from exc
    window = Window(root, toolkit, tray)
    window.open(folders, hidden=hidden)
    window.root.mainloop()
    del window, root
    gc.collect()  # here, since Tcl aborts when another thread clears away what is left of a window
    return 0


class Window:
    """Everything on screen. ``open`` shows it, ``quit`` saves what the user chose and ends it."""

    def __init__(self, root: tk.Tk, toolkit: Toolkit, tray: Tray | None = None) -> None:
        root.withdraw()
        root.title(TITLE)
        root.report_callback_exception = self._report
        self.root = root
        self._toolkit = toolkit
        self._settings = settings = toolkit.settings
        self.theme = Theme(root)
        self.theme.use(settings.theme)
        self.pump = pump = Pump(root, toolkit.events, self._trouble, partial(bell.hang, root))
        self.look = Look(self.theme, settings, pump)
        self.search = Search(toolkit.catalog, pump, Ask("", settings.sort, settings.desc))
        self.selection = Selection(self.search.ids)
        self.picked = Picked(toolkit.catalog, pump, self.search, self.selection, self._here)
        self.library = Library(toolkit.catalog, pump)
        self.scans = Scans(self._start_scan, pump)
        listed = (self.search, self.selection, self.scans)
        self.playing = Playing(toolkit, pump, *listed, self._here, scale=self.theme.scale)
        self.work = Work(pump)
        self.search.start()
        self._build(tray)
        self._connect()

    @cached_property
    def changes(self) -> "Changes":
        """Plans, receipts, and undo."""
        from ctk.ui.models.changes import Changes

        changes = Changes(self._toolkit.batch, self.work, self.pump)
        changes.trouble.connect(self.status.complain)
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

        known = (self.theme, self._settings, self._toolkit.catalog, self.pump)
        return DetailPane(*known, self.playing, self.library, self.catalog, self.marker)

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

    def open(self, folders: Sequence[str] = (), *, hidden: bool = False) -> None:
        """Show the rows that are known, or begin in the tray; count, ask about dark mode, and scan ``folders``."""
        self.catalog.keep_room(place.restore(self.root, self._settings.geometry, self.theme.px))
        self.catalog.bar.field.entry.focus_set()
        self.search.wait(FIRST_ROWS_S)
        if hidden:
            self.staying.hide()
        else:
            self.root.deiconify()
        self.root.update_idletasks()
        self.root.after(SETTLE_MS, self._settle, tuple(folders))

    def add_folder(self) -> None:
        from tkinter import filedialog

        path = filedialog.askdirectory(parent=self.root, title="Add a folder of sounds", mustexist=True)
        if path:
            self.scans.scan([path])

    def show_help(self, topic: str) -> None:
        from ctk.ui.views import help

        help.show(topic, self.root, self.theme, self._toolkit.home)

    def play_focused(self) -> None:
        """Play what is in focus on the page in sight."""
        page = self.map if self.pages.name == MAP else self.cleanup
        (self.catalog if self._here() else page).play_focused()

    def quit(self) -> None:
        """Keep what the user chose, and close at once even while something runs; what was done stays."""
        self.scans.cancel()
        self.work.cancel()
        if "detail" in vars(self):
            self.detail.leave()
        settings, usual = self._settings, self.search.usual
        settings.geometry, settings.sort, settings.desc = self.root.geometry(), usual.sort, usual.desc
        settings.save()
        self.root.withdraw()
        self.staying.leave()
        self.pump.close(WORKERS_S)
        self.root.destroy()

    def _start_scan(self, folders: Sequence[str] | None, /, *, accept_missing: bool = False) -> Job[ScanReport]:
        return self._toolkit.sources.scan(folders, accept_missing=accept_missing)

    def _build(self, tray: Tray | None) -> None:
        root, theme = self.root, self.theme
        self.pages = Pages(root, theme)
        self.discovery = Discovery(
            *(theme, self.pages, lambda: self._toolkit.sources, self.work, self.scans, self.pump, self.add_folder)
        )
        self.catalog = CatalogView(
            self.pages.stage, theme, self._settings, self.search, self.selection, self.playing, self.library
        )
        self.toast = Toast(self.pages.stage, gap=theme.px(16), clear=lambda: theme.icon("clear", 14, DARK.muted))
        self.filters = FiltersPane(theme, self._toolkit, self.pump, self.search, self.catalog, self.toast)
        at_work = (self.playing.listening, self.playing.hears, self.playing.hears.fetching)
        self.status = StatusLine(root, theme, self.scans, self.work, at_work, self.library)
        self.player = TransportBar(root, theme, self.playing)
        self.status.pack(side="bottom", fill="x")
        for bar in (self._line(), self.player, self._line()):
            bar.pack(side="bottom", fill="x")
        self.pages.pack(fill="both", expand=True)
        listed = (self.search, self.selection, self.picked, self.scans)
        self.outside = Outside(
            *(root, self._toolkit, self.pump, *listed, self.pages, self.catalog, self.status, self.toast)
        )

        bars = (self.status, self.toast)
        self.staying = Staying(root, self._toolkit, theme, self.pump, *bars, tray, self.quit)

    def _line(self) -> ttk.Frame:
        return ttk.Frame(self.root, style="Line.TFrame", height=max(1, self.theme.px(1)))

    def _connect(self) -> None:
        self.actions = commands.make(self)
        commands.bind(self.actions, self.root, self.catalog.table.tree)
        self.catalog.bar.filters.configure(command=self.actions["view.filters"].run)
        self._make_menus()
        self.pages.turned.connect(self._turned)
        self.pages.add(
            {CATALOG: lambda _: self.catalog, SOURCES: self._make_sources, DUPLICATES: self._make_duplicates}
            | {MAP: lambda stage: self.map.make_page(stage)}  # noqa: PLW0108  # made when it is due
        )
        self._listen()

    def _make_menus(self) -> None:
        groups = {MARKS: self._mark_lines, HEARD: self._heard_lines}
        MenuBar(
            self.root,
            self.theme,
            self.actions,
            self.playing.stands()
            | self.staying.switches()
            | {f"view.{name}": partial(self.look.is_chosen, name) for name in CHOICES},
        )
        self.context = ContextMenu(
            *(self.catalog.table, self.theme, self.catalog.point),
            lambda: entries(self.actions, CONTEXT, self.outside.outgoing.labels, groups),
            self.catalog.column_lines,
        )

    def _mark_lines(self) -> "Sequence[Entry]":
        return self.marker.lines(self.actions)

    def _heard_lines(self) -> "Sequence[Entry]":
        return self.hearer.lines(self.actions)

    def _listen(self) -> None:
        root = self.root
        self.pump.listen(CatalogChanged, lambda _: self.search.refresh_soon())
        self.pump.listen(WindowWanted, self._come_forward)
        self.pump.listen(QuitWanted, lambda _: self.quit())
        self.search.answered.connect(self._cover)
        self.search.answered.connect(self._follow_likes)
        self.selection.focused.connect(self._show_path)
        self.scans.reported.connect(lambda vanished: self.folders.ask(vanished))  # noqa: PLW0108  # made when it is due
        self.playing.tell(self.status.say, self.status.complain)
        root.protocol("WM_DELETE_WINDOW", self.staying.close)
        if keys.MAC:
            root.createcommand("tk::mac::Quit", self.quit)
            root.createcommand("tk::mac::ReopenApplication", self.staying.show)
            self.outside.listen_to_finder()

    def _come_forward(self, wanted: WindowWanted) -> None:
        self.staying.show()
        if wanted.folders:
            self.scans.scan(wanted.folders)

    def _here(self) -> bool:
        """Whether the catalog is in sight."""
        return self.pages.name == CATALOG

    def _make_sources(self, master: tk.Misc) -> ttk.Frame:
        return self.folders.make_page(master)

    def _make_duplicates(self, master: tk.Misc) -> ttk.Frame:
        page = self.cleanup.make_page(master)
        commands.bind_list(self.actions, page.table.tree)
        return page

    def _turned(self, name: str) -> None:
        """Another page is in sight: it gets the keys."""
        if name == DUPLICATES:
            self.cleanup.arrive()
        elif name == SOURCES:
            self.folders.arrive()
        elif name == MAP:
            self.map.arrive()
        else:
            self.catalog.arrive()

    def _settle(self, folders: tuple[str, ...]) -> None:
        """What can wait until the first rows are painted."""
        self.root.iconphoto(True, self.theme.logo())
        root = self.root
        root.bind("<FocusIn>", lambda event: self.look.ask() if event.widget is root else None)
        self.playing.start()
        self.staying.begin(self.actions)
        self.filters.settle()
        if self._settings.detail:
            self.detail.settle()
        self.library.count()
        self.changes.recovered(self._tell_recovered)
        self.look.ask()
        self.outside.exchange.settle()
        if folders:
            self.scans.scan(folders)
        if self._settings.watch:
            self.pump.call(lambda: self._toolkit.sources.watch(True), key="watch")

    def _cover(self, answer: Answer, *_: bool) -> None:
        """The first page stands for an empty catalog, until there is something to list."""
        if not answer.total and not answer.ask.text:
            if self.pages.cover(self.discovery.page):
                self.discovery.page.arrive()
        elif self.pages.cover(None):
            self._turned(self.pages.name)

    def _follow_likes(self, answer: Answer, new_text: bool, _: bool) -> None:
        if "hearer" in vars(self) or like_in(answer.ask.text) is not None:
            self.hearer.follow(answer, new_text)

    def _show_path(self, position: int) -> None:
        row = self.search.row(position)
        self.status.rest(words.safe(row.path) if row else "")

    def _tell_recovered(self, receipts: Sequence[Receipt]) -> None:
        """What was half done when the program ended last time."""
        if receipts:
            from ctk.ui.models import plan_words

            self.status.say(" ".join(map(plan_words.recovered, receipts)))

    def _trouble(self, error: Exception) -> None:
        self.status.complain(str(error) if isinstance(error, CtkError) else UNFORESEEN)

    def _report(self, kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
        log.error("the window met something unforeseen", exc_info=(kind, exc, trace))
        self.status.complain(UNFORESEEN)
