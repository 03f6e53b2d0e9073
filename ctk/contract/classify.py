"""What sounds are, and which are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ctk import records
from ctk.jobs import Job


class Classify(Protocol):
    """What sounds are: drums, synth, vocal, bass, guitar, fx or other. The user's label counts most, then a name that
    is certain, then what was learned from both in this library, then what CNN14 or the built-in model hears."""

    def status(self) -> records.Hearing:
        """Which engines there are, why another is not, and how much was heard."""
        ...

    def run(
        self,
        ids: Sequence[int] | None = None,
        *,
        engine: records.Listener | None = None,
        device: str = "auto",
        limit: int | None = None,
    ) -> Job[records.Classified]:
        """Listen to those of ``ids`` (all sounds when ``None``) that ``engine`` (the best one that is ready) has not
        heard since they changed, at most ``limit`` of them. What was heard is kept when cancelled. Raises
        ``UsageError`` for an engine that is not ready, or a device (``auto``, ``cpu``, ``cuda``, ``cuda:N``) that is
        none."""
        ...

    def fetch_weights(self, file: str | Path | None = None) -> Job[Path]:
        """Download what CNN14 learned (327 MB, CC BY 4.0), or take it from a ``file`` that was downloaded by hand. The
        job fails with ``CtkError`` for anything that is not exactly that."""
        ...

    def label(self, ids: Sequence[int], category: records.Category | None) -> Mapping[int, records.Category | None]:
        """These sounds are this, whatever else is thought of them; ``None`` takes that back. The label that each of
        those had whose label changed. What is not labelled is judged again in the background. Raises ``UsageError``."""
        ...

    def similar(self, id: int, *, limit: int = 50, query: str = "") -> records.Similar:
        """The hits of ``query`` (all sounds when empty) that are most like a sound, without itself. Raises
        ``NotFound``, ``QueryError``, and ``UsageError`` where the sound was not listened to and cannot be now."""
        ...

    def map(self, query: str = "", *, limit: int = 20_000) -> Job[records.SoundMap]:
        """At most ``limit`` hits of ``query`` on a plane, as far as they were listened to. Raises ``QueryError``."""
        ...
