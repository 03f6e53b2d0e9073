"""What sounds look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ctk import records
from ctk.jobs import Job


class Waveforms(Protocol):
    """What sounds look like and whether they are well, from listening to them once."""

    def peaks(
        self, target: int | str | Path, points: int = 1024, *, start_s: float = 0.0, end_s: float | None = None
    ) -> records.Peaks:
        """The outline of a sound, or of a part of it, in ``points`` steps; from what is kept where that is as exact,
        else by decoding the file now. Raises ``NotFound``, ``CannotDecode`` or ``UsageError``."""
        ...

    def kept(self, ids: Sequence[int], points: int = 64) -> Mapping[int, records.Peaks]:
        """The outlines of those of ``ids`` that are kept and still true, at once; the others are left out."""
        ...

    def build(self, ids: Sequence[int] | None = None) -> Job[int]:
        """Listen to those of ``ids`` (all sounds when ``None``) that were not listened to since they changed, and keep
        what was found; the number of sounds. ``WaveformsMade`` tells of them as they come."""
        ...

    def health(self, id: int) -> records.SoundHealth:
        """What is known of the health of a sound. Raises ``NotFound``."""
        ...
