"""The panel of filters in the catalog: made when it is first shown, shown and put away."""

from functools import cached_property
from typing import TYPE_CHECKING

from ctk.contract import Toolkit
from ctk.ui.models.search import Search
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import FILTERS, CatalogView
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.models.filters import Filters
    from ctk.ui.views.filters import FiltersView


class FiltersPane:
    """``toggle`` it; what was chosen is kept in the settings. ``shown`` is whether it is wanted, also while the look
    has no place for it."""

    def __init__(
        self, theme: Theme, toolkit: Toolkit, pump: Pump, search: Search, list: CatalogView, toast: Toast
    ) -> None:
        self.shown = False
        self._theme = theme
        self._toolkit = toolkit
        self._pump = pump
        self._search = search
        self._list = list
        self._toast = toast
        theme.changed.connect(self._follow)

    @cached_property
    def model(self) -> "Filters":
        from ctk.ui.models.filters import Filters

        toolkit = self._toolkit
        model = Filters(toolkit.catalog, toolkit.facts, self._pump, self._search, toolkit.settings)
        model.wanted.connect(self._list.bar.field.put)
        model.told.connect(lambda words, undo: self._toast.show(words, ("Undo", undo)))
        return model

    @cached_property
    def view(self) -> "FiltersView":
        from ctk.ui.views.filters import FiltersView

        view = FiltersView(self._list, self._theme, self.model, self._list.leave)
        self._list.take_letters(view.ticks.canvas)
        return view

    def can(self) -> bool:
        """Whether the look has a place for it."""
        return self._list.panes.holds(FILTERS)

    def settle(self) -> None:
        """Come where room was kept for it."""
        if FILTERS in self._list.room:
            self._show(True)
        self._mark()

    def toggle(self) -> None:
        """Show it, or put it away when it is in sight."""
        on = not (self.shown and self._list.panes.sees(FILTERS))
        self._toolkit.settings.filters = "shown" if on else "hidden"
        self._show(on)

    def _show(self, on: bool) -> None:
        self.shown = on
        if on and self.can():
            self._list.panes.put(FILTERS, self.view)
        else:
            self._list.panes.show(FILTERS, on)
        if "model" in vars(self):
            self.model.show(on and self.can())
        self._mark()

    def _mark(self) -> None:
        self._list.bar.allow_filters(self.can())
        self._list.bar.filters.state(["selected" if self.shown and self.can() else "!selected"])

    def _follow(self) -> None:
        """Another look may have a place for it, or none."""
        if self.shown and self.can() and "view" not in vars(self):
            self._show(True)
        elif "model" in vars(self):
            self.model.show(self.shown and self.can())
        self._mark()
