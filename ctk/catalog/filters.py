"""Which sounds a query means: one mask for each word and each condition. A new field gets a line in ``FILTERS``."""

import functools
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ctk.catalog.arrays import Array, Mask
from ctk.catalog.columns import Columns
from ctk.catalog.fields import NONE, YES, Alike, Span, Value
from ctk.catalog.health import BITS
from ctk.catalog.order import states
from ctk.catalog.pairs import Pairs
from ctk.catalog.places import Places
from ctk.catalog.query import Condition, Query
from ctk.catalog.remarks import Remarks
from ctk.catalog.segment import Pattern
from ctk.catalog.texts import Texts
from ctk.facts import music


@dataclass(frozen=True, slots=True)
class Library:
    """What there is to search in: facts and names a slot, the folders they are in, and what the user said of them."""

    columns: Columns
    names: Texts
    places: Places
    tags: Pairs
    collections: Pairs
    remarks: Remarks


Filter = Callable[[Library, Value], Mask]


class Hits:
    """The living slots that ``query`` means. Each of its words and conditions is looked for once, however often parts
    of it are asked for. Held sounds wait elsewhere: only one who asks for them sees them."""

    def __init__(self, library: Library, query: Query, known: Mask | None = None) -> None:
        """``known`` are all hits, where that is known."""
        self.library = library
        self._query = query
        self._all = known
        self._without: dict[str, Mask] = {}
        self._slots: dict[int, tuple[Mask, Array]] = {}
        self._met: dict[Condition, Mask] = {}

    def all(self) -> Mask:
        if self._all is None:
            self._all = self._meeting(self._query.conditions) & self._seen(self._query.conditions)
        return self._all

    def without(self, field: str, *, held: bool = False) -> Mask:
        """The hits if nothing but exclusions were asked of ``field``; with the ``held`` sounds, whoever asks."""
        rest = tuple(asked for asked in self._query.conditions if asked.field != field or asked.exclude)
        if held:
            return self._meeting(rest)
        if len(rest) == len(self._query.conditions):
            return self.all()
        if field not in self._without:
            self._without[field] = self._meeting(rest) & self._seen(rest)
        return self._without[field]

    def slots(self, mask: Mask) -> Array:
        """The slots of a mask that ``all`` or ``without`` gave."""
        if id(mask) not in self._slots:
            self._slots[id(mask)] = mask, np.flatnonzero(mask)
        return self._slots[id(mask)][1]

    def _meeting(self, conditions: tuple[Condition, ...]) -> Mask:
        mask = self._worded.copy()
        for condition in conditions:
            if condition not in self._met:
                self._met[condition] = _meeting(self.library, condition)
            found = self._met[condition]
            mask &= ~found if condition.exclude else found
        return mask

    def _seen(self, conditions: tuple[Condition, ...]) -> Mask:
        if any(condition.field == "is" and "held" in condition.values for condition in conditions):
            return self.library.columns.alive
        return self._unheld

    @functools.cached_property
    def _unheld(self) -> Mask:
        return ~_in_state(self.library, "held")

    @functools.cached_property
    def _worded(self) -> Mask:
        mask = self.library.columns.alive.copy()
        for word in self._query.words:
            found = with_word(self.library, word.text)
            mask &= ~found if word.exclude else found
        return mask


def with_word(library: Library, text: str) -> Mask:
    """The slots whose folder and name, one after the other, hold the spaced ``text``."""
    pattern = Pattern.of(text)
    mask = library.names.find(pattern)
    folders = library.places.find(pattern)
    if folders.any():
        mask |= folders.take(library.columns["folder"])
    for left, right in pattern.splits():
        folders = library.places.ending(left)
        if folders.any():
            mask |= library.names.beginning(right) & folders.take(library.columns["folder"])
    return mask


def _meeting(library: Library, condition: Condition) -> Mask:
    found = [FILTERS[condition.field](library, value) for value in condition.values]
    return functools.reduce(operator.or_, found)


def _named(column: str) -> Callable[[Library, Value | None], Mask]:
    """The coded ``column`` is the text, case aside."""

    def filter(library: Library, value: Value | None) -> Mask:
        names = library.columns.names[column].folded()
        return np.array([name == value for name in names]).take(library.columns[column])

    return filter


def _of_category(library: Library, value: Value) -> Mask:
    return _named("category")(library, None if value == NONE else value)


def _alike(library: Library, value: Value) -> Mask:
    mask = np.zeros(library.columns.count, np.bool_)
    if isinstance(value, Alike):
        mask[library.columns.slots_of(np.array(value.ids, np.int64))] = True
    return mask


def _within(column: str) -> Filter:
    """``column`` is known and in the span."""

    def filter(library: Library, value: Value) -> Mask:
        assert isinstance(value, Span)
        values = library.columns[column]
        low, high = value.low, value.high
        if values.dtype.kind == "i":
            most = int(np.iinfo(values.dtype).max)
            low, high = math.ceil(min(max(low, 0), most)), math.floor(max(min(high, most), -1))
        return (values >= low) & (values <= high)

    return filter


def _in_key(library: Library, value: Value) -> Mask:
    """In that key; a bare tonic is also meant where the sound is in its major, as musicians read it."""
    assert isinstance(value, str)
    keys, key = library.columns["key"], music.key(value)
    assert key is not None
    found: Mask = keys == key
    if key >= music.TONIC:
        found |= keys == key - music.TONIC
    return found


def _of_note(library: Library, value: Value) -> Mask:
    """That note; a bare name is meant in every octave."""
    assert isinstance(value, str)
    notes, note = library.columns["note"], music.note(value)
    assert note is not None
    found: Mask = notes == note
    if note >= music.NAMED:
        found |= (notes >= 0) & (notes < music.NAMED) & (notes % 12 == note - music.NAMED)
    return found


def _in_folder(library: Library, value: Value) -> Mask:
    assert isinstance(value, str)
    if not value.strip():
        return library.columns.alive.copy()
    return library.places.find(Pattern.of(value)).take(library.columns["folder"])


def _in_source(library: Library, value: Value) -> Mask:
    assert isinstance(value, str)
    return library.places.of_sources(value).take(library.columns["folder"])


def _tagged(library: Library, value: Value) -> Mask:
    assert isinstance(value, str)
    return library.tags.find(value, library.columns.count)


def _collected(library: Library, value: Value) -> Mask:
    assert isinstance(value, str)
    return library.collections.find(value, library.columns.count)


def _favourite(library: Library, value: Value) -> Mask:
    found: Mask = library.columns["favourite"] == (value == YES)
    return found


def _about(library: Library, value: Value) -> Mask:
    assert isinstance(value, str)
    return library.remarks.find(value, library.columns.count)


def _in_state(library: Library, value: Value) -> Mask:
    numbers = states(library.columns, library.places)
    return np.array([name == value for name in library.columns.names["state"].texts()]).take(numbers)


def _is(library: Library, value: Value) -> Mask:
    """In the state, or with the ailment, of that name."""
    for ailment, bit in BITS.items():
        if ailment == value:
            found: Mask = (library.columns["health"] & bit) != 0
            return found
    return _in_state(library, value)


FILTERS: Final[dict[str, Filter]] = {
    "ext": _named("ext"),
    "format": _named("format"),
    "len": _within("duration_s"),
    "rate": _within("sample_rate_hz"),
    "ch": _within("channels"),
    "depth": _within("bit_depth"),
    "size": _within("size_bytes"),
    "bpm": _within("bpm"),
    "heard": _within("heard_bpm"),
    "key": _in_key,
    "cat": _of_category,
    "like": _alike,
    "type": _named("type"),
    "note": _of_note,
    "in": _in_folder,
    "source": _in_source,
    "tag": _tagged,
    "rating": _within("rating"),
    "fav": _favourite,
    "collection": _collected,
    "about": _about,
    "added": _within("added_s"),
    "is": _is,
}
