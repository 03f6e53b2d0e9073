"""Where sound comes out: the stage, made for the first sound, and how to go on when its device comes or goes."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from ctk.errors import NoAudioDevice
from ctk.events import DevicesChanged, Events
from ctk.records import Device
from ctk.settings import Settings

if TYPE_CHECKING:
    from ctk.audio.device import Output
    from ctk.audio.feed import Feed
    from ctk.audio.follow import Follower
    from ctk.audio.stage import Stage

log = logging.getLogger(__name__)

SILENT_DB: Final = -60.0
LOUDEST_DB: Final = 6.0
_WAITS_S: Final = (0.0, 0.25, 0.5)
"""Where a device goes, the one that takes its place may need a moment to come."""


class Speakers:
    """``on_over(feed)``, ``on_look()``, ``on_moved()`` when another device is open in place of one that is gone, and
    ``on_lost(sentence)`` when there is none, are called on threads that may wait. Any thread may call.
    """

    def __init__(
        self,
        backend: str | None,
        settings: Settings,
        events: Events,
        *,
        on_over: "Callable[[Feed], None]",
        on_look: Callable[[], None],
        on_moved: Callable[[], None],
        on_lost: Callable[[str], None],
    ) -> None:
        self._backend = backend
        self._settings = settings
        self._events = events
        self._on_over = on_over
        self._on_look = on_look
        self._on_moved = on_moved
        self._on_lost = on_lost
        self._lock = threading.Lock()
        self._closed = False
        self._stage: Stage | None = None
        self._follower: Follower | None = None
        self._missed = ""

    @property
    def output(self) -> "Output | None":
        """The device, while it is open."""
        return None if self._stage is None else self._stage.output

    @property
    def underruns(self) -> int:
        return 0 if self._stage is None else self._stage.underruns

    def open(self) -> "Output":
        """The running device, opened when it is not. Raises ``NoAudioDevice``."""
        output = self._made().open()
        chosen = self._settings.device
        if chosen and not output.device_id and self._missed != chosen:
            self._tell("The chosen sound device is not here; sound comes out of the system's own.")
        self._missed = "" if output.device_id else chosen
        return output

    def play(self, feed: "Feed | None") -> None:
        """Let ``feed`` be heard, instead of what is heard now; nothing happens while no device is open."""
        if self._stage is not None:
            self._stage.play(feed)

    def set_volume(self) -> None:
        """Play as loud as the settings say now."""
        if self._stage is not None:
            self._stage.set_gain(self._gain())

    def devices(self) -> Sequence[Device]:
        """What can be played on. Raises ``NoAudioDevice``."""
        from ctk.audio import device

        return device.devices(self._backend)

    def close_device(self) -> None:
        """Let what is heard fade out, and let go of the device."""
        if self._stage is not None:
            self._stage.close_device()

    def describe(self) -> str:
        """What sound comes out of, for a person to read. Raises ``NoAudioDevice``."""
        in_use = self.output is not None
        try:
            output = self.open()
            name = self._name(output)
        finally:
            if not in_use:
                self.close_device()
        buffer_ms = self._settings.buffer_ms
        return f"{output.system}, {name}, {output.rate_hz} Hz, {buffer_ms} ms buffer, {self.underruns} underruns"

    def close(self) -> None:
        """Twice is fine."""
        with self._lock:
            self._closed = True
            stage, follower = self._stage, self._follower
        if follower is not None:
            follower.close()
        if stage is not None:
            stage.close()

    def _made(self) -> "Stage":
        with self._lock:
            if self._closed:
                raise NoAudioDevice("The player was closed.")
            if self._stage is None:
                from ctk.audio.follow import Follower
                from ctk.audio.stage import Stage

                self._stage = Stage(
                    self._backend, self._settings, on_over=self._on_over, on_lost=self._lost, on_look=self._on_look
                )
                self._stage.set_gain(self._gain())
                self._follower = Follower(self._stage, self.devices, self._moved)
                self._follower.start()
            return self._stage

    def _lost(self, output: "Output") -> None:
        """Go on with another device, or say that there is none."""
        error = ""
        for wait_s in _WAITS_S:
            time.sleep(wait_s)
            if self._closed:
                return
            try:
                name = self._name(self._made().open())
            except NoAudioDevice as exc:
                error = str(exc)
                continue
            self._missed = self._settings.device
            self._on_moved()
            gone = "The chosen sound device is gone. " if output.device_id else ""
            self._tell(f"{gone}Sound comes out of {name} now.")
            return
        log.warning("no other sound device: %s", error)
        self._missed = ""
        words = "The sound device is gone, and there is no other; connect one and play again."
        self._on_lost(words)
        self._tell(words)

    def _moved(self, name: str) -> None:
        self._tell(f"Sound comes out of {name} now.")

    def _tell(self, words: str) -> None:
        self._events.emit(DevicesChanged(words))

    def _name(self, output: "Output") -> str:
        try:
            found = self.devices()
        except NoAudioDevice as exc:
            log.info("the name of the sound device is not known: %s", exc)
            found = []
        in_use = [each.name for each in found if (each.id == output.device_id if output.device_id else each.default)]
        return in_use[0] if in_use else "default device"

    def _gain(self) -> float:
        db = self._settings.volume_db
        return 0.0 if db <= SILENT_DB else float(10 ** (min(db, LOUDEST_DB) / 20))
