"""The natural order of names, kept while sounds come and change.

The keys that sort are kept as they are in the catalog; changed sounds are taken out of the order and put back where
they belong, which costs what changed.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from ctk.catalog.arrays import Array, Ints, Longs, Mask, roomy


class NameKeys:
    """One sort key a slot, in one growing text."""

    def __init__(self, text: Array | bytes = b"", starts: Longs | None = None, lengths: Ints | None = None) -> None:
        self._text = bytearray(text)
        self._starts: Longs = np.zeros(0, np.int64) if starts is None else starts
        self._lengths: Ints = np.zeros(0, np.int32) if lengths is None else lengths

    def __getitem__(self, slot: int) -> bytearray:
        start = int(self._starts[slot])
        return self._text[start : start + int(self._lengths[slot])]

    def put(self, slots: Array, keys: Sequence[bytes], count: int) -> None:
        """Keep ``keys``; there are ``count`` slots now. What a slot had before stays in the text, unused."""
        if count > len(self._starts):
            self._starts, self._lengths = roomy(self._starts, count), roomy(self._lengths, count)
        lengths = np.fromiter(map(len, keys), np.int64, len(keys))
        self._starts[slots] = len(self._text) + np.cumsum(lengths) - lengths
        self._lengths[slots] = lengths
        self._text += b"".join(keys)

    def parts(self, count: int) -> tuple[Array, Longs, Ints]:
        """What makes this up again, for the first ``count`` slots."""
        return np.frombuffer(bytes(self._text), np.uint8), self._starts[:count], self._lengths[:count]


class NameOrder:
    """``slots`` in the order of their names, then ids; ``same`` tells which have the name of the one before."""

    def __init__(self, slots: Ints | None = None, same: Mask | None = None) -> None:
        self.slots: Ints = np.zeros(0, np.int32) if slots is None else slots
        self.same: Mask = np.zeros(0, np.bool_) if same is None else same

    @classmethod
    def read(cls, named: Iterable[tuple[bytes, int]], ids: Longs) -> "NameOrder":
        """From ``(key, id)`` in order; ``ids`` are those of the slots."""
        ordered, same = array("q"), bytearray()
        before = None
        for key, id in named:
            ordered.append(id)
            same.append(key == before)
            before = key
        slots = np.searchsorted(ids, np.frombuffer(ordered, np.int64)).astype(np.int32)
        return cls(slots, np.frombuffer(same, np.bool_))

    def groups(self) -> Ints:
        """The same number for the same name, ascending along ``slots``."""
        return np.cumsum(~self.same, dtype=np.int32)

    def change(self, slots: Sequence[int], keys: NameKeys, count: int) -> None:
        """Put ``slots``, new ones or some that changed, where they belong; there are ``count`` slots now."""
        self._take_out(slots, count)
        fresh = sorted((bytes(keys[slot]), slot) for slot in slots)
        order = self.slots
        places = [bisect_left(order, item, key=lambda slot: (bytes(keys[slot]), int(slot))) for item in fresh]
        self.slots = np.insert(order, places, np.array([slot for _, slot in fresh], np.int32))
        self.same = np.insert(self.same, places, False)
        for shift, place in enumerate(places):
            for at in (place + shift, place + shift + 1):
                if 0 < at < len(self.slots):
                    self.same[at] = keys[self.slots[at]] == keys[self.slots[at - 1]]

    def _take_out(self, slots: Sequence[int], count: int) -> None:
        out = np.zeros(count, np.bool_)
        out[slots] = True
        stays = ~out.take(self.slots)
        if stays.all():
            return
        groups = self.groups()[stays]
        self.slots = self.slots[stays]
        self.same = np.zeros(len(groups), np.bool_)
        np.equal(groups[1:], groups[:-1], out=self.same[1:])
