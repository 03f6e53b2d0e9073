"""The sounds that were played last."""

from collections.abc import Sequence

from ctk.contract import Catalog
from ctk.records import Row
from ctk.ui.pump import Pump

LIMIT = 24
ASK_WAIT_S = 0.08
"""A menu waits this long for them; then it opens with those that were known."""


class Recent:
    """``rows``, newest first, as they were last known."""

    def __init__(self, catalog: Catalog, pump: Pump) -> None:
        self.rows: Sequence[Row] = ()
        self._catalog = catalog
        self._pump = pump

    def ask(self) -> None:
        """Find out which they are."""
        self._pump.call(self._newest, then=self._take, key="recent", wait_s=ASK_WAIT_S)

    def _newest(self) -> Sequence[Row]:
        return self._catalog.recent(limit=LIMIT)

    def _take(self, rows: Sequence[Row]) -> None:
        self.rows = rows
