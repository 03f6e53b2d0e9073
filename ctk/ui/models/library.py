"""The library in numbers, and the folders it is made of."""

from typing import TYPE_CHECKING

from ctk.contract import Catalog
from ctk.events import CatalogChanged, SourcesChanged
from ctk.ui.models import words
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

if TYPE_CHECKING:
    from ctk.records import Stats

COUNT_MS = 2000
"""While the catalog changes, it is counted at most this often: counting a million rows takes a while."""


class Library:
    """``changed()`` tells that the numbers are new."""

    def __init__(self, catalog: Catalog, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.stats: Stats | None = None
        self.roots: tuple[str, ...] = ()
        self._catalog = catalog
        self._pump = pump
        self._waiting = False
        pump.listen(CatalogChanged, lambda _: self._count_soon())
        pump.listen(SourcesChanged, lambda _: self.count())

    @property
    def summary(self) -> str:
        """``20,770 sounds   48 h 12 min   112 GB``."""
        if self.stats is None or not self.stats.files:
            return ""
        stats = self.stats
        return "   ·   ".join((words.sounds(stats.files), words.long_time(stats.duration_s), words.size(stats.bytes)))

    def count(self) -> None:
        """Count now, on a worker."""
        self._pump.call(self._catalog.stats, then=self._counted, key="stats")

    def _count_soon(self) -> None:
        if not self._waiting:
            self._waiting = True
            self._pump.later(COUNT_MS, self._due, key="stats")

    def _due(self) -> None:
        self._waiting = False
        self.count()

    def _counted(self, stats: "Stats") -> None:
        self.stats = stats
        self.roots = tuple(sorted((source.path for source in stats.sources), key=len, reverse=True))
        self.changed()
