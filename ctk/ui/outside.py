"""The window's dealings with other programs, put together: what they get, what comes from them, and by which way."""

import tkinter as tk
from functools import cached_property
from typing import TYPE_CHECKING

from ctk.contract import Toolkit
from ctk.ui.models.jobs import Scans
from ctk.ui.models.picked import Picked
from ctk.ui.models.search import Search
from ctk.ui.models.selection import Selection
from ctk.ui.pump import Pump
from ctk.ui.views.catalog import CatalogView
from ctk.ui.views.jobs import StatusLine
from ctk.ui.views.pages import CATALOG, Pages
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.exchange import Exchange
    from ctk.ui.models.finding import Finding
    from ctk.ui.outgoing import Outgoing
    from ctk.ui.x11.selections import Selections


class Outside:
    """Each part is loaded when it is first asked for."""

    def __init__(
        self,
        root: tk.Misc,
        toolkit: Toolkit,
        pump: Pump,
        search: Search,
        selection: Selection,
        picked: Picked,
        scans: Scans,
        pages: Pages,
        catalog: CatalogView,
        status: StatusLine,
        toast: Toast,
    ) -> None:
        self._root = root
        self._toolkit = toolkit
        self._pump = pump
        self._search = search
        self._selection = selection
        self._picked = picked
        self._scans = scans
        self._pages = pages
        self._catalog = catalog
        self._status = status
        self._toast = toast

    @cached_property
    def outgoing(self) -> "Outgoing":
        """What other programs get of picked sounds."""
        from ctk.ui.outgoing import Outgoing

        settings, status = self._toolkit.settings, self._status
        return Outgoing(self._root, self._picked, settings, self._pump, status, lambda: self._selections)

    def listen_to_finder(self) -> None:
        """macOS: take in what is opened with this program, or dropped on its sign in the Dock."""
        self._root.tk.createcommand("tk::mac::OpenDocument", lambda *paths: self.exchange.take(paths))

    @cached_property
    def exchange(self) -> "Exchange":
        """Dragging out of the list, and into the window."""
        from ctk.ui.exchange import Exchange
        from ctk.ui.models.incoming import Incoming

        toolkit = self._toolkit
        incoming = Incoming(toolkit.catalog, lambda: toolkit.sources, self._pump, self._scans)
        incoming.found.connect(lambda _: self._pages.show(CATALOG))
        table, told = self._catalog.table, (self._status, self._toast)
        return Exchange(self._root, table, self._picked, incoming, self.finding, *told, lambda: self._selections)

    @cached_property
    def finding(self) -> "Finding":
        """The way to certain sounds in the list."""
        from ctk.ui.models.finding import Finding

        return Finding(self._toolkit.catalog, self._pump, self._search, self._selection, self._show_all)

    @cached_property
    def _selections(self) -> "Selections":
        """The way to other programs on X11."""
        from ctk.ui.x11.connection import Connection
        from ctk.ui.x11.selections import Selections

        return Selections(Connection(self._root))

    def _show_all(self) -> None:
        self._catalog.bar.field.clear()
        self._catalog.leave()
        self._search.hurry()
