"""Everything that was found."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Protocol

from ctk import records


class Catalog(Protocol):
    """Everything that was found, and the way to find it again."""

    def search(
        self,
        query: str = "",
        *,
        offset: int = 0,
        limit: int = 200,
        sort: str = "name",
        desc: bool = False,
        only_ids: Sequence[int] | None = None,
    ) -> records.Page:
        """The hits of ``query`` (all sounds when empty), one page of them, and how many there are in all. Held sounds
        are hits only of a query that asks for them with ``is:held``.

        ``sort`` is one of ``SORT_COLUMNS``; names sort naturally (2 before 10) and the id breaks ties. With
        ``only_ids`` nothing else is searched. Raises ``QueryError`` for a text that cannot be read.
        """
        ...

    def ids(
        self,
        query: str = "",
        *,
        sort: str = "name",
        desc: bool = False,
        only_ids: Sequence[int] | None = None,
    ) -> array[int]:
        """The ids (``array('q')``) of every hit in the order ``search`` pages through them."""
        ...

    def get(self, id: int) -> records.Sound:
        """One sound with all its facts. Raises ``NotFound``."""
        ...

    def recent(self, *, limit: int = 50) -> Sequence[records.Row]:
        """The sounds that were played last, newest first."""
        ...

    def facets(self, query: str = "") -> records.Facets:
        """What the hits of ``query`` can be narrowed down by, and how many hits each choice leaves. Raises
        ``QueryError``."""
        ...

    def stats(self) -> records.Stats:
        """Counts, bytes and seconds of everything catalogued, by source and by format."""
        ...
