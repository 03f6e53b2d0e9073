"""How the list plays: as one moves through it, once or again and again, or on to the next sound."""

from ctk.contract import Audio
from ctk.settings import Settings
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump


class Habits:
    """Kept in the settings; ``changed()`` tells of each switch. A sound loops or the list goes on, never both."""

    def __init__(self, audio: Audio, settings: Settings, pump: Pump) -> None:
        self.changed: Signal[[]] = Signal()
        self._audio = audio
        self._settings = settings
        self._pump = pump

    @property
    def audition(self) -> bool:
        """Whether moving through the list plays."""
        return self._settings.audition

    @property
    def loop(self) -> bool:
        """Whether a sound begins again at its end."""
        return self._settings.loop

    @property
    def go_on(self) -> bool:
        """Whether the next sound of the list follows at the end of one."""
        return self._settings.go_on

    def set_audition(self, on: bool) -> None:
        self._settings.audition = on
        self.changed()

    def set_loop(self, on: bool) -> None:
        self._settings.loop = on
        self._settings.go_on &= not on
        self._pump.call(self._audio.set_loop, on, key="loop")
        self.changed()

    def set_go_on(self, on: bool) -> None:
        self._settings.go_on = on
        if on and self.loop:
            self.set_loop(False)
        else:
            self.changed()
