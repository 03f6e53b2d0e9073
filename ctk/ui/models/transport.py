"""Playing from the list: audition, play and pause, seek, level. Every request goes through the pump."""

from collections.abc import Callable, Collection
from pathlib import PurePath

from ctk.contract import Audio, Catalog
from ctk.errors import CtkError
from ctk.events import PlaybackChanged
from ctk.records import NowPlaying, Row, Sound
from ctk.settings import Settings
from ctk.ui.models import words
from ctk.ui.models.signal import Signal
from ctk.ui.pump import Pump

MIN_DB, MAX_DB = -60.0, 6.0


class Transport:
    """``changed(now)`` tells what plays; ``trouble(sentence)`` why something does not (empty: it does)."""

    def __init__(self, audio: Audio, catalog: Catalog, settings: Settings, pump: Pump) -> None:
        self.changed: Signal[[NowPlaying]] = Signal()
        self.trouble: Signal[[str]] = Signal()
        self._audio = audio
        self._catalog = catalog
        self._settings = settings
        self._pump = pump
        self._row: Row | None = None
        self._error: str | None = None
        pump.listen(PlaybackChanged, self._heard)

    @property
    def now(self) -> NowPlaying:
        return self._audio.now()

    @property
    def audition(self) -> bool:
        """Whether moving through the list plays."""
        return self._settings.audition

    @property
    def volume_db(self) -> float:
        return self._settings.volume_db

    @property
    def loop(self) -> bool:
        return self._settings.loop

    def start(self) -> None:
        """Hand the remembered level to the player."""
        if self.volume_db:
            self._do(lambda: self._audio.set_volume(self.volume_db), key="volume")

    def arrive(self, row: Row, *, beside: Collection[int] = ()) -> None:
        """The focus came to ``row``: play it when auditioning, else have it ready for the play key.

        Where one of those ``beside`` it plays, the same moment is heard in ``row``, to compare them.
        """
        self._row = row
        if self.audition:
            now = self.now
            same = now.state == "playing" and now.id != row.id and now.id in beside
            self.play(row, start_s=now.position_s if same else 0.0)
        else:
            self._explain(row)

    def play(self, row: Row, *, start_s: float = 0.0) -> None:
        """Play ``row``, or say why it cannot be played."""
        self._row = row
        if row.state == "ok":
            self.trouble("")
            loop = self.loop
            self._do(lambda: self._audio.play(row.id, start_s=start_s, loop=loop))
        else:
            self._do(self._audio.stop)
            self._explain(row)

    def toggle(self) -> None:
        """Pause or go on; where the focus has moved on since, play what is in focus."""
        now = self.now
        if self._row is not None and now.id != self._row.id:
            self.play(self._row)
        elif now.state == "playing":
            self._do(self._audio.pause)
        elif now.path is not None:
            self._do(self._audio.resume)

    def stop(self) -> None:
        self._do(self._audio.stop)

    def seek(self, fraction: float) -> None:
        """Go to a part of the sound, 0 to 1."""
        if duration_s := self.now.duration_s:
            self._do(lambda: self._audio.seek(fraction * duration_s), key="seek")

    def set_volume(self, db: float) -> None:
        self._settings.volume_db = round(min(max(db, MIN_DB), MAX_DB), 1)
        self._do(lambda: self._audio.set_volume(self.volume_db), key="volume")
        self.changed(self.now)

    def set_loop(self, on: bool) -> None:
        self._settings.loop = on
        self._do(lambda: self._audio.set_loop(on), key="loop")
        self.changed(self.now)

    def set_audition(self, on: bool) -> None:
        self._settings.audition = on
        self.changed(self.now)

    def _do(self, request: Callable[[], None], key: str = "play") -> None:
        self._pump.call(request, key=key, fail=self._failed)

    def _failed(self, error: Exception) -> None:
        self.trouble(str(error) if isinstance(error, CtkError) else "This sound could not be played.")
        self.changed(self.now)

    def _heard(self, event: PlaybackChanged) -> None:
        error = event.now.error
        if error and error != self._error:
            self.trouble(error)
        self._error = error
        self.changed(event.now)

    def _explain(self, row: Row) -> None:
        """Say why ``row`` cannot be played, when it cannot."""
        if row.state == "ok":
            return
        sentence = words.why_silent(row)
        if sentence is not None:
            self.trouble(sentence)
            return
        self._pump.call(self._catalog.get, row.id, key="why", then=self._blame, fail=self._failed)

    def _blame(self, sound: Sound) -> None:
        self.trouble(f"{words.safe(sound.name)}: {sound.reason or 'this file cannot be read.'}")


def title(now: NowPlaying) -> str:
    """The name of what plays."""
    return "" if now.path is None else words.safe(PurePath(now.path).name)
