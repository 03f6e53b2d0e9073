"""The sound device: opened once, always running, asked for blocks by the system. The only user of miniaudio."""

import ctypes
import logging
import sys
import threading
from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any, Final, TypeVar

import miniaudio

from ctk.audio.decode.samples import Samples, silence
from ctk.errors import NoAudioDevice
from ctk.records import Device

log = logging.getLogger(__name__)
T = TypeVar("T")

APP_NAME: Final = "Creator's Toolkit"
_OPEN_WAIT_S: Final = 5.0
_CLOSE_WAIT_S: Final = 0.5
_IN_HAND: Final = 2
"""How many blocks the system has in hand, of which it plays one while it asks for the next (measured: PulseAudio)."""

_LEFT_BEHIND: Final[list[object]] = []
"""Devices that hung when they were closed: forgetting them would make the garbage collector hang next."""


class Output:
    """An open device that plays what ``render(frames)`` gives it, from ``start`` to ``close``.

    ``device_id`` is the one that was chosen, empty for the system's default. ``blocks`` counts how often the system
    asked, so that somebody can see whether it still does; ``late`` how often it got its answer so late that there was
    a gap. ``on_lost`` is called on the device's own thread when the system takes the device away. Raises
    ``NoAudioDevice``.
    """

    def __init__(
        self, backend: str | None, device_id: str, buffer_ms: int, on_lost: "Callable[[Output], None]"
    ) -> None:
        self.blocks = 0
        self.late = 0
        self._closing = False
        self._on_lost = on_lost
        self._render: Callable[[int], Samples] = lambda frames: silence(frames, 2)
        self._device, self.device_id = _within(_OPEN_WAIT_S, lambda: _open(backends(backend), device_id, buffer_ms))
        self.rate_hz: int = self._device._device.sampleRate
        self.system: str = self._device.backend

    def start(self, render: Callable[[int], Samples]) -> None:
        self._render = render
        blocks = self._blocks()
        next(blocks)
        self._device.stop_callback = self._stopped
        try:
            _within(_OPEN_WAIT_S, lambda: self._device.start(blocks))
        except miniaudio.MiniaudioError as exc:
            self.close()
            raise NoAudioDevice("The sound device does not start; another program may be using it.") from exc

    def close(self) -> None:
        """Stop and let go of the device; one that does not answer is left behind. Twice is fine."""
        if not self._closing:
            self._closing = True
            try:
                _within(_CLOSE_WAIT_S, lambda: _close(self._device))
            except NoAudioDevice as exc:
                _LEFT_BEHIND.append(self._device)
                log.warning("the sound device was left behind: %s", exc)

    def _blocks(self) -> Generator[Samples | bytes, int, None]:
        """What the device's thread runs: it must not end, raise or wait, or there is silence for ever."""
        block = silence(0, 2)
        frames = yield b""
        faults, due = 0, perf_counter()
        while True:
            self.blocks += 1
            if perf_counter() > due and block.any():
                self.late += 1
            due = perf_counter() + _IN_HAND * frames / self.rate_hz
            try:
                block = self._render(frames)
            except Exception:
                block = silence(frames, 2)
                faults += 1
                if faults == 1:
                    log.exception("a block of sound could not be made")
            frames = yield block

    def _stopped(self) -> None:
        if not self._closing:
            self._on_lost(self)


def backends(name: str | None) -> list[miniaudio.Backend]:
    """The sound system called ``name``; an empty list, for whatever there is, when it is ``None``."""
    if name is None:
        return []
    known = {backend.name.lower(): backend for backend in miniaudio.get_enabled_backends()}
    if name.lower() not in known:
        names = ", ".join(sorted(known))
        raise NoAudioDevice(f"There is no sound system {name!r} here; CTK_AUDIO_BACKEND can be one of {names}.")
    return [known[name.lower()]]


def devices(backend: str | None) -> list[Device]:
    """What can be played on now. Raises ``NoAudioDevice``."""
    chosen = backends(backend)
    return [Device(_text(found["id"]), found["name"], found["default"]) for found in _found(chosen)]


class _Devices(miniaudio.Devices):  # type: ignore[misc]  # the library is not typed
    def _get_info(self, device_type: object, info: Any) -> dict[str, bool]:
        """The library opens each device here, which takes long and fails for all when one is busy."""
        return {"default": bool(info.isDefault)}


def _found(chosen: list[miniaudio.Backend]) -> list[dict[str, Any]]:
    _quiet_alsa()

    def look() -> list[dict[str, Any]]:
        listing = _Devices(chosen)
        silent = listing.backend == "Null" and miniaudio.Backend.NULL not in chosen
        return [] if silent else listing.get_playbacks()

    try:
        return _within(_OPEN_WAIT_S, look)
    except (miniaudio.MiniaudioError, UnicodeDecodeError) as exc:
        raise NoAudioDevice("The sound devices cannot be listed.") from exc


def _open(chosen: list[miniaudio.Backend], device_id: str, buffer_ms: int) -> tuple[Any, str]:
    """An open device at its own sample rate, and its id; the default one and no id when ``device_id`` is not here."""
    _quiet_alsa()
    wanted = [found["id"] for found in _found(chosen) if _text(found["id"]) == device_id] if device_id else []
    if device_id and not wanted:
        log.warning("the sound device %s is not here, using the default", device_id)
    # Made in two steps: when opening fails, the library forgets to let go of its connection to the sound system.
    device = miniaudio.PlaybackDevice.__new__(miniaudio.PlaybackDevice)
    try:
        device.__init__(
            miniaudio.SampleFormat.FLOAT32,
            nchannels=2,
            sample_rate=0,
            buffersize_msec=buffer_ms,
            device_id=wanted[0] if wanted else None,
            backends=chosen,
            app_name=APP_NAME,
        )
    except miniaudio.MiniaudioError as exc:
        _close(device)
        raise NoAudioDevice("There is no sound device to play on.") from exc
    if device.backend == "Null" and miniaudio.Backend.NULL not in chosen:
        # The library's last resort when the system has no sound at all: it would play into nothing.
        _close(device)
        raise NoAudioDevice("There is no sound device to play on.")
    return device, device_id if wanted else ""


def _close(device: Any) -> None:
    context = device.__dict__.pop("_context", None)
    device.close()
    if context is not None:
        miniaudio.lib.ma_context_uninit(context)


def _text(device_id: Any) -> str:
    """A device's id, an opaque piece of memory, as text that stays the same."""
    raw = bytes(miniaudio.ffi.buffer(device_id)).rstrip(b"\0")
    return raw.decode("ascii") if raw.isascii() and raw.decode("ascii").isprintable() else raw.hex()


def _within(wait_s: float, work: Callable[[], T]) -> T:
    """Do ``work`` on a thread of its own, for a sound system may hang. Raises ``NoAudioDevice`` after ``wait_s``."""
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as exc:
            failed.append(exc)

    thread = threading.Thread(target=run, name="audio-device", daemon=True)
    thread.start()
    thread.join(wait_s)
    if failed:
        raise failed[0]
    if not done:
        raise NoAudioDevice("The sound device does not answer.")
    return done[0]


_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_silent = _HANDLER(lambda *_: None)


def _quiet_alsa() -> None:
    """Keep ALSA from writing dozens of lines to the terminal of a machine that has no sound card."""
    if sys.platform.startswith("linux"):
        try:
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_silent)
        except (OSError, AttributeError) as exc:
            log.debug("ALSA stays talkative: %s", exc)
