"""Playing: audition, play and pause, seek, a marked region, level. Every request goes through the pump."""

from collections.abc import Callable, Collection
from pathlib import PurePath
from typing import TYPE_CHECKING

from ctk.contract import Audio, Catalog
from ctk.errors import CtkError
from ctk.events import PlaybackChanged
from ctk.records import NowPlaying, Row
from ctk.settings import Settings
from ctk.ui.models import words
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

if TYPE_CHECKING:
    from ctk.records import Sound

MIN_DB, MAX_DB = -60.0, 6.0
PLAYABLE = ("ok", "bad")
"""A file that is cut off or damaged may still be heard in part."""

Region = tuple[float, float]
"""From and to, in seconds."""


class Transport:
    """``changed(now)`` tells what plays; ``trouble(sentence)`` why something does not (empty: it does).

    ``notice(sentence)`` tells what is wrong with a sound that plays, ``asked(row)`` what is to be played, and
    ``ended(id)`` which sound came to its end by itself. The ``region`` that is marked in a sound plays in a loop.
    """

    def __init__(self, audio: Audio, catalog: Catalog, settings: Settings, pump: Pump) -> None:
        self.changed: Signal[[NowPlaying]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self.notice: Signal[[str]] = Signal()
        self.asked: Signal[[Row]] = Signal()
        self.ended: Signal[[int]] = Signal()
        self.region: Region | None = None
        self._audio = audio
        self._catalog = catalog
        self._settings = settings
        self._pump = pump
        self._row: Row | None = None
        self._sounding: Row | None = None
        self._requests = 0
        self._begun = 0
        self._error: str | None = None
        pump.listen(PlaybackChanged, self._heard)

    @property
    def now(self) -> NowPlaying:
        return self._audio.now()

    @property
    def volume_db(self) -> float:
        return self._settings.volume_db

    def start(self) -> None:
        """Hand the remembered level to the player."""
        if self.volume_db:
            self._do(lambda: self._audio.set_volume(self.volume_db), key="volume")

    def arrive(self, row: Row, *, beside: Collection[int] = ()) -> None:
        """The focus came to ``row``: play it when auditioning, else have it ready for the play key.

        Where one of those ``beside`` it plays, the same moment is heard in ``row``, to compare them.
        """
        self._row = row
        if self._settings.audition:
            now = self.now
            same = now.state == "playing" and now.id != row.id and now.id in beside
            self.play(row, start_s=now.position_s if same else 0.0)
        elif row.state != "ok":
            self._explain(row)

    def play(self, row: Row, *, start_s: float = 0.0, region: Region | None = None) -> None:
        """Play ``row`` or a region of it, or say why it cannot be played."""
        self._row = self._sounding = row
        self.region = region
        self._requests += 1
        self.asked(row)
        if row.state not in PLAYABLE:
            self._do(self._audio.stop)
            self._explain(row)
            return
        self.trouble("")
        request, loop = self._requests, self._settings.loop or region is not None

        def play() -> None:
            self._audio.play(row.id, start_s=start_s, loop=loop, region=region)

        def begun(_: None) -> None:
            self._begun = request
            if row.state != "ok":
                self._tell_reason(row, self.notice)

        self._pump.call(play, key="play", then=begun, fail=self._failed if row.state == "ok" else self._explainer(row))

    def toggle(self) -> None:
        """Pause or go on; where the focus has moved on since, play what is in focus."""
        now = self.now
        if self._row is not None and now.id != self._row.id:
            self.play(self._row)
        elif now.state == "playing":
            self._do(self._audio.pause)
        elif now.state == "paused":
            self._do(self._audio.resume)
        elif self._row is not None:
            self.play(self._row, start_s=self._inside(now.position_s), region=self.region)

    def stop(self) -> None:
        self._requests += 1
        self._do(self._audio.stop)

    def seek(self, position_s: float) -> None:
        """Go to a moment of the sound, out of the region when it lies beyond; what had ended is heard from there."""
        row, state = self._sounding, self.now.state
        if row is None:
            return
        if self.region is not None and position_s != self._inside(position_s):
            self.unmark(at_s=position_s)
        elif state == "stopped":
            self.play(row, start_s=position_s, region=self.region)
        else:
            self._do(lambda: self._audio.seek(position_s), key="seek")

    def skip(self, by_s: float) -> None:
        """So many seconds on, or back."""
        now = self.now
        if now.path is not None:
            longest = now.duration_s or 0.0
            self.seek(min(max(0.0, now.position_s + by_s), longest))

    def mark(self, region: Region) -> None:
        """Play this part of the sound again and again."""
        if self._sounding is not None:
            self.play(self._sounding, start_s=region[0], region=region)

    def unmark(self, *, at_s: float | None = None) -> None:
        """No region any more: the whole sound goes on, where it is or from a moment on."""
        now, row = self.now, self._sounding
        if self.region is None or row is None:
            return
        position_s = now.position_s if at_s is None else at_s
        if now.state == "playing" or at_s is not None:
            self.play(row, start_s=position_s)
            return
        self.region = None
        self._requests += 1

        def rest() -> None:
            self._audio.stop()
            self._audio.seek(position_s)

        self._do(rest)
        self.changed(now)

    def renew(self) -> None:
        """Begin again where it is, since sounds are played differently now."""
        now = self.now
        if now.state == "playing" and self._sounding is not None and self._sounding.id == now.id:
            self.play(self._sounding, start_s=now.position_s, region=self.region)

    def set_volume(self, db: float) -> None:
        self._settings.volume_db = round(min(max(db, MIN_DB), MAX_DB), 1)
        self._do(lambda: self._audio.set_volume(self.volume_db), key="volume")
        self.changed(self.now)

    def _inside(self, position_s: float) -> float:
        """The nearest moment of the region."""
        return position_s if self.region is None else min(max(position_s, self.region[0]), self.region[1])

    def _do(self, request: Callable[[], None], key: str = "play") -> None:
        self._pump.call(request, key=key, fail=self._failed)

    def _failed(self, error: Exception) -> None:
        self.trouble(str(error) if isinstance(error, CtkError) else "This sound could not be played.")
        self.changed(self.now)

    def _heard(self, event: PlaybackChanged) -> None:
        now, row = event.now, self._sounding
        explained = row is not None and row.id == now.id and row.state != "ok"
        if now.error and now.error != self._error and not explained:
            self.trouble(now.error)
        self._error = now.error
        self.changed(now)
        over = now.state == "stopped" and not now.error
        if over and row is not None and row.id == now.id and self._begun == self._requests:
            self._begun = 0
            self.ended(row.id)

    def _explainer(self, row: Row) -> Callable[[Exception], None]:
        def explain(_: Exception) -> None:
            self._explain(row)
            self.changed(self.now)

        return explain

    def _explain(self, row: Row) -> None:
        """Say why ``row`` cannot be played."""
        sentence = words.why_silent(row)
        if sentence is not None:
            self.trouble(sentence)
        else:
            self._tell_reason(row, self.trouble)

    def _tell_reason(self, row: Row, tell: Signal[[str]]) -> None:
        def blame(sound: "Sound") -> None:
            tell(f"{words.safe(sound.name)}: {sound.reason or 'this file cannot be read.'}")

        self._pump.call(self._catalog.get, row.id, key="why", then=blame, fail=self._failed)


def title(now: NowPlaying) -> str:
    """The name of what plays."""
    return "" if now.path is None else words.safe(PurePath(now.path).name)
