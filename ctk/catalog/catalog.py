"""Searching and counting what is catalogued: ``ctk.contract.Catalog`` over the store and the search index.

The index, and numpy with it, is loaded by the first search that needs it; the first pages of everything by name come
from SQLite alone.
"""

import logging
import threading
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctk.catalog import lookup, plays
from ctk.catalog.store import Connection, Store, revision_of
from ctk.errors import NotFound, UsageError
from ctk.records.sound import SORT_COLUMNS, Page, Row

if TYPE_CHECKING:
    from ctk.catalog.index import Index
    from ctk.catalog.query import Condition, Query
    from ctk.records import Facets, Sound, Stats

log = logging.getLogger(__name__)

WORTHWHILE = 2000
"""So many changed rows take longer to index again than a snapshot takes to write."""

_FIRST_ROWS = 2000
"""Up to here SQLite pages through all names in no time."""


class Catalog:
    """See ``ctk.contract.Catalog``. ``derived`` is the file for what can be made again from the catalog."""

    def __init__(
        self,
        store: Store,
        derived: Path,
        alike: "Callable[[int, array[int] | None], Sequence[int]]" = lambda id, _: [id],
    ) -> None:
        """``alike`` tells the ids of the sounds that are most like one, of all or among some."""
        self._alike = alike
        self._store = store
        self._derived = derived
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._stats: tuple[int, Stats] | None = None

    def search(
        self,
        query: str = "",
        *,
        offset: int = 0,
        limit: int = 200,
        sort: str = "name",
        desc: bool = False,
        only_ids: Sequence[int] | None = None,
    ) -> Page:
        """The hits of ``query``, one page of them in order, and how many there are in all."""
        _check(sort)
        if offset < 0 or limit < 0:
            raise UsageError("A page cannot begin or end before the first sound: offset and limit are 0 or more.")
        plain = not query.strip() and sort == "name" and only_ids is None
        if plain and self._index is None and offset + limit <= _FIRST_ROWS:
            with self._store.snapshot() as connection:
                return lookup.by_name(connection, offset, limit, desc=desc)
        asked = self._asked(query)
        with self._store.snapshot() as connection:
            with self._current(connection) as index:
                slots = index.slots(asked, sort=sort, desc=desc, only_ids=only_ids)
                ids = index.ids(slots[offset : offset + limit]).tolist()
            return Page(len(slots), lookup.rows(connection, ids))

    def ids(
        self, query: str = "", *, sort: str = "name", desc: bool = False, only_ids: Sequence[int] | None = None
    ) -> "array[int]":
        """The ids (``array('q')``) of every hit in the order ``search`` pages through them."""
        _check(sort)
        asked = self._asked(query)
        with self._store.snapshot() as connection, self._current(connection) as index:
            found = index.ids(index.slots(asked, sort=sort, desc=desc, only_ids=only_ids))
        return array("q", found.tobytes())

    def get(self, id: int) -> "Sound":
        """One sound with all its facts. Raises ``NotFound``."""
        with self._store.snapshot() as connection:
            sound = lookup.sound(connection, id)
        if sound is None:
            raise NotFound(f"There is no sound with the number {id}.")
        return sound

    def recent(self, *, limit: int = 50) -> Sequence[Row]:
        """The sounds that were played last, newest first."""
        with self._store.snapshot() as connection:
            return lookup.rows(connection, plays.newest(connection, limit))

    def note_played(self, id: int) -> None:
        """Remember that this sound was heard just now."""
        now = time.time()
        self._store.write(lambda connection: plays.note(connection, id, now), quiet=True)

    def facets(self, query: str = "") -> "Facets":
        """What the hits of ``query`` can be narrowed down by, and how many hits each choice leaves."""
        from ctk.catalog.facets import choices

        asked = self._asked(query)
        with self._store.snapshot() as connection, self._current(connection) as index:
            counted = index.counts(asked)
        return choices(counted, query)

    def stats(self) -> "Stats":
        """Counts, bytes and seconds of the files that are there, by source and by format."""
        from ctk.catalog import sums

        with self._store.snapshot() as connection:
            revision = revision_of(connection)
            if self._stats is None or self._stats[0] != revision:
                self._stats = revision, sums.stats(connection)
            return self._stats[1]

    def save_if_worthwhile(self) -> None:
        """Keep the search index for the next run, when much changed since it was last kept."""
        from ctk.catalog import snapshot

        with self._store.snapshot() as connection:
            kept = snapshot.revision_kept(self._derived, snapshot.lineage_of(connection))
            if lookup.changed_since(connection, kept, WORTHWHILE) < WORTHWHILE:
                return
        with self._store.snapshot() as connection, self._current(connection) as index:
            if index.wasteful:
                index.clear()
                index.refresh(connection)
            snapshot.save(self._derived, index.snapshot(snapshot.lineage_of(connection)))

    def close(self) -> None:
        """Keep the index if that is worthwhile, and let go of it; twice is fine."""
        if self._index is not None:
            self.save_if_worthwhile()
            self._index = None

    def _asked(self, text: str) -> "Query":
        """What a search text means, with the sounds that are like others looked up among what else it means."""
        from ctk.catalog.query import parse

        query = parse(text)
        liked = [condition for condition in query.conditions if condition.field == "like"]
        if not liked:
            return query
        rest = tuple(condition for condition in query.conditions if condition.field != "like")
        among: array[int] | None = None
        if rest or query.words:
            with self._store.snapshot() as connection, self._current(connection) as index:
                among = array("q", index.ids(index.slots(replace(query, conditions=rest), sort="id")).tobytes())
        return replace(query, conditions=(*rest, *(self._looked_up(condition, among) for condition in liked)))

    def _looked_up(self, condition: "Condition", among: "array[int] | None") -> "Condition":
        from ctk.catalog.fields import Alike

        ids = (int(value) for value in condition.values if isinstance(value, str))
        found = tuple(Alike(tuple(self._alike(id, None if condition.exclude else among))) for id in ids)
        return replace(condition, values=found)

    @contextmanager
    def _current(self, connection: Connection) -> "Iterator[Index]":
        """The index, up to date with what ``connection`` sees, for this thread alone.

        Nothing may have been read in the transaction before: it begins under the lock, so that the index is never
        ahead of it.
        """
        with self._lock:
            if self._index is None:
                self._index = self._opened(connection)
            self._index.refresh(connection)
            yield self._index

    def _opened(self, connection: Connection) -> "Index":
        """From the snapshot when there is one that fits, else empty: refreshing then reads everything."""
        from ctk.catalog import snapshot
        from ctk.catalog.index import Index

        kept = snapshot.load(self._derived)
        if kept is None or kept.lineage != snapshot.lineage_of(connection):
            return Index()
        index = Index.of(kept, connection)
        index.refresh(connection)
        if len(index) == lookup.count(connection):
            return index
        log.warning("The kept search index did not fit the catalog and is built again.")
        return Index()


def _check(sort: str) -> None:
    if sort not in SORT_COLUMNS:
        raise UsageError(f"Sounds cannot be sorted by {sort}, only by {', '.join(SORT_COLUMNS)}.")
