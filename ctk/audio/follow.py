"""Following the devices that come and go while one of them is played on."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from ctk.audio.device import Output
from ctk.audio.stage import Stage
from ctk.errors import NoAudioDevice
from ctk.records import Device

log = logging.getLogger(__name__)

LOOK_S: Final = 0.2
_LIST_LOOKS: Final = 5
"""Once in so many looks the devices are listed. Measured on PulseAudio: 3 ms, of which 0.9 ms are work."""

_STILL_LOOKS: Final = 2
_DEAD_LOOKS: Final = 8
_ASLEEP_LOOKS: Final = 25
"""After so many looks without a block, a device that is still listed is given up as well; later, when it never asked
for one since it was opened: some take seconds to wake."""

_END_WAIT_S: Final = 0.2
_REROUTING: Final = ("WASAPI", "PulseAudio", "Core Audio")
"""Sound systems that carry what plays over to a new default device themselves."""


class Follower:
    """Looks after the output of ``stage``, on a thread of its own, from ``start`` to ``close``.

    What was unplugged, or asks for nothing any more, it makes the stage ``lose``; where the system's default changed,
    ``on_moved(name)`` is called once sound comes out of the new one. ``devices`` lists what is there.
    """

    def __init__(self, stage: Stage, devices: Callable[[], Sequence[Device]], on_moved: Callable[[str], None]) -> None:
        self._stage = stage
        self._devices = devices
        self._on_moved = on_moved
        self._closing = threading.Event()
        self._output: Output | None = None
        self._blocks: int | None = None
        self._still = self._looks = self._patience = 0
        self._default: Device | None = None
        self._thread = threading.Thread(target=self._follow, name="audio-follow", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread is not threading.current_thread():
            self._thread.join(_END_WAIT_S)

    def _follow(self) -> None:
        while not self._closing.wait(LOOK_S):
            output = self._stage.output
            if output is not self._output:
                self._output, self._default, self._blocks = output, None, None
                self._still, self._looks, self._patience = 0, 0, _ASLEEP_LOOKS
            try:
                if output is not None:
                    self._look(output)
            except Exception:
                log.exception("the sound devices could not be followed")

    def _look(self, output: Output) -> None:
        if output.blocks == self._blocks:
            self._still += 1
        elif self._blocks is not None:
            self._still, self._patience = 0, _DEAD_LOOKS
        self._blocks = output.blocks
        if self._looks % _LIST_LOOKS == 0 or self._still >= _STILL_LOOKS:
            found = self._found()
            if found is not None and not self._still:
                self._compare(output, found)
            elif self._still >= self._patience or (self._still >= _STILL_LOOKS and not self._is_among(found, output)):
                self._stage.lose(output)
        self._looks += 1

    def _found(self) -> Sequence[Device] | None:
        try:
            return self._devices()
        except NoAudioDevice as exc:
            log.info("%s", exc)
            return None

    def _is_among(self, found: Sequence[Device] | None, output: Output) -> bool:
        known = output.device_id or (self._default.id if self._default else "")
        return any(device.id == known or not known for device in found or ())

    def _compare(self, output: Output, found: Sequence[Device]) -> None:
        if output.device_id:
            if not self._is_among(found, output):
                self._stage.lose(output)
            return
        before, self._default = self._default, next((device for device in found if device.default), None)
        if before is None or self._default is None or before.id == self._default.id:
            return
        if output.system in _REROUTING:
            self._on_moved(self._default.name)
        else:
            self._stage.lose(output)
