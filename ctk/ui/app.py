"""The window: puts models, views and actions together over one open toolkit. Owns no logic."""

import gc
import logging
import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ctk.contract import Toolkit
from ctk.errors import CtkError
from ctk.events import CatalogChanged, QuitWanted, WindowWanted
from ctk.jobs import Job
from ctk.looks import last
from ctk.looks.tokens import DARK
from ctk.ui import bell, commands, keyboard, keys, menus, place, system
from ctk.ui.arrangement import Arrangement
from ctk.ui.discovery import Discovery
from ctk.ui.filters import FiltersPane
from ctk.ui.look import CHOICES, Look, first
from ctk.ui.models import remembered
from ctk.ui.models.jobs import Scans
from ctk.ui.models.library import Library
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Answer, Search, like_in
from ctk.ui.models.selection import Selection
from ctk.ui.models.work import Work
from ctk.ui.outside import Outside
from ctk.ui.paging import Paging
from ctk.ui.parts import Parts
from ctk.ui.playing import Playing
from ctk.ui.pump import Pump
from ctk.ui.staying import Staying, Tray
from ctk.ui.telling import Telling
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.jobs import StatusLine
from ctk.ui.views.pages import MAP, Pages
from ctk.ui.views.transport import TransportBar
from ctk.ui.widgets.kept import Kept
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.records import ScanReport

log = logging.getLogger(__name__)

TITLE = "Creator's Toolkit"
PICTURES = "pictures.json"
SETTLE_MS = 200
"""By then the first rows are painted."""
WORKERS_S = 1.5
"""How long closing waits for work that is on its way; the window is out of sight by then."""
FIRST_ROWS_S = 0.5
"""How long the first paint waits for the first rows."""


def run(
    toolkit: Toolkit,
    folders: Sequence[str] = (),
    *,
    tray: Tray | None = None,
    hidden: bool = False,
    ready: Callable[[], None] | None = None,
) -> int:
    """Show the window until it is closed; ``folders`` are added and scanned at once. Returns the exit code.

    With a ``tray`` closing leaves it there, and ``hidden`` is how it starts. ``ready`` is called when the window is
    painted and hears events.

    Raises ``CtkError`` where there is no display.
    """
    system.be_sharp()
    try:
        root = tk.Tk(className="ctk")
    except tk.TclError as exc:
        raise CtkError("There is no display for the window here; the command line works: ctk --help.") from exc
    window = Window(root, toolkit, tray)
    window.open(folders, hidden=hidden)
    if ready is not None:
        root.after(2 * SETTLE_MS, ready)
    window.root.mainloop()
    del window, root
    gc.collect()  # here, since Tcl aborts when another thread clears away what is left of a window
    return 0


class Window(Parts):
    """Everything on screen. ``open`` shows it, ``quit`` saves what the user chose and ends it."""

    def __init__(self, root: tk.Tk, toolkit: Toolkit, tray: Tray | None = None) -> None:
        self.paging, self.telling = Paging(self), Telling(self)
        root.withdraw()
        root.title(TITLE)
        root.report_callback_exception = self.telling.report
        self.root = root
        self._toolkit = toolkit
        self._settings = settings = toolkit.settings
        self.pictures = Kept(toolkit.home / PICTURES)
        self.theme = Theme(root, self.pictures, partial(last.get, toolkit.home))
        self.theme.use(first(settings))
        self.pump = pump = Pump(root, toolkit.events, self.telling.trouble, partial(bell.hang, root))
        self.look = Look(self.theme, settings, pump, toolkit.home)
        self.search = Search(toolkit.catalog, pump, remembered.first_ask(settings))
        self.selection = Selection(self.search.ids)
        self.picked = Picked(toolkit.catalog, pump, self.search, self.selection, self.paging.here)
        self.library = Library(toolkit.catalog, pump)
        self.scans = Scans(self._start_scan, pump)
        listed = (self.search, self.selection, self.scans)
        self.playing = Playing(toolkit, pump, *listed, self.paging.here, scale=self.theme.scale)
        self.work = Work(pump)
        self.search.start()
        self._build(tray)
        self._connect()

    def open(self, folders: Sequence[str] = (), *, hidden: bool = False) -> None:
        """Show the rows that are known, or begin in the tray; count, ask about dark mode, and scan ``folders``."""
        self.catalog.keep_room(place.restore(self.root, self._settings.geometry, self.theme.px))
        self.catalog.find()
        self.search.wait(FIRST_ROWS_S)
        self.root.update_idletasks()  # after which bars know how high they want to be
        self.arrangement.panes.arrange()
        self.catalog.panes.arrange()
        if hidden:
            self.staying.hide()
        else:
            self.root.deiconify()
        self.root.update_idletasks()
        self.root.after(SETTLE_MS, self._settle, tuple(folders))

    def play_focused(self) -> None:
        """Play what is in focus on the page in sight."""
        page = self.map if self.pages.name == MAP else self.cleanup
        (self.catalog if self.paging.here() else page).play_focused()

    def quit(self) -> None:
        """Keep what the user chose, and close at once even while something runs; what was done stays."""
        self.scans.cancel()
        self.work.cancel()
        if "detail" in vars(self):
            self.detail.leave()
        self._settings.geometry = self.root.geometry()
        remembered.keep(self._settings, self.search)
        self._settings.save()
        self.pictures.save()
        self.root.withdraw()
        self.staying.leave()
        self.pump.close(WORKERS_S)
        self.root.destroy()

    def _start_scan(self, folders: Sequence[str] | None, /, *, accept_missing: bool = False) -> "Job[ScanReport]":
        return self._toolkit.sources.scan(folders, accept_missing=accept_missing)

    def _build(self, tray: Tray | None) -> None:
        root, theme = self.root, self.theme
        self.pages = Pages(root, theme)
        self.arrangement = Arrangement(root, theme, self._settings, self.pages)
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
        listed = (self.search, self.selection, self.picked, self.scans)
        self.outside = Outside(
            *(root, self._toolkit, self.pump, *listed, self.pages, self.catalog, self.status, self.toast)
        )

        bars = (self.status, self.toast)
        self.staying = Staying(root, self._toolkit, theme, self.pump, *bars, tray, self.quit)

    def _connect(self) -> None:
        self.actions = commands.make(self)
        keyboard.calm(self.root)
        self.keyboard = keyboard.Keyboard(self.actions, self.root)
        self.keyboard.follow(self.theme)
        self.keyboard.add_list(self.catalog.table.tree)
        self.catalog.bar.filters.configure(command=self.actions["view.filters"].run)
        looks = {f"view.{name}": partial(self.look.is_chosen, name) for name in CHOICES}
        self.checked = self.playing.stands() | self.staying.switches() | looks
        self.context = menus.make(self)
        self.pages.turned.connect(self.telling.turned)
        self.pages.turned.connect(self.paging.arrive)
        news = (self.selection.changed, self.search.answered, self.pages.turned, self.scans.changed)
        bars, playing = {"player": self.player, "status": self.status}, self.playing
        told = (*news, playing.transport.changed, playing.habits.changed)
        self.arrangement.fill(bars, self.paging.makers(), self.actions, self.checked, told)
        self._listen()

    def _listen(self) -> None:
        root = self.root
        self.pump.listen(CatalogChanged, lambda _: self.search.refresh_soon())
        self.pump.listen(WindowWanted, self._come_forward)
        self.pump.listen(QuitWanted, lambda _: self.quit())
        self.search.answered.connect(self.paging.cover)
        self.search.answered.connect(self._follow_likes)
        self.selection.focused.connect(self.telling.path)
        self.scans.reported.connect(lambda vanished: self.folders.ask(vanished))  # noqa: PLW0108  # made when it is due
        self.playing.tell(self.status.say, self.status.complain)
        self.look.complained.connect(self.status.complain)
        self.status.asked.connect(self.explain)
        root.protocol("WM_DELETE_WINDOW", self.staying.close)
        if keys.MAC:
            from ctk.ui import mac

            mac.answer(root, quit=self.quit, show=self.staying.show, help=self.actions["help.keys"].run)
            self.outside.listen_to_finder()

    def _come_forward(self, wanted: WindowWanted) -> None:
        self.staying.show()
        if wanted.folders:
            self.scans.scan(wanted.folders)

    def _settle(self, folders: tuple[str, ...]) -> None:
        """What can wait until the first rows are painted."""
        self.root.iconphoto(True, self.theme.logo())
        root = self.root
        root.bind("<FocusIn>", lambda event: self.look.ask() if event.widget is root else None)
        self.playing.start()
        self.staying.begin(self.actions)
        self.arrangement.settle()
        self.catalog.settle()
        self.filters.settle()
        if self._settings.detail:
            self.detail.settle()
        self.library.count()
        self.changes.recovered(self.telling.recovered)
        self.look.ask()
        self.outside.exchange.settle()
        if folders:
            self.scans.scan(folders)
        if self._settings.watch:
            self.pump.call(lambda: self._toolkit.sources.watch(True), key="watch")

    def _follow_likes(self, answer: Answer, new_text: bool, _: bool) -> None:
        if "hearer" in vars(self) or like_in(answer.ask.text) is not None:
            self.hearer.follow(answer, new_text)
