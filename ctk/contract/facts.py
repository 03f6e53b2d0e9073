"""The user's own word on sounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ctk import records
from ctk.jobs import Job


class Facts(Protocol):
    """The user's own word on sounds: nothing of it is ever written into a sound file. Names of tags, collections and
    searches keep the case they were first written in, and are the same whatever the case. What is not a sound (any
    more) is passed over."""

    def of(self, id: int) -> records.Marks:
        """All the user said of a sound. Raises ``NotFound``."""
        ...

    def tag(self, ids: Sequence[int], tag: str) -> Sequence[int]:
        """Give sounds a tag; the ids of those that did not have it. Raises ``UsageError`` for what is no tag."""
        ...

    def untag(self, ids: Sequence[int], tag: str) -> Sequence[int]:
        """Take a tag from sounds; the ids of those that had it. Raises ``UsageError``."""
        ...

    def tags(self) -> Sequence[records.Label]:
        """Every tag in use, by name."""
        ...

    def rate(self, ids: Sequence[int], stars: int) -> Mapping[int, int]:
        """Give sounds 1 to 5 stars, 0 for none; the rating that each of those had whose rating changed. Raises
        ``UsageError``."""
        ...

    def favourite(self, ids: Sequence[int], *, on: bool = True) -> Sequence[int]:
        """Make sounds favourites, or no longer; the ids of those that changed."""
        ...

    def note(self, ids: Sequence[int], text: str) -> Mapping[int, str]:
        """Write a note on sounds, empty for none; the note that each of those had whose note changed."""
        ...

    def collect(self, ids: Sequence[int], collection: str) -> Sequence[int]:
        """Put sounds at the end of a collection, which is made when it is new; the ids of those that were not in it.
        Raises ``UsageError`` for what is no name."""
        ...

    def uncollect(self, ids: Sequence[int] | None, collection: str) -> Sequence[int]:
        """Take sounds out of a collection, or do away with all of it (``None``); the ids that were in it. Raises
        ``NotFound`` and ``UsageError``."""
        ...

    def collections(self) -> Sequence[records.Label]:
        """Every collection, by name, also the empty ones."""
        ...

    def save_search(self, name: str, query: str) -> None:
        """Keep a search text under a name, in the place of what had the name. Raises ``QueryError``, ``UsageError``."""
        ...

    def forget_search(self, name: str) -> None:
        """Raises ``NotFound`` and ``UsageError``."""
        ...

    def searches(self) -> Sequence[records.SavedSearch]:
        """The saved searches, by name."""
        ...

    def export(
        self, file: str | Path | None = None, *, format: str | None = None, query: str | None = None
    ) -> Job[records.Exported]:
        """Write what the user said as ``json`` (everything, to be imported elsewhere), ``csv`` (a table for a
        spreadsheet) or ``m3u8`` (a playlist): of the hits of ``query``, or of every sound that anything was said of.
        Without ``format`` the ending of the file decides. The order is that of names, or of the one collection that
        ``query`` asks for. Raises ``UsageError``, ``QueryError``; the job fails with ``CtkError`` where the file cannot
        be written, and what was there before stays."""
        ...

    def import_(self, file: str | Path) -> Job[records.Imported]:
        """Take over what ``export`` wrote, adding to what is said already; a playlist becomes a collection. Sounds are
        known again by their content, wherever they are now. The job fails with ``CtkError`` for a file that cannot be
        read, and nothing changes then."""
        ...
