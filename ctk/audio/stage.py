"""The device and the mixer that feeds it: opened when first needed, watched, opened anew after they were lost."""

import atexit
import logging
import queue
import threading
from collections.abc import Callable
from typing import Final

from ctk.audio.device import Output
from ctk.audio.feed import Feed
from ctk.audio.mixer import Mixer
from ctk.settings import Settings

log = logging.getLogger(__name__)

_LOOK_S: Final = 0.5
_END_WAIT_S: Final = 0.2
_SILENT_LOOKS: Final = 5
"""A device that asked for nothing in so many looks is gone, also when the system did not say so."""


class Stage:
    """``on_over(feed)`` and ``on_lost()`` are called on a thread of the stage, never on the audio thread."""

    def __init__(
        self,
        backend: str | None,
        settings: Settings,
        *,
        on_over: Callable[[Feed], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._backend = backend
        self._settings = settings
        self._on_over = on_over
        self._on_lost = on_lost
        self._lock = threading.Lock()
        self._open: tuple[Output, Mixer] | None = None
        self._gain = 1.0
        self._underruns = 0
        self._news: queue.SimpleQueue[Feed | Output | None] = queue.SimpleQueue()
        self._watcher: threading.Thread | None = None

    @property
    def underruns(self) -> int:
        """How often the device got less than it asked for, since the program started."""
        opened = self._open
        return self._underruns + (opened[1].underruns if opened else 0)

    @property
    def is_open(self) -> bool:
        return self._open is not None

    def open(self) -> Output:
        """The running device, opened when it is not. Raises ``NoAudioDevice``."""
        with self._lock:
            if self._open is None:
                self._open = self._opened()
            return self._open[0]

    def play(self, feed: Feed | None) -> None:
        """Let ``feed`` be heard from the next block on, instead of what is heard now."""
        opened = self._open
        if opened:
            opened[1].target = feed

    def set_gain(self, gain: float) -> None:
        self._gain = gain
        opened = self._open
        if opened:
            opened[1].gain = gain

    def close_device(self) -> None:
        """Let go of the device; the next ``open`` takes the one that the settings name then."""
        opened = self._open
        if opened and self._detach(opened[0]):
            opened[0].close()

    def close(self) -> None:
        self.close_device()
        atexit.unregister(self.close_device)
        if self._watcher is not None:
            self._news.put(None)
            if self._watcher is not threading.current_thread():
                self._watcher.join(_END_WAIT_S)

    def _opened(self) -> tuple[Output, Mixer]:
        output = Output(self._backend, self._settings.device, self._settings.buffer_ms, self._news.put)
        mixer = Mixer(output.rate_hz, self._gain, self._news.put)
        output.start(mixer.render)
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="audio-watch", daemon=True)
            self._watcher.start()
            # A device that still runs Python while the interpreter goes away takes the process down with it.
            atexit.register(self.close_device)
        return output, mixer

    def _watch(self) -> None:
        blocks, looks = -1, 0
        while True:
            try:
                news = self._news.get(timeout=_LOOK_S)
            except queue.Empty:
                opened = self._open
                looks = looks + 1 if opened and opened[0].blocks == blocks else 0
                blocks = opened[0].blocks if opened else -1
                if opened and looks >= _SILENT_LOOKS:
                    self._lose(opened[0])
                continue
            if news is None:
                return
            if isinstance(news, Output):
                self._lose(news)
            else:
                self._on_over(news)

    def _lose(self, output: Output) -> None:
        if self._detach(output):
            log.warning("the sound device is gone")
            self._on_lost()
            output.close()

    def _detach(self, output: Output) -> bool:
        """Forget ``output``; whether it was the open one."""
        with self._lock:
            if self._open is None or self._open[0] is not output:
                return False
            self._underruns += self._open[1].underruns
            self._open = None
            return True
