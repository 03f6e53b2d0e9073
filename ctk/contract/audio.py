"""Playing sounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ctk import records


class Audio(Protocol):
    """Playing sounds through the one device."""

    def play(
        self,
        target: int | str | Path,
        *,
        start_s: float = 0.0,
        loop: bool = False,
        region: tuple[float, float] | None = None,
    ) -> None:
        """Play a catalogued sound (id) or any file (path) from ``start_s`` seconds, instead of what plays now.

        With a ``region`` (from and to, in seconds) only that part is heard, again and again when looping. Returns at
        once. Raises ``NotFound``, ``CannotDecode``, ``NoAudioDevice`` or ``UsageError``; what was playing then stops.
        """
        ...

    def prepare(self, targets: Sequence[int | str | Path]) -> None:
        """These are likely to be played next: have their beginnings in memory. What was prepared before and is not
        among them may be dropped. Returns at once; whatever cannot be read is passed over."""
        ...

    def pause(self) -> None:
        """Hold the position; nothing happens when nothing plays."""
        ...

    def resume(self) -> None:
        """Go on after ``pause``; from the start when the sound had ended."""
        ...

    def stop(self) -> None:
        """End playback and forget the position."""
        ...

    def seek(self, position_s: float) -> None:
        """Go to ``position_s`` seconds, clamped to the length of the sound."""
        ...

    def set_volume(self, db: float) -> None:
        """Level in dB, -60 (silent) to +6; 0 leaves samples as they are."""
        ...

    def set_loop(self, on: bool) -> None:
        """Start over at the end, from the next end on."""
        ...

    def now(self) -> records.NowPlaying:
        """What is playing and where; a plain read, cheap enough for every frame of a cursor."""
        ...

    def devices(self) -> Sequence[records.Device]:
        """The devices that can be played on."""
        ...

    def set_device(self, id: str | None) -> None:
        """Play on another device; ``None`` for the system's default. Raises ``NotFound``, ``NoAudioDevice``."""
        ...
