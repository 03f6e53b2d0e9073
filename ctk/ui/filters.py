"""The panel of filters beside the list: made when it is first shown, shown and put away."""

from functools import cached_property
from typing import TYPE_CHECKING

from ctk.contract import Toolkit
from ctk.ui.models.search import Search
from ctk.ui.pump import Pump
from ctk.ui.theme import Theme
from ctk.ui.views.catalog import CatalogView
from ctk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ctk.ui.models.filters import Filters
    from ctk.ui.views.filters import FiltersView


class FiltersPane:
    """``toggle`` it; what was chosen is kept in the settings."""

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

        return FiltersView(self._list, self._theme, self.model, self._list.leave)

    def settle(self) -> None:
        """Come where room was kept for it."""
        if self._list.room is not None:
            self._show(True)

    def toggle(self) -> None:
        self._toolkit.settings.filters = "hidden" if self.shown else "shown"
        self._show(not self.shown)

    def _show(self, on: bool) -> None:
        self.shown = on
        self._list.flank(self.view, on, keys=self.view.ticks.canvas)
        self._list.bar.filters.state(["selected" if on else "!selected"])
        self.model.show(on)
