"""The map in the window: the page, made when it is first turned to, what pointing at it plays, the way to the list."""

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ctk.contract import Toolkit
from ctk.events import CatalogChanged
from ctk.records import Row
from ctk.ui import reveal
from ctk.ui.models import words
from ctk.ui.models.finding import Finding
from ctk.ui.models.map import Map
from ctk.ui.models.pointing import Pointing
from ctk.ui.models.search import Search
from ctk.ui.playing import Playing
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.jobs import StatusLine
from ctk.ui.views.pages import CATALOG, Pages
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.views.map import MapView

NEXT = 6
"""So many sounds around the pointer are made ready to play."""


class MapPage:
    """``make_page`` when it is time. What was picked on it is in focus when the catalog comes in sight again.
    ``liken(row)`` searches for what is like a sound, which then stands out."""

    def __init__(
        self,
        theme: Theme,
        toolkit: Toolkit,
        pump: Pump,
        search: Search,
        playing: Playing,
        catalog: CatalogView,
        finding: Finding,
        pages: Pages,
        status: StatusLine,
        toast: Toast,
        *,
        liken: Callable[[Row], None],
    ) -> None:
        self.model = Map(lambda: toolkit.classify, toolkit.catalog, search, playing.hears, pump)
        self.pointing = Pointing(toolkit.catalog, toolkit.audio, playing.transport, pump)
        self.page: MapView | None = None
        self._theme = theme
        self._pump = pump
        self._search = search
        self._transport = playing.transport
        self._catalog = catalog
        self._finding = finding
        self._pages = pages
        self._status = status
        self._toast = toast
        self._liken = liken
        self._picked: int | None = None
        pump.listen(CatalogChanged, lambda _: self.pointing.forget())
        self.pointing.named.connect(self._name)
        pages.turned.connect(self._turned)

    def make_page(self, master: tk.Misc) -> "MapView":
        """The page, once."""
        from ctk.ui.views.map import MapView

        typed = self._catalog.bar.field.put
        self.page = page = MapView(master, self._theme, self.model, self._search, typed=typed)
        dots = page.dots
        dots.on_point = lambda dot: self.pointing.rest(self._id(dot), self._around(dot))
        dots.on_pick = self._pick
        dots.on_open = lambda dot: self._show([self.model.ids[dot]])
        dots.on_sweep = self._sweep
        dots.on_menu = self._open_menu
        self._menu = tk.Menu(page, tearoff=False)
        dots.bind("<space>", lambda _: self._transport.toggle())
        dots.bind("<Escape>", lambda _: self._transport.stop())
        self.model.moved.connect(self._forget)
        return page

    def arrive(self) -> None:
        """The page gets the keys."""
        if self.page is not None:
            self.page.arrive()

    def find(self) -> None:
        """The keys go to the search box, over the words that stand there."""
        if self.page is not None:
            self.page.field.entry.focus_set()
            self.page.field.entry.select_range(0, "end")

    def play_focused(self) -> None:
        """Play what is picked from its start, or else what was pointed at last."""
        row = self.pointing.row
        id = self._picked if self._picked is not None else row.id if row is not None else None
        if id is not None:
            self.pointing.play(id)

    def _id(self, dot: int | None) -> int | None:
        return None if dot is None else self.model.ids[dot]

    def _around(self, dot: int | None) -> Sequence[int]:
        """The sounds nearest to one."""
        if dot is None or self.page is None:
            return ()
        plane, span = self.page.dots.plane, self.page.dots.view.span
        return [self.model.ids[at] for at in plane.near(plane.x[dot], plane.y[dot], 0.1 * span, 0.1 * span, NEXT)]

    def _pick(self, dot: int | None) -> None:
        self._picked = self._id(dot)
        if self._picked is not None:
            self.pointing.go(self._picked, self._around(dot))

    def _forget(self) -> None:
        """Another map: its dots are others."""
        ids, dots = self.model.ids, self.page.dots if self.page is not None else None
        if dots is not None and self._picked is not None:
            dots.pick(next((at for at, id in enumerate(ids) if id == self._picked), None))
            self._picked = self._id(dots.picked)

    def _name(self, row: Row | None) -> None:
        if self.page is not None:
            self.page.name(row)
        self._status.rest(words.safe(row.path) if row is not None else "")

    def _open_menu(self, dot: int, x: int, y: int) -> None:
        self._picked = id = self.model.ids[dot]
        if self.page is not None:
            self.page.dots.pick(dot)
        self._menu.delete(0, "end")
        for label, act in (
            ("Play", lambda: self.pointing.play(id)),
            ("Find similar", lambda: self.pointing.tell(id, self._liken)),
            ("Show in the catalog", self._shower([id])),
            ("Show in folder", lambda: self.pointing.tell(id, self._reveal)),
        ):
            self._menu.add_command(label=label, command=act)
        self._theme.paint_menu(self._menu, popup=True)
        try:
            self._menu.tk_popup(x, y)
        finally:
            self._menu.grab_release()

    def _reveal(self, row: Row) -> None:
        self._pump.call(reveal.reveal, row.path, key="reveal")

    def _sweep(self, dots: Sequence[int]) -> None:
        """Many at once: they can be picked in the list."""
        ids = [self.model.ids[dot] for dot in dots]
        if ids:
            self._toast.show(f"{words.sounds(len(ids))} in the box.", ("Pick in the catalog", self._shower(ids)))

    def _shower(self, ids: Sequence[int]) -> Callable[[], None]:
        return lambda: self._show(ids)

    def _show(self, ids: Sequence[int]) -> None:
        """Go to these in the list."""
        self._picked = None
        self._pages.show(CATALOG)
        self._catalog.leave()
        self._finding.show(ids)

    def _turned(self, name: str) -> None:
        """The list is in sight again, with what was picked here in focus, unless the search left it behind."""
        dots = self.page.dots if self.page is not None else None
        if name == CATALOG and self._picked is not None and dots is not None and dots.is_lit(dots.picked):
            self._show([self._picked])
