"""Where sound comes out, and whether all sounds are brought to one level."""

from collections.abc import Sequence

from ctk.contract import Audio
from ctk.errors import CtkError
from ctk.events import DevicesChanged
from ctk.records import Device
from ctk.settings import Settings
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

BUFFERS_MS = (5, 10, 20, 50, 100)


class Output:
    """``devices`` as they were last known. ``told(sentence)`` tells where sound goes now, ``trouble`` why it cannot."""

    def __init__(self, audio: Audio, settings: Settings, pump: Pump) -> None:
        self.told: Signal[[str]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self.devices: Sequence[Device] = ()
        self._audio = audio
        self._settings = settings
        self._pump = pump
        pump.listen(DevicesChanged, lambda event: self.told(event.words))

    @property
    def chosen(self) -> str | None:
        """The device that was chosen; ``None`` for the system's own choice."""
        return self._settings.device or None

    @property
    def even_loudness(self) -> bool:
        return self._settings.even_loudness

    @property
    def buffer_ms(self) -> int:
        return self._settings.buffer_ms

    def ask(self, wait_s: float = 0.0) -> None:
        """Find out which devices there are; known at once when the answer comes within ``wait_s``."""
        self._pump.call(self._audio.devices, then=self._take, fail=self._failed, key="devices", wait_s=wait_s)

    def choose(self, id: str | None) -> None:
        """Play there from now on."""
        self._set(id)

    def set_even_loudness(self, on: bool) -> None:
        self._settings.even_loudness = on

    def set_buffer(self, ms: int) -> None:
        """Sound is handed over in pieces of this length: short ones are quick, long ones safe."""
        if ms != self._settings.buffer_ms:
            self._settings.buffer_ms = ms
            self._set(self.chosen)

    def _set(self, id: str | None) -> None:
        self._pump.call(self._audio.set_device, id, fail=self._failed, key="device")

    def _take(self, devices: Sequence[Device]) -> None:
        self.devices = devices

    def _failed(self, error: Exception) -> None:
        self.trouble(str(error) if isinstance(error, CtkError) else "This sound device cannot be used.")
