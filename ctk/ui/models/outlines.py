"""The outlines of the rows in sight: those that are kept at once, the others as they are made."""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence

from ctk.contract import Waveforms
from ctk.events import WaveformsMade
from ctk.records import Peaks, Row
from ctk.settings import Settings
from ctk.ui.models.making import Making
from ctk.ui.models.signal import Signal
from ctk.ui.models.transport import PLAYABLE
from ctk.ui.pump import Pump

SETTLE_S = 0.08
"""Nothing is asked for before scrolling rests this long."""
POINTS, FINE_POINTS = 64, 128
"""Steps of a small picture, and on a screen whose pixels are small; powers of two are found quickest."""
KEPT = 3000
IN_SIGHT = "in sight"


class Outlines:
    """``get`` what is at hand; ``changed(ids)`` tells which came, or are other than they were.

    ``switched()`` tells that they are to be seen now, or not any more.
    """

    def __init__(
        self, waveforms: Callable[[], Waveforms], making: Making, settings: Settings, pump: Pump, *, points: int
    ) -> None:
        self.changed: Signal[[Collection[int]]] = Signal()
        self.switched: Signal[[]] = Signal()
        self._waveforms = waveforms
        self._making = making
        self._settings = settings
        self._pump = pump
        self._points = points
        self._found: OrderedDict[int, Peaks] = OrderedDict()
        self._sight: frozenset[int] = frozenset()
        self._rows: Callable[[], Sequence[Row | None]] = tuple
        self._moved_s = 0.0
        self._waiting = False
        pump.listen(WaveformsMade, self._made)

    @property
    def on(self) -> bool:
        """Whether they are to be seen at all."""
        return self._settings.waveforms

    def get(self, id: int) -> Peaks | None:
        """The outline of a sound, when it is at hand."""
        peaks = self._found.get(id)
        if peaks is not None:
            self._found.move_to_end(id)
        return peaks

    def look(self, rows: Callable[[], Sequence[Row | None]]) -> None:
        """The view moved; ``rows()`` are those in sight once it rests."""
        self._rows, self._moved_s = rows, time.monotonic()
        if self.on and not self._waiting:
            self._wait(SETTLE_S)

    def switch(self, on: bool) -> None:
        """They are to be seen, or not any more."""
        self._settings.waveforms = on
        if not on:
            self._sight = frozenset()
            self._making.stop(IN_SIGHT)
        self.switched()

    def _wait(self, seconds: float) -> None:
        """One timer for all the steps of scrolling: to set one anew for each would cost as much as a row."""
        self._waiting = True
        self._pump.later(round(seconds * 1000), self._look_again, key=IN_SIGHT)

    def _look_again(self) -> None:
        left_s = self._moved_s + SETTLE_S - time.monotonic()
        self._waiting = left_s > 0.001
        if self._waiting:
            self._wait(left_s)
        else:
            self._rest(self._rows())

    def _rest(self, rows: Sequence[Row | None]) -> None:
        ids = [row.id for row in rows if row is not None and row.state in PLAYABLE]
        self._sight = frozenset(ids)
        self._ask([id for id in ids if id not in self._found], make=True)

    def _ask(self, ids: Sequence[int], *, make: bool = False) -> None:
        if not ids:
            return
        waveforms, points = self._waveforms, self._points

        def kept() -> Mapping[int, Peaks]:
            return waveforms().kept(ids, points)

        def come(found: Mapping[int, Peaks]) -> None:
            self._keep(found)
            if make and self.on:
                self._making.make(IN_SIGHT, [id for id in ids if id not in found and id in self._sight])

        self._pump.call(kept, then=come, fail=self._failed, key=(IN_SIGHT, make))

    def _keep(self, found: Mapping[int, Peaks]) -> None:
        self._found.update(found)
        while len(self._found) > KEPT:
            self._found.popitem(last=False)
        if found:
            self.changed(found.keys())

    def _made(self, event: WaveformsMade) -> None:
        for id in self._found.keys() & set(event.ids) - self._sight:
            del self._found[id]
        self._ask([id for id in dict.fromkeys(event.ids) if id in self._sight])

    def _failed(self, _: Exception) -> None:
        """Rows of which nothing is known keep their empty place."""
