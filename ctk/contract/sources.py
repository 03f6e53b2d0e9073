"""The folders sounds are in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ctk import records
from ctk.jobs import Job


class Sources(Protocol):
    """The folders the user pointed at, and the work of reading them."""

    def list(self) -> Sequence[records.Source]:
        """All sources in the order they were added."""
        ...

    def add(self, path: str | Path) -> records.Source:
        """Remember a folder. One that is already a source is returned as it is. Raises ``SourceError``."""
        ...

    def remove(self, source_id: int) -> None:
        """Forget a folder and its rows; no file is touched. Raises ``NotFound``, and ``SourceError`` while a scan or a
        batch is at work."""
        ...

    def protect(self, source_id: int, *, on: bool = True) -> None:
        """Nothing in a protected source is ever moved, renamed or removed. Raises ``NotFound``."""
        ...

    def locate(self, source_id: int, *, path: str | Path) -> records.Source:
        """The source is in this folder now; its rows keep their ids and all that hangs on them, and no file is read.
        Raises ``NotFound``, and ``SourceError`` for a folder that does not hold its files."""
        ...

    def scan(
        self,
        folders: Sequence[str | Path] | None = None,
        *,
        full: bool = False,
        workers: int | None = None,
        accept_missing: bool = False,
    ) -> Job[records.ScanReport]:
        """Bring the catalog up to date with ``folders`` (added as sources when new), or with all sources.

        A file whose size and time are unchanged is not opened, unless ``full``. Cancelling keeps what was read.
        Where very many files of a source are gone at once they are only reported, unless ``accept_missing``.
        Raises ``SourceError`` at once for a folder that is not there.
        """
        ...

    def discover(self) -> Job[Sequence[records.Place]]:
        """Look where audio usually is and count it, without opening a file; the places with the most first."""
        ...

    def watch(self, on: bool) -> None:
        """Follow changes in the sources as they happen, or stop following them."""
        ...

    def forget_missing(self, ids: Sequence[int] | None = None) -> int:
        """Drop the rows of missing sounds, all of them when ``ids`` is ``None``; how many went. No file is touched."""
        ...

    def problems(self) -> Sequence[records.Problem]:
        """The files that cannot be read, and why."""
        ...
