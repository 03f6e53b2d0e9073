"""The device and the mixer that feeds it: opened when first needed, and anew after they were lost."""

import atexit
import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

from ctk.audio.device import Output
from ctk.audio.feed import Feed
from ctk.audio.mixer import Mixer
from ctk.settings import Settings

log = logging.getLogger(__name__)

_LOOK_S: Final = 0.5
_END_WAIT_S: Final = 0.2
_FADE_WAIT_BUFFERS: Final = 3
_FADE_LOOK_S: Final = 0.002
_SWITCH_S: Final = 0.0005
"""How soon a busy thread gives way to the one that makes the next block. Measured with four busy threads beside: 2
gaps where Python's own 5 ms leave 105, for a twentieth of the others' work."""


class Stage:
    """``on_over(feed)``, ``on_lost(output)`` and ``on_look()``, the last about twice a second, are called on threads
    that may wait, never on the audio thread.

    Once the device that was chosen is ``lost`` the default one is used, until ``close_device``.
    """

    def __init__(
        self,
        backend: str | None,
        settings: Settings,
        *,
        on_over: Callable[[Feed], None],
        on_lost: Callable[[Output], None],
        on_look: Callable[[], None] = lambda: None,
    ) -> None:
        self._backend = backend
        self._settings = settings
        self._on_over = on_over
        self._on_lost = on_lost
        self._on_look = on_look
        self._lock = threading.Lock()
        self._open: tuple[Output, Mixer] | None = None
        self._gain = 1.0
        self._underruns = 0
        self._strayed = False
        self._switch_s = sys.getswitchinterval()
        self._news: queue.SimpleQueue[Feed | Output | None] = queue.SimpleQueue()
        self._watcher: threading.Thread | None = None

    @property
    def underruns(self) -> int:
        """How often the device got less than it asked for, or got it too late, since the program started."""
        opened = self._open
        return self._underruns + (_underruns(*opened) if opened else 0)

    @property
    def output(self) -> Output | None:
        """The device, while it is open."""
        opened = self._open
        return opened[0] if opened else None

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
        """Let what is heard fade out, and let go of the device; the next ``open`` takes the one that the settings name
        then."""
        self._strayed = False
        opened = self._open
        if opened and self._detach(opened[0]):
            _fade_out(opened[1], _FADE_WAIT_BUFFERS * self._settings.buffer_ms / 1000)
            opened[0].close()

    def close(self) -> None:
        self.close_device()
        atexit.unregister(self.close_device)
        if self._watcher is not None:
            self._news.put(None)
            if self._watcher is not threading.current_thread():
                self._watcher.join(_END_WAIT_S)

    def lose(self, output: Output) -> None:
        """``output`` is gone, or ought to be given up."""
        if self._detach(output):
            log.warning("the sound device is gone")
            self._strayed = output.device_id != ""
            self._on_lost(output)
            output.close()

    def _opened(self) -> tuple[Output, Mixer]:
        chosen = "" if self._strayed else self._settings.device
        output = Output(self._backend, chosen, self._settings.buffer_ms, self._news.put)
        mixer = Mixer(output.rate_hz, self._gain, self._news.put)
        output.start(mixer.render)
        self._switch_s = max(self._switch_s, sys.getswitchinterval())
        sys.setswitchinterval(_SWITCH_S)
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="audio-watch", daemon=True)
            self._watcher.start()
            # A device that still runs Python while the interpreter goes away takes the process down with it.
            atexit.register(self.close_device)
        return output, mixer

    def _watch(self) -> None:
        looked = time.monotonic()
        while True:
            try:
                news = self._news.get(timeout=_LOOK_S)
                if news is None:
                    return
                if isinstance(news, Output):
                    self.lose(news)
                else:
                    self._on_over(news)
            except queue.Empty:
                pass
            if time.monotonic() - looked >= _LOOK_S:
                looked = time.monotonic()
                self._on_look()

    def _detach(self, output: Output) -> bool:
        """Forget ``output``; whether it was the open one."""
        with self._lock:
            if self._open is None or self._open[0] is not output:
                return False
            self._underruns += _underruns(*self._open)
            self._open = None
            sys.setswitchinterval(self._switch_s)
            return True


def _underruns(output: Output, mixer: Mixer) -> int:
    return mixer.underruns + output.late


def _fade_out(mixer: Mixer, wait_s: float) -> None:
    """Wait until nothing is heard, but not for a device that asks for nothing any more."""
    mixer.target = None
    deadline = time.monotonic() + wait_s
    while not mixer.is_quiet and time.monotonic() < deadline:
        time.sleep(_FADE_LOOK_S)
