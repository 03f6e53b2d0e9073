"""The order of all sounds by any column, worked out when first asked for and kept until something changes.

Ties are in the order of ids, whichever way is asked for; what is unknown comes last both ways.
"""

from collections import OrderedDict

import numpy as np

from ctk.catalog.arrays import Array, Ints, sorted_pairs
from ctk.catalog.columns import CODED, Columns
from ctk.catalog.names import NameOrder
from ctk.catalog.places import Places

_KEPT = 6


class Orders:
    """``of("duration_s", desc=True)`` is the slots in that order."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, bool], Ints] = OrderedDict()

    def forget(self) -> None:
        self._kept.clear()

    def of(self, column: str, *, desc: bool, columns: Columns, names: NameOrder, places: Places) -> Ints:
        key = column, desc
        if key not in self._kept:
            if column == "name":
                self._kept[key] = by_name(names, desc=desc)
            elif column == "path":
                self._kept[key] = by_path(names, places.ranks().take(columns["folder"]), desc=desc)
            else:
                self._kept[key] = by_value(*_values(column, columns, places), desc=desc)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def by_name(names: NameOrder, *, desc: bool) -> Ints:
    if not desc:
        return names.slots
    groups = names.groups()
    return sorted_pairs(len(groups) - groups, names.slots).astype(np.int32)


def by_path(names: NameOrder, folders: Array, *, desc: bool) -> Ints:
    """By folder, then name; ``folders`` ranks the folder of each slot."""
    slots = by_name(names, desc=desc)
    ranks = folders.take(slots)
    if desc:
        ranks = ranks.max(initial=0) - ranks
    return slots.take(sorted_pairs(ranks, np.arange(len(slots))))


def by_value(values: Array, known: Array, *, desc: bool) -> Ints:
    slots = np.flatnonzero(known)
    values = values[slots]
    order = np.argsort(values)
    ordered = values[order]
    ranks = np.zeros(len(order), np.int64)
    np.cumsum(ordered[1:] != ordered[:-1], out=ranks[1:])
    if desc:
        ranks = len(ranks) - ranks
    return np.concatenate((sorted_pairs(ranks, slots[order]), np.flatnonzero(~known))).astype(np.int32)


def _values(column: str, columns: Columns, places: Places) -> tuple[Array, Array]:
    """What to sort by, and for which slots it is known."""
    values = states(columns, places) if column == "state" else columns[column]
    if column in CODED:
        texts = columns.names[column].folded()
        alphabet = sorted({text for text in texts if text is not None})
        ranks = np.array([-1 if text is None else alphabet.index(text) for text in texts], np.int32)
        values = ranks.take(values)
    if values.dtype.kind == "f":
        return values, ~np.isnan(values)
    return values, values >= 0


def states(columns: Columns, places: Places) -> Array:
    """The state of each slot, numbered as in ``columns``; sounds of a drive that is not here are offline."""
    stored = columns["state"]
    ok, cloud, offline = columns.names["state"].numbers(("ok", "cloud", "offline"))
    away = places.offline()
    if not away.any():
        return stored
    return np.where(away.take(columns["folder"]) & ((stored == ok) | (stored == cloud)), offline, stored)
