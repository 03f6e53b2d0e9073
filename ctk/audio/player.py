"""The player: what was asked for, on the one device. See ``ctk.contract.Audio``."""

import logging
import math
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ctk.audio.files import Files
from ctk.audio.region import checked, clamped
from ctk.audio.speakers import LOUDEST_DB, SILENT_DB, Speakers
from ctk.errors import CtkError, NotFound, UsageError
from ctk.events import Events, PlaybackChanged
from ctk.records import Device, NowPlaying
from ctk.settings import Settings

if TYPE_CHECKING:
    from ctk.audio.decode.seeking import Hints
    from ctk.audio.device import Output
    from ctk.audio.feed import Feed
    from ctk.audio.track import Track

log = logging.getLogger(__name__)

ASIDE_S: Final = 1.0
"""For how long background work rests after each sound that is asked for: while somebody goes through a list with the
arrow keys it does not come back in between, while somebody listens to a long sound it does."""

HEARD_S: Final = 1.0
"""A sound that was heard for so long, or to its end, counts as played."""

_LET_GO_S: Final = 0.2


class Player:
    """Nothing heavy is imported and no device is opened before the first sound is played.

    ``backend`` names the sound system, else ``CTK_AUDIO_BACKEND`` does, else the system's own is taken. The loop
    that ``play`` may ask for is for that sound only; the one of ``set_loop`` is a setting and stays. A ``seek`` stays
    within the region that plays. ``hints(id)`` tells what is known of a sound, ``played(id)`` is told of those that
    were heard, ``step_aside(seconds)`` lets background work rest.
    """

    def __init__(
        self,
        resolve: Callable[[int], str],
        events: Events,
        settings: Settings,
        backend: str | None = None,
        *,
        hints: "Callable[[int], Hints] | None" = None,
        played: Callable[[int], None] = lambda id: None,
        step_aside: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._files = Files(resolve, hints, settings)
        self._played = played
        self._step_aside = step_aside
        self._events = events
        self._settings = settings
        self._speakers = Speakers(
            backend or os.environ.get("CTK_AUDIO_BACKEND") or None,
            settings,
            events,
            on_over=self._on_over,
            on_look=self._on_look,
            on_moved=self._on_moved,
            on_lost=self._on_lost,
        )
        self._lock = threading.RLock()
        self._asked = 0
        self._scene: tuple[NowPlaying, Track | None] = (NowPlaying(), None)
        self._leaving: list[tuple[str, Track]] = []
        self._output: Output | None = None
        self._once_more = False

    def play(
        self,
        target: int | str | Path,
        *,
        start_s: float = 0.0,
        loop: bool = False,
        region: tuple[float, float] | None = None,
    ) -> None:
        self._step_aside(ASIDE_S)
        with self._lock:
            self._asked += 1
            asked = self._asked
        id = target if isinstance(target, int) else None
        path = None if isinstance(target, int) else str(target)
        shown = NowPlaying(state="playing", id=id, path=path)
        try:
            _check_number(start_s, "a number of seconds")
            shown = replace(shown, position_s=max(0.0, start_s), region=checked(region))
            shown = replace(shown, path=self._files.path_of(target))
            self._start(asked, shown, loop)
        except CtkError as exc:
            self._show_failure(asked, shown, str(exc))
            raise

    def prepare(self, targets: Sequence[int | str | Path]) -> None:
        self._files.prepare(targets)

    def pause(self) -> None:
        with self._lock:
            shown, track = self._scene
            if shown.state != "playing":
                return
            self._speakers.play(None)
            self._scene = (replace(shown, state="paused"), track)
        self._tell()

    def resume(self) -> None:
        with self._lock:
            shown, track = self._scene
            if shown.state == "paused" and track is not None:
                self._speakers.play(track.feed)
                self._scene = (replace(shown, state="playing"), track)
        if shown.state == "paused":
            self._tell()
        elif shown.state == "stopped" and shown.path is not None:
            target = shown.path if shown.id is None else shown.id
            self.play(target, start_s=shown.position_s, loop=self._once_more, region=shown.region)

    def stop(self) -> None:
        with self._lock:
            self._asked += 1
            shown, track = self._scene
            self._change(_rewound(shown))
        if track is not None:
            self._tell()

    def release(self, path: str) -> None:
        """Let go of a file that is about to be moved, also in memory: when it is the one that plays, playing stops."""
        key = os.path.normcase(path)
        with self._lock:
            shown, track = self._scene
            plays = track is not None and os.path.normcase(shown.path or "") == key
        if plays:
            self.stop()
        with self._lock:
            leaving = [track for path, track in self._leaving if os.path.normcase(path) == key]
        let_go = [track.close(_LET_GO_S) for track in leaving]
        if not (self._files.release(path, _LET_GO_S) and all(let_go)):
            log.warning("a file that is about to be moved was still being read")

    def seek(self, position_s: float) -> None:
        _check_number(position_s, "a number of seconds")
        self._step_aside(ASIDE_S)
        with self._lock:
            shown, track = self._scene
            if track is not None:
                feed = track.seek(position_s)
                if shown.state == "playing":
                    self._speakers.play(feed)
            elif shown.path is not None:
                position_s = clamped(position_s, shown.region, shown.duration_s)
                self._scene = (replace(shown, position_s=position_s), None)

    def set_volume(self, db: float) -> None:
        _check_number(db, "a number of decibels, from -60 (silent) to +6")
        self._settings.volume_db = min(max(db, SILENT_DB), LOUDEST_DB)
        self._speakers.set_volume()

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
        return self._speakers.devices()

    def set_device(self, id: str | None) -> None:
        if id is not None and id not in (device.id for device in self.devices()):
            raise NotFound("This sound device is not here any more.")
        before, self._settings.device = self._settings.device, id or ""
        with self._lock:
            if self._speakers.output is None:
                return
            self._speakers.play(None)
            self._speakers.close_device()
            try:
                self._go_on()
            except CtkError:
                self._settings.device = before
                raise

    def check(self) -> str:
        """What sound comes out of, for a person to read. Raises ``NoAudioDevice``."""
        with self._lock:
            return self._speakers.describe()

    @property
    def underruns(self) -> int:
        """How often the device got too little, or got it too late, since the program started."""
        return self._speakers.underruns

    def close(self) -> None:
        """Let what plays fade out, and let go of everything; twice is fine."""
        with self._lock:
            self._asked += 1
            shown, track = self._scene
            self._change(_rewound(shown))
        self._files.close()
        self._speakers.close()
        if track is not None and not track.close(_LET_GO_S):
            log.warning("a file was still being read when the player was closed")

    def _start(self, asked: int, shown: NowPlaying, loop: bool) -> None:
        """Open the file, then change over to it, unless something else was asked for in the meantime."""
        from ctk.audio.track import Track

        stream, gain = self._files.open(shown)
        with self._lock:
            if asked != self._asked:
                stream.close()
                return
            try:
                region = checked(shown.region, stream.duration_s)
                self._output = self._speakers.open()
                self._once_more = loop and not self._settings.loop
                track = Track(
                    stream,
                    self._output.rate_hz,
                    start_s=shown.position_s,
                    looping=self._settings.loop or self._once_more,
                    region=region,
                    gain=gain,
                    better=lambda: self._files.indexed(shown),
                    block_s=self._settings.buffer_ms / 1000,
                )
            except BaseException:
                stream.close()
                raise
            self._change(shown, track)
            track.start()
        self._tell()

    def _change(self, shown: NowPlaying, track: "Track | None" = None) -> None:
        """Let the present sound fade out, let go of its file, and go over to another, or to none."""
        self._speakers.play(track.feed if track is not None and shown.state == "playing" else None)
        self._count()
        before, left = self._scene
        self._scene = (shown, track)
        self._leaving = [(path, other) for path, other in self._leaving if not other.close()]
        if left is not None and not left.close():
            self._leaving.append((before.path or "", left))

    def _count(self, *, ended: bool = False) -> None:
        """Tell, once, of what was heard for long enough."""
        shown, track = self._scene
        if track is None or shown.id is None or track.counted or not (ended or track.heard_s >= HEARD_S):
            return
        track.counted = True
        try:
            self._played(shown.id)
        except CtkError as exc:
            log.warning("a sound that was played is not remembered: %s", exc)

    def _go_on(self) -> None:
        """Play on where the sound is, on the device that is to be used now. Raises ``CtkError``."""
        with self._lock:
            shown, before = self.now(), self._scene[1]
            self._asked += 1
            if before is None:
                self._speakers.open()
                return
            try:
                self._start(self._asked, shown, self._once_more)
            except CtkError as exc:
                self._show_failure(self._asked, shown, str(exc))
                raise
            after = self._scene[1]
            if after is not None:
                after.counted = before.counted

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
            self._count(ended=feed.error is None)
            self._change(replace(_rewound(shown), duration_s=track.duration_s, error=feed.error))
        self._tell()

    def _on_look(self) -> None:
        with self._lock:
            self._count()

    def _on_moved(self) -> None:
        with self._lock:
            if self._output is not self._speakers.output:
                try:
                    self._go_on()
                except CtkError as exc:
                    log.info("the sound did not go on: %s", exc)

    def _on_lost(self, error: str) -> None:
        with self._lock:
            if self._scene[1] is None or self._speakers.output is not None:
                return
            self._change(replace(self.now(), state="stopped", error=error))
        self._tell()

    def _tell(self) -> None:
        self._events.emit(PlaybackChanged(self.now()))


def _rewound(shown: NowPlaying) -> NowPlaying:
    """At the beginning of what is played, at rest."""
    return replace(shown, state="stopped", position_s=shown.region[0] if shown.region else 0.0, error=None)


def _check_number(value: float, what: str) -> None:
    if not math.isfinite(value):
        raise UsageError(f"{value} is not {what}.")
