"""What the pointer rests on is heard, and what is pointed at has a name at once."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from ctk.contract import Audio, Catalog
from ctk.records import Row
from ctk.ui.models.signal import Signal
from ctk.ui.models.transport import PLAYABLE, Transport
from ctk.ui.pump import Pump

REST_MS: Final = 80
"""Sweeping over a crowd is silent; so long the pointer stays at a sound before it plays."""
ROW_WAIT_S: Final = 0.01
KEPT: Final = 2000


class Pointing:
    """``named(row)`` tells what is pointed at (``None``: nothing). ``row`` is what was pointed at last."""

    def __init__(self, catalog: Catalog, audio: Audio, transport: Transport, pump: Pump) -> None:
        self.named: Signal[[Row | None]] = Signal()
        self.row: Row | None = None
        self._catalog = catalog
        self._audio = audio
        self._transport = transport
        self._pump = pump
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._id: int | None = None

    def rest(self, id: int | None, around: Sequence[int] = ()) -> None:
        """The pointer is at this sound, or at none; those ``around`` it may come next."""
        if id is not None:
            self._go(id, around, REST_MS)
        elif self._id is not None:
            self._id = None
            self._pump.later(0, _nothing, key="rest")
            self.named(None)

    def go(self, id: int, around: Sequence[int] = ()) -> None:
        """This one was chosen: it is heard without delay."""
        self._go(id, around, 0)

    def play(self, id: int) -> None:
        """Play it from the start, whatever else is the habit."""
        self.tell(id, self._transport.play)

    def tell(self, id: int, then: Callable[[Row], None]) -> None:
        """Hand over what is known of a sound."""
        row = self._rows.get(id)
        if row is not None:
            self._pump.drop("pointed")
            then(row)
            return

        def come(rows: Sequence[Row]) -> None:
            for row in rows:
                self._rows[row.id] = row
                then(row)
            while len(self._rows) > KEPT:
                self._rows.popitem(last=False)

        self._pump.call(self._find, id, then=come, key="pointed", wait_s=ROW_WAIT_S)

    def forget(self) -> None:
        """The catalog changed: names and states are asked for again."""
        self._rows.clear()

    def _go(self, id: int, around: Sequence[int], delay_ms: int) -> None:
        self._id = id
        self.tell(id, lambda row: self._come(row, around, delay_ms))

    def _find(self, id: int) -> Sequence[Row]:
        """On a worker."""
        return self._catalog.search("", limit=1, only_ids=[id]).rows

    def _come(self, row: Row, around: Sequence[int], delay_ms: int) -> None:
        if row.id != self._id:
            return
        self.row = row
        self.named(row)

        def heard() -> None:
            if row.id == self._id:
                self._transport.arrive(row)
                self._prepare(row, around)

        if delay_ms:
            self._pump.later(delay_ms, heard, key="rest")
        else:
            self._pump.later(0, _nothing, key="rest")
            heard()

    def _prepare(self, row: Row, around: Sequence[int]) -> None:
        if row.state in PLAYABLE:
            self._pump.call(self._audio.prepare, list(around), key="prepare")


def _nothing() -> None:
    """What a rest comes to that was broken off."""
