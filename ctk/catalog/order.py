"""Putting hits in order by any column. What takes long to work out is kept until the catalog changes.

Ties are in the order of ids, whichever way is asked for; what is unknown comes last both ways.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ctk.catalog.arrays import Array, Ints, Mask, sorted_pairs
from ctk.catalog.columns import CODED, Columns
from ctk.catalog.names import NameOrder
from ctk.catalog.places import Places

_MOST = 2**31 - 1
_SOME = 8
"""A part of this size of all sounds is worth ranking all of them, for the next time."""


@dataclass(frozen=True, slots=True)
class Sortable:
    """What there is to sort by."""

    columns: Columns
    names: NameOrder
    places: Places


class Orders:
    """``ordered`` gives the slots of a mask in order. ``forget`` what was worked out when anything changed."""

    def __init__(self) -> None:
        self._kept: dict[str, Array] = {}

    def forget(self) -> None:
        self._kept.clear()

    def ordered(self, mask: Mask, column: str, *, desc: bool, by: Sortable) -> Ints:
        """The slots of ``mask``, by ``column``."""
        if column == "name":
            return self._by_name(mask, by.names, desc=desc)
        if column == "path":
            slots = self._by_name(mask, by.names, desc=desc)
            if not len(slots):
                return slots
            ranks = self._keep("path", by.places.ranks).take(by.columns["folder"].take(slots))
            return slots.take(in_order(ranks, np.arange(len(slots)), desc=desc))
        hits = np.flatnonzero(mask)
        return in_order(self._numbers(column, hits, by), hits, desc=desc)

    def _by_name(self, mask: Mask, names: NameOrder, *, desc: bool) -> Ints:
        order = self._keep("name", lambda: backwards(names)) if desc else names.slots
        return order.take(np.flatnonzero(mask.take(order)))

    def _numbers(self, column: str, slots: Array, by: Sortable) -> Array:
        """Whole numbers that sort as the values of ``slots`` do, negative for the unknown."""
        if column == "id":
            return slots
        if column in CODED:
            codes = states(by.columns, by.places) if column == "state" else by.columns[column]
            return alphabetical(by.columns.names[column].folded()).take(codes.take(slots))
        values = shown_tempo(by.columns) if column == "bpm" else by.columns[column]
        if column == "key":
            return by_tonic(values.take(slots))
        if column == "rating":
            return rated(values.take(slots))
        if column in self._kept or (values.dtype.kind == "f" and len(slots) * _SOME > len(values)):
            return self._keep(column, lambda: dense(values)).take(slots)
        some = values.take(slots)
        return dense(some) if some.dtype.kind == "f" or some.max(initial=0) > _MOST else some

    def _keep(self, name: str, make: Callable[[], Array]) -> Array:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]


def in_order(numbers: Array, slots: Array, *, desc: bool) -> Ints:
    """``slots`` by their ``numbers``, negative ones last."""
    unknown = numbers < 0
    if unknown.any():
        known = ~unknown
        return np.append(in_order(numbers[known], slots[known], desc=desc), slots[unknown]).astype(np.int32)
    if desc:
        numbers = numbers.max(initial=0) - numbers
    return sorted_pairs(numbers, slots).astype(np.int32)


def backwards(names: NameOrder) -> Ints:
    """All slots by name from the last to the first."""
    groups = names.groups()
    return sorted_pairs(len(groups) - groups, names.slots).astype(np.int32)


def dense(values: Array) -> Ints:
    """The rank of each value, the same for equal ones, -1 for NaN."""
    unknown = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), np.bool_)
    values = np.where(unknown, 0, values)  # among NaN sorting is several times slower
    order = np.argsort(values)
    ordered = values[order]
    ranks = np.zeros(len(values), np.int32)
    ranks[order[1:]] = np.cumsum(ordered[1:] != ordered[:-1])
    ranks[unknown] = -1
    return ranks


def shown_tempo(columns: Columns) -> Array:
    """The tempo that is stated, else the one by ear."""
    stated = columns["bpm"]
    return np.where(np.isnan(stated), columns["heard_bpm"], stated)


def rated(stars: Array) -> Ints:
    """The stars, negative for none."""
    return np.where(stars == 0, -1, stars).astype(np.int32)


def by_tonic(keys: Array) -> Ints:
    """C major, C minor and C, then those of C#, and so on; -1 stays."""
    numbers = keys.astype(np.int32)
    return np.where(numbers < 0, -1, numbers % 12 * 3 + numbers // 12)


def alphabetical(texts: list[str | None]) -> Ints:
    """The rank of each text among all, -1 for ``None``."""
    alphabet = {text: rank for rank, text in enumerate(sorted({text for text in texts if text is not None}))}
    return np.array([-1 if text is None else alphabet[text] for text in texts], np.int32)


def states(columns: Columns, places: Places) -> Array:
    """The state of each slot, numbered as in ``columns``; sounds of a drive that is not here are offline."""
    stored = columns["state"]
    ok, cloud, offline = columns.names["state"].numbers(("ok", "cloud", "offline"))
    away = places.offline()
    if not away.any():
        return stored
    return np.where(away.take(columns["folder"]) & ((stored == ok) | (stored == cloud)), offline, stored)
