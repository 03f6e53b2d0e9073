"""The outline of one sound, as it gets known: kept from before, else made now; finer for the part in view."""

from collections.abc import Callable, Mapping, Sequence

from ctk.contract import Waveforms
from ctk.events import WaveformsMade
from ctk.records import Peaks
from ctk.ui.models.making import Making
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

POINTS = 1024
KEPT_WAIT_S = 0.008
"""What is kept comes quicker than this; so an outline follows another without an empty moment between them."""
MAKE_MS = 120
"""Sounds that are only passed on the way are not listened to."""
FINER_MS = 60


class Waveform:
    """``show`` a sound, and ``look`` closer; ``changed()`` tells that its ``outlines`` are other ones."""

    def __init__(self, name: str, waveforms: Callable[[], Waveforms], making: Making, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self.id: int | None = None
        self._name = name
        self._waveforms = waveforms
        self._making = making
        self._pump = pump
        self._whole: Peaks | None = None
        self._part: Peaks | None = None
        self._asking = False
        pump.listen(WaveformsMade, self._heard)

    @property
    def outlines(self) -> Sequence[Peaks]:
        """What is known, the finer after the coarser."""
        return [peaks for peaks in (self._whole, self._part) if peaks is not None]

    @property
    def duration_s(self) -> float | None:
        """How long the sound is, when somebody listened to it."""
        return None if self._whole is None else self._whole.duration_s

    def show(self, id: int | None) -> None:
        """This sound from now on, or none."""
        if id == self.id:
            return
        self.id, self._whole, self._part = id, None, None
        self._pump.drop((self._name, "part"))
        self._making.stop(self._name)
        if id is not None:
            self._ask(id)
        self.changed()

    def look(self, start_s: float, end_s: float, points: int) -> None:
        """Fetch a finer outline of a part, once the view rests; of all of it what is there is fine enough."""
        whole = self._whole
        if self.id is None or whole is None or end_s - start_s >= whole.duration_s:
            return
        id, waveforms = self.id, self._waveforms

        def fetch() -> None:
            def peaks() -> Peaks:
                return waveforms().peaks(id, points, start_s=start_s, end_s=end_s)

            self._pump.call(peaks, then=come, fail=self._failed, key=(self._name, "part"))

        def come(peaks: Peaks) -> None:
            if self.id == id:
                self._part = peaks
                self.changed()

        self._pump.later(FINER_MS, fetch, key=(self._name, "look"))

    def _ask(self, id: int) -> None:
        waveforms = self._waveforms

        def kept() -> Mapping[int, Peaks]:
            return waveforms().kept((id,), POINTS)

        def come(found: Mapping[int, Peaks]) -> None:
            if id in found:
                self._whole = found[id]
                if not self._asking:
                    self.changed()
            else:
                self._pump.later(MAKE_MS, make, key=(self._name, "make"))

        def make() -> None:
            if self.id == id:
                self._making.make(self._name, (id,))

        self._asking = True
        self._pump.call(kept, then=come, fail=self._failed, key=(self._name, "kept"), wait_s=KEPT_WAIT_S)
        self._asking = False

    def _heard(self, event: WaveformsMade) -> None:
        if self.id in event.ids:
            self._ask(self.id)
            self.changed()

    def _failed(self, _: Exception) -> None:
        """Why a sound cannot be read is told where it is played; here the place stays empty."""
