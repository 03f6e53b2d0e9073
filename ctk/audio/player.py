"""The player: what was asked for, on the one device. See ``ctk.contract.Audio``."""

import logging
import math
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ctk.errors import CtkError, NoAudioDevice, NotFound, UsageError
from ctk.events import Events, PlaybackChanged
from ctk.records import Device, NowPlaying
from ctk.settings import Settings

if TYPE_CHECKING:
    from ctk.audio.decode.samples import Stream
    from ctk.audio.feed import Feed
    from ctk.audio.stage import Stage
    from ctk.audio.track import Track

log = logging.getLogger(__name__)

SILENT_DB: Final = -60.0
LOUDEST_DB: Final = 6.0
_LET_GO_S: Final = 0.2


class Player:
    """Nothing heavy is imported and no device is opened before the first sound is played.

    ``backend`` names the sound system, else ``CTK_AUDIO_BACKEND`` does, else the system's own is taken. The loop
    that ``play`` may ask for is for that sound only; the one of ``set_loop`` is a setting and stays.
    """

    def __init__(
        self, resolve: Callable[[int], str], events: Events, settings: Settings, backend: str | None = None
    ) -> None:
        self._resolve = resolve
        self._events = events
        self._settings = settings
        self._backend = backend or os.environ.get("CTK_AUDIO_BACKEND") or None
        self._lock = threading.RLock()
        self._closed = False
        self._asked = 0
        self._stage: Stage | None = None
        self._scene: tuple[NowPlaying, Track | None] = (NowPlaying(), None)
        self._once_more = False

    def play(self, target: int | str | Path, *, start_s: float = 0.0, loop: bool = False) -> None:
        _check_number(start_s, "a number of seconds")
        with self._lock:
            self._asked += 1
            asked = self._asked
        shown = NowPlaying(
            state="playing",
            id=target if isinstance(target, int) else None,
            path=None if isinstance(target, int) else str(target),
            position_s=max(0.0, start_s),
        )
        try:
            if isinstance(target, int):
                shown = replace(shown, path=self._resolve(target))
            self._start(asked, shown, loop)
        except CtkError as exc:
            self._show_failure(asked, shown, str(exc))
            raise

    def pause(self) -> None:
        with self._lock:
            shown, track = self._scene
            if shown.state != "playing" or self._stage is None:
                return
            self._stage.play(None)
            self._scene = (replace(shown, state="paused"), track)
        self._tell()

    def resume(self) -> None:
        with self._lock:
            shown, track = self._scene
            if shown.state == "paused" and track is not None and self._stage is not None:
                self._stage.play(track.feed)
                self._scene = (replace(shown, state="playing"), track)
        if shown.state == "paused":
            self._tell()
        elif shown.state == "stopped" and shown.path is not None:
            self.play(shown.path if shown.id is None else shown.id, start_s=shown.position_s, loop=self._once_more)

    def stop(self) -> None:
        with self._lock:
            self._asked += 1
            shown, track = self._scene
            self._change(replace(shown, state="stopped", position_s=0.0, error=None))
        if track is not None:
            self._tell()

    def release(self, path: str) -> None:
        """Let go of a file that is about to be moved: when it is the one that plays, playing stops."""
        with self._lock:
            shown, track = self._scene
            if track is None or shown.path is None or os.path.normcase(shown.path) != os.path.normcase(path):
                return
        self.stop()
        if not track.close(_LET_GO_S):
            log.warning("a file that is about to be moved was still being read")

    def seek(self, position_s: float) -> None:
        _check_number(position_s, "a number of seconds")
        with self._lock:
            shown, track = self._scene
            if track is not None:
                feed = track.seek(position_s)
                if shown.state == "playing" and self._stage is not None:
                    self._stage.play(feed)
            elif shown.path is not None:
                longest = math.inf if shown.duration_s is None else shown.duration_s
                self._scene = (replace(shown, position_s=min(max(0.0, position_s), longest)), None)

    def set_volume(self, db: float) -> None:
        _check_number(db, "a number of decibels, from -60 (silent) to +6")
        self._settings.volume_db = min(max(db, SILENT_DB), LOUDEST_DB)
        with self._lock:
            if self._stage is not None:
                self._stage.set_gain(self._gain())

    def set_loop(self, on: bool) -> None:
        self._settings.loop = on
        with self._lock:
            self._once_more = False
            track = self._scene[1]
            if track is not None:
                track.loop(on)

    def now(self) -> NowPlaying:
        shown, track = self._scene
        duration_s = shown.duration_s if track is None else track.duration_s
        return replace(
            shown,
            position_s=shown.position_s if track is None else track.position_s,
            duration_s=duration_s,
            volume_db=self._settings.volume_db,
            loop=self._settings.loop or self._once_more,
        )

    def devices(self) -> Sequence[Device]:
        from ctk.audio import device

        return device.devices(self._backend)

    def set_device(self, id: str | None) -> None:
        if id is not None and id not in (device.id for device in self.devices()):
            raise NotFound("This sound device is not here any more.")
        before, self._settings.device = self._settings.device, id or ""
        with self._lock:
            shown = self.now()
            if self._stage is None or not self._stage.is_open:
                return
            self._asked += 1
            asked = self._asked
            self._change(replace(shown, state="stopped"))
            self._stage.close_device()
            try:
                if shown.state == "stopped":
                    self._opened_stage().open()
                else:
                    self._start(asked, shown, self._once_more)
            except CtkError as exc:
                self._settings.device = before
                self._show_failure(asked, shown, str(exc))
                raise

    def check(self) -> str:
        """What sound comes out of, for a person to read. Raises ``NoAudioDevice``."""
        with self._lock:
            stage = self._opened_stage()
            in_use = stage.is_open
            try:
                output = stage.open()
                found = self.devices()
            finally:
                if not in_use:
                    stage.close_device()
        names = [device.name for device in found if device.id == self._settings.device]
        names = names or [device.name for device in found if device.default] or ["default device"]
        return (
            f"{output.system}, {names[0]}, {output.rate_hz} Hz, {self._settings.buffer_ms} ms buffer, "
            f"{self.underruns} underruns"
        )

    @property
    def underruns(self) -> int:
        """How often decoding was too late for the device since the program started."""
        return 0 if self._stage is None else self._stage.underruns

    def close(self) -> None:
        """Stop and let go of the device; twice is fine."""
        with self._lock:
            self._closed = True
            self._asked += 1
            shown, track = self._scene
            self._change(replace(shown, state="stopped", position_s=0.0, error=None))
            stage, self._stage = self._stage, None
        if track is not None and not track.close(_LET_GO_S):
            log.warning("a file was still being read when the player was closed")
        if stage is not None:
            stage.close()

    def _start(self, asked: int, shown: NowPlaying, loop: bool) -> None:
        """Open the file, then change over to it, unless something else was asked for in the meantime."""
        from ctk.audio import decode

        stream = decode.open(shown.path or "")
        with self._lock:
            if asked != self._asked:
                stream.close()
                return
            try:
                rate_hz = self._opened_stage().open().rate_hz
            except NoAudioDevice:
                stream.close()
                raise
            self._once_more = loop and not self._settings.loop
            self._change(shown, self._track(stream, rate_hz, shown))
        self._tell()

    def _track(self, stream: "Stream", rate_hz: int, shown: NowPlaying) -> "Track":
        from ctk.audio.track import Track

        looping = self._settings.loop or self._once_more
        return Track(stream, rate_hz, start_s=shown.position_s, looping=looping)

    def _opened_stage(self) -> "Stage":
        if self._closed:
            raise NoAudioDevice("The player was closed.")
        if self._stage is None:
            from ctk.audio.stage import Stage

            self._stage = Stage(self._backend, self._settings, on_over=self._on_over, on_lost=self._on_lost)
            self._stage.set_gain(self._gain())
        return self._stage

    def _gain(self) -> float:
        db = self._settings.volume_db
        return 0.0 if db <= SILENT_DB else float(10 ** (min(db, LOUDEST_DB) / 20))

    def _change(self, shown: NowPlaying, track: "Track | None" = None) -> None:
        """Let the present sound fade out, let go of its file, and go over to another, or to none."""
        if self._stage is not None:
            self._stage.play(track.feed if track is not None and shown.state == "playing" else None)
        before = self._scene[1]
        if before is not None:
            before.close()
        self._scene = (shown, track)

    def _show_failure(self, asked: int, shown: NowPlaying, error: str) -> None:
        with self._lock:
            if asked != self._asked:
                return
            self._change(replace(shown, state="stopped", error=error))
        self._tell()

    def _on_over(self, feed: "Feed") -> None:
        with self._lock:
            shown, track = self._scene
            if track is None or track.feed is not feed:
                return
            duration_s = track.duration_s
            self._change(replace(shown, state="stopped", position_s=0.0, duration_s=duration_s, error=feed.error))
        self._tell()

    def _on_lost(self) -> None:
        with self._lock:
            shown, track = self.now(), self._scene[1]
            if track is None or (self._stage is not None and self._stage.is_open):
                return
            error = "The sound device is gone; play again to use the one that is there now."
            self._change(replace(shown, state="stopped", error=error))
        self._tell()

    def _tell(self) -> None:
        self._events.emit(PlaybackChanged(self.now()))


def _check_number(value: float, what: str) -> None:
    if not math.isfinite(value):
        raise UsageError(f"{value} is not {what}.")
