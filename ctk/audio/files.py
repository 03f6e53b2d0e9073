"""From what was asked for to a stream: where it is, what is known of it, whether its beginning is in memory."""

import logging
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ctk import cloud
from ctk.audio.advice import Advice
from ctk.audio.loudness import even_gain
from ctk.audio.shelf import Shelf, Target
from ctk.errors import CannotDecode
from ctk.records import NowPlaying
from ctk.settings import Settings

if TYPE_CHECKING:
    from ctk.audio.decode.samples import Stream
    from ctk.audio.decode.seeking import Hints

log = logging.getLogger(__name__)

ONLINE = "This sound is still in the cloud and was not downloaded."


class Files:
    """Any thread may call. ``resolve`` and ``hints`` are those of ``player.Player``."""

    def __init__(
        self, resolve: Callable[[int], str], hints: "Callable[[int], Hints] | None", settings: Settings
    ) -> None:
        self._resolve = resolve
        self._settings = settings
        self._advice = Advice(hints)
        self._shelf = Shelf(self.path_of, lambda: settings.read_ahead_mb << 20)

    def path_of(self, target: Target) -> str:
        """Raises ``NotFound``, and ``CannotDecode`` for a file that would have to be downloaded."""
        path = self._resolve(target) if isinstance(target, int) else os.fspath(target)
        if cloud.is_only_online(path):
            raise CannotDecode(ONLINE)
        return path

    def open(self, shown: NowPlaying) -> "tuple[Stream, float]":
        """The sound to be played, from its beginning, and the factor for its level. Raises ``CannotDecode``."""
        from ctk.audio import decode

        path, even = shown.path or "", self._settings.even_loudness
        inside = shown.position_s > 0 or shown.region is not None
        hints = self._advice.of(shown.id) if even or inside else None
        stream = self._shelf.take(path) or decode.open(path, index=hints.index if hints else None)
        return stream, even_gain(hints) if hints and even else 1.0

    def indexed(self, shown: NowPlaying) -> "Stream | None":
        """The same sound with the index that it may have by now."""
        from ctk.audio import decode

        index = self._advice.of(shown.id).index
        try:
            return None if index is None else decode.open(shown.path or "", index=index)
        except CannotDecode as exc:
            log.info("no better way into a sound: %s", exc)
            return None

    def prepare(self, targets: Sequence[Target]) -> None:
        self._shelf.prepare(targets)

    def release(self, path: str, wait_s: float) -> bool:
        """Forget what is in memory of a file; whether nobody reads it ahead any more after ``wait_s``."""
        return self._shelf.drop(path, wait_s)

    def close(self) -> None:
        self._shelf.close()
        self._advice.close()
