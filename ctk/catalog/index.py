"""The search index: everything that is searched and sorted by, in memory, following the catalog by its revisions.

Not safe for several threads at once; ``Catalog`` holds a lock around it. Everything is asked of a connection inside
one read transaction, so that what is found is there when its rows are fetched.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

import numpy as np

from ctk.catalog import facets
from ctk.catalog.arrays import Array, Ints, Longs, Mask, roomy
from ctk.catalog.columns import CODED, KINDS, Columns, Names
from ctk.catalog.facets import Counted
from ctk.catalog.fields import Alike
from ctk.catalog.filters import Hits, Library
from ctk.catalog.names import NameKeys, NameOrder
from ctk.catalog.order import Orders, Sortable
from ctk.catalog.pairs import Pairs
from ctk.catalog.places import Places
from ctk.catalog.query import Query
from ctk.catalog.remarks import Remarks
from ctk.catalog.segment import Builder, Segment
from ctk.catalog.snapshot import Snapshot
from ctk.catalog.store import Connection, revision_of
from ctk.catalog.texts import Texts
from ctk.catalog.verdict_rows import CATEGORY
from ctk.catalog.vocabulary import Vocabulary

K = TypeVar("K")
V = TypeVar("V")

_CHUNK = 2000
_RESULTS = 4

_READ = (
    "SELECT id, name, name_key, folder_id, size_bytes, duration_s, coalesce(sample_rate_hz, -1),"
    " coalesce(channels, -1), coalesce(bit_depth, -1), format, codec, state, health, bpm,"
    " coalesce(musical_key, -1), kind, coalesce(note, -1), added_s, heard_bpm, rating, favourite,"
    f" {CATEGORY}, remark FROM sounds"
)
_FACTS = (
    "folder",
    "size_bytes",
    "duration_s",
    "sample_rate_hz",
    "channels",
    "bit_depth",
    "format",
    "codec",
    "state",
    "health",
    "bpm",
    "key",
    "type",
    "note",
    "added_s",
    "heard_bpm",
    "rating",
    "favourite",
    "category",
)


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    while len(kept) > _RESULTS:
        kept.popitem(last=False)


def _likest_first(query: Query) -> list[int]:
    """The ids that are asked for as likes of others, the likest of each first."""
    values = [value for condition in query.conditions if not condition.exclude for value in condition.values]
    likes = [value.ids for value in values if isinstance(value, Alike)]
    return list(dict.fromkeys(id for ids in zip_longest(*likes) for id in ids if id is not None))


class Index:
    """``refresh`` first, then ``slots`` for the hits of a query in order, and ``ids`` for some of them."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything; refreshing reads it all again."""
        self.revision = -1
        self._columns = Columns()
        self._texts = Texts()
        self._keys = NameKeys()
        self._names = NameOrder()
        self._places = Places()
        self._tags = Pairs.of_tags()
        self._collections = Pairs.of_collections()
        self._remarks = Remarks()
        self._orders = Orders()
        self._found: OrderedDict[Query, Mask] = OrderedDict()
        self._results: OrderedDict[tuple[Query, str, bool], Ints] = OrderedDict()
        self._counts: OrderedDict[Query, Counted] = OrderedDict()

    def __len__(self) -> int:
        return int(np.count_nonzero(self._columns.alive))

    @property
    def wasteful(self) -> bool:
        """Whether most of what it holds is gone from the catalog."""
        return self._columns.count > 2 * len(self)

    def refresh(self, connection: Connection) -> None:
        """Take over what was committed since the last time."""
        revision = revision_of(connection)
        if revision == self.revision:
            return
        try:
            if revision < self.revision or not self._follow(connection):
                self.clear()
                self._follow(connection)
        except BaseException:
            self.clear()  # half taken over is worse than nothing
            raise
        self.revision = revision

    def slots(
        self, query: Query, *, sort: str = "name", desc: bool = False, only_ids: Sequence[int] | None = None
    ) -> Ints:
        """The hits in order; by likeness where they are like another sound, else by name."""
        if sort == "likeness" and (likest := _likest_first(query)):
            slots = self._columns.slots_of(np.array(likest, np.int64))
            hits = self._matching(query) if only_ids is None else self._among(only_ids) & self._matching(query)
            found = slots[hits[slots]].astype(np.int32)
            return found[::-1] if desc else found
        sort = "name" if sort == "likeness" else sort
        if only_ids is not None:
            return self._ordered(self._among(only_ids) & self._matching(query), sort, desc)
        key = query, sort, desc
        if key not in self._results:
            _keep(self._results, key, self._ordered(self._matching(query), sort, desc))
        self._results.move_to_end(key)
        return self._results[key]

    def counts(self, query: Query) -> Counted:
        """How many hits each choice of each facet has."""
        if query not in self._counts:
            hits = Hits(self._library(), query, self._found.get(query))
            _keep(self._counts, query, facets.counted(hits))
            _keep(self._found, query, hits.all())
        self._counts.move_to_end(query)
        return self._counts[query]

    def ids(self, slots: Ints) -> Longs:
        return self._columns["id"].take(slots)

    def snapshot(self, lineage: int) -> Snapshot:
        """Everything that takes long to make, to be kept until the next run."""
        columns = self._columns
        arrays: dict[str, Array] = {f"column {name}": columns[name] for name in KINDS}
        arrays["order"], arrays["same"] = self._names.slots, self._names.same
        arrays["keys"], arrays["key starts"], arrays["key lengths"] = self._keys.parts(columns.count)
        if texts := self._texts.whole():
            arrays["slots"], arrays["flat"], arrays["postings"] = texts.slots, texts.flat, texts.postings
            arrays["words"] = np.frombuffer(texts.vocabulary.text, np.uint8)
        for name, pairs in (("tag", self._tags), ("collection", self._collections)):
            arrays[f"{name} slots"], arrays[f"{name} numbers"] = pairs.slots, pairs.numbers
        arrays["remark slots"], arrays["remarks"] = self._remarks.parts()
        return Snapshot(lineage, self.revision, arrays, {name: columns.names[name].texts() for name in CODED})

    @classmethod
    def of(cls, snapshot: Snapshot, connection: Connection) -> "Index":
        """As it was when the snapshot was taken, which is used up: arrays that change are copied."""
        index, arrays = cls(), snapshot.arrays
        index.revision = snapshot.revision
        count = len(arrays["column id"])
        columns = {name: roomy(arrays.pop(f"column {name}"), count) for name in KINDS}
        index._columns = Columns(count, columns, {name: Names(snapshot.texts[name]) for name in CODED})
        starts, lengths = (roomy(arrays.pop(f"key {name}"), count) for name in ("starts", "lengths"))
        index._keys = NameKeys(arrays.pop("keys"), starts, lengths)
        index._names = NameOrder(arrays["order"], arrays["same"])
        if "flat" in arrays:
            vocabulary = Vocabulary(arrays.pop("words").tobytes())
            index._texts = Texts(Segment(arrays["slots"], arrays["flat"], vocabulary, arrays["postings"]))
        index._tags = Pairs.of_tags(arrays["tag slots"], arrays["tag numbers"])
        index._collections = Pairs.of_collections(arrays["collection slots"], arrays["collection numbers"])
        index._remarks = Remarks.of(arrays["remark slots"], arrays["remarks"])
        for part in (index._places, index._tags, index._collections):
            part.refresh(connection)
        return index

    def _matching(self, query: Query) -> Mask:
        if query not in self._found:
            _keep(self._found, query, Hits(self._library(), query).all())
        return self._found[query]

    def _library(self) -> Library:
        return Library(self._columns, self._texts, self._places, self._tags, self._collections, self._remarks)

    def _among(self, ids: Sequence[int]) -> Mask:
        mask = np.zeros(self._columns.count, np.bool_)
        mask[self._columns.slots_of(np.array(ids, np.int64))] = True
        return mask

    def _ordered(self, mask: Mask, sort: str, desc: bool) -> Ints:
        by = Sortable(self._columns, self._names, self._places)
        return self._orders.ordered(mask, sort, desc=desc, by=by)

    def _follow(self, connection: Connection) -> bool:
        """Whether what is new could be added; else all must be read again."""
        changed = [part.refresh(connection) for part in (self._places, self._tags, self._collections)]
        gone = [id for (id,) in connection.execute("SELECT sound_id FROM removed WHERE revision > ?", (self.revision,))]
        slots = self._columns.slots_of(np.array(gone, np.int64))
        self._columns.alive[slots] = False
        fresh = self._take_over(connection)
        if fresh is None:
            return False
        if any(changed) or len(slots) or len(fresh):
            self._orders.forget()
            for kept in (self._found, self._results, self._counts):
                kept.clear()
        if len(fresh):
            self._sort_in(connection, fresh)
            for pairs in (self._tags, self._collections):
                pairs.follow(connection, self._columns, fresh, self.revision)
        return True

    def _take_over(self, connection: Connection) -> Ints | None:
        """Read changed and new rows; their slots, ascending, or ``None`` when an id does not fit in."""
        builder = Builder()
        slots: list[Ints] = [np.zeros(0, np.int32)]
        for chunk in self._changes(connection):
            ids, names, keys, *facts, remarks = zip(*chunk, strict=True)
            some = self._place(np.array(ids, np.int64))
            if some is None:
                return None
            self._columns.put(some, dict(zip(_FACTS, facts, strict=True)), names)
            self._keys.put(some, keys, self._columns.count)
            self._remarks.put(some, remarks)
            builder.add(names)
            slots.append(some)
        fresh = np.concatenate(slots)
        if len(fresh):
            self._texts.add(builder.segment(fresh))
        return fresh

    def _changes(self, connection: Connection) -> Iterator[list[tuple[Any, ...]]]:
        if self.revision < 0:
            found = connection.execute(f"{_READ} ORDER BY id")
        else:
            found = connection.execute(f"{_READ} WHERE revision > ? ORDER BY +id", (self.revision,))
        while chunk := found.fetchmany(_CHUNK):
            yield chunk

    def _place(self, ids: Longs) -> Ints | None:
        """Slots for ascending ``ids``: those they have, and new ones at the end."""
        columns = self._columns
        last = int(columns["id"][-1]) if columns.count else 0
        old = int(np.searchsorted(ids, last, side="right"))
        slots = np.searchsorted(columns["id"], ids[:old])
        if not np.array_equal(columns["id"][slots], ids[:old]):
            return None
        before = columns.count
        columns.grow(len(ids) - old)
        columns["id"][before:] = ids[old:]
        return np.append(slots, np.arange(before, columns.count)).astype(np.int32)

    def _sort_in(self, connection: Connection, fresh: Ints) -> None:
        if len(fresh) * 25 < self._columns.count:
            self._names.change(fresh.tolist(), self._keys, self._columns.count)
        else:
            named = connection.execute("SELECT name_key, id FROM sounds ORDER BY name_key, id")
            self._names = NameOrder.read(named, self._columns["id"])
