"""Going to certain sounds in the list, wherever they are in it."""

from array import array
from collections.abc import Callable, Sequence

from ctk.contract import Catalog
from ctk.ui.models.search import Answer, Search, order_of, position
from ctk.ui.models.selection import Selection
from ctk.ui.pump import Pump


class Finding:
    """``show(ids)`` picks sounds and goes to the first. Where the search hides it, ``clear()`` shows everything."""

    def __init__(
        self, catalog: Catalog, pump: Pump, search: Search, selection: Selection, clear: Callable[[], None]
    ) -> None:
        self._catalog = catalog
        self._pump = pump
        self._search = search
        self._selection = selection
        self._clear = clear
        self._wanted: Sequence[int] = ()
        search.answered.connect(self._answered)

    def show(self, ids: Sequence[int]) -> None:
        self._wanted = ids
        self._look()

    def _look(self) -> None:
        self._pump.call(order_of, self._catalog, self._search.ask, then=self._come, key="find")

    def _answered(self, _: Answer, *__: bool) -> None:
        if self._wanted:
            self._look()

    def _come(self, order: "array[int]") -> None:
        search, wanted = self._search, self._wanted
        if not wanted or len(order) != search.total or search.ask.text != search.wanted.text:
            return  # the list is about to be another, and then it is looked for again
        at = position(order, wanted[0])
        if at is None and search.ask.text:
            self._clear()
            return
        self._wanted = ()
        if at is not None:
            self._selection.only(at)
            self._selection.marks.add(wanted)
            self._selection.changed()
