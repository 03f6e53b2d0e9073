"""What is known of each sound, one array a fact. A sound's place in all of them is its slot; slots follow ids."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ctk.catalog.arrays import Array, Longs, Mask, roomy
from ctk.catalog.text import fold

KINDS: dict[str, type[np.generic]] = {
    "id": np.int64,
    "folder": np.int32,
    "size_bytes": np.int64,
    "duration_s": np.float64,
    "sample_rate_hz": np.int32,
    "channels": np.int16,
    "bit_depth": np.int16,
    "format": np.int16,
    "codec": np.int16,
    "state": np.int8,
    "health": np.int16,
    "bpm": np.float64,
    "key": np.int8,
    "type": np.int8,
    "note": np.int16,
    "heard_bpm": np.float64,
    "rating": np.int8,
    "favourite": np.int8,
    "category": np.int8,
    "ext": np.int16,
    "added_s": np.float64,
    "alive": np.bool_,
}
"""Unknown is NaN in floats, -1 in whole numbers, 0 (the name ``None``) in what is coded."""

CODED = ("format", "codec", "state", "type", "category", "ext")


class Names:
    """Texts that repeat, numbered as they come; 0 stands for ``None``."""

    def __init__(self, texts: Iterable[str | None] = (None,)) -> None:
        self._numbers: defaultdict[str | None, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        for text in texts:
            self._numbers[text]

    def texts(self) -> list[str | None]:
        return list(self._numbers)

    def numbers(self, texts: Iterable[str | None]) -> list[int]:
        return list(map(self._numbers.__getitem__, texts))

    def folded(self) -> list[str | None]:
        """The texts as they compare, by number."""
        return [None if text is None else fold(text) for text in self._numbers]


class Columns:
    """``columns["size_bytes"]`` is the array of all slots so far. Room is kept for more than there are."""

    def __init__(
        self, count: int = 0, arrays: dict[str, Array] | None = None, names: dict[str, Names] | None = None
    ) -> None:
        """Empty, or with ``count`` slots in ``arrays`` that are given away."""
        self.count = count
        self._arrays = arrays or {name: np.zeros(0, kind) for name, kind in KINDS.items()}
        self.names = names or {name: Names() for name in CODED}
        self._endings: dict[bytes, int] = {}

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name][: self.count]

    @property
    def alive(self) -> Mask:
        return self["alive"]

    def slots_of(self, ids: Longs) -> Longs:
        """The slots of those of ``ids`` that are here and alive, in the order given."""
        if not self.count:
            return np.zeros(0, np.int64)
        slots: Longs = np.minimum(np.searchsorted(self["id"], ids), self.count - 1)
        found: Longs = slots[(self["id"][slots] == ids) & self.alive[slots]]
        return found

    def grow(self, more: int) -> None:
        """Make room for ``more`` slots at the end, which the caller fills with ``put``."""
        self.count += more
        if self.count > len(self._arrays["id"]):
            self._arrays = {name: roomy(array, self.count) for name, array in self._arrays.items()}

    def put(self, slots: Array, facts: Mapping[str, Sequence[Any]], names: Sequence[bytes]) -> None:
        """Write ``facts``, columns by name, of sounds called ``names``."""
        for fact, values in facts.items():
            kind = KINDS[fact]
            array = self._arrays[fact]
            if fact in CODED:
                array[slots] = self.names[fact].numbers(values)
            elif issubclass(kind, np.floating):
                array[slots] = np.array(values, kind)
            else:
                array[slots] = np.array(values, np.int64).clip(-1, np.iinfo(array.dtype).max)
        self._arrays["ext"][slots] = self._ending_numbers(names)
        self._arrays["alive"][slots] = True

    def _ending_numbers(self, names: Sequence[bytes]) -> list[int]:
        known = self._endings
        endings = [name[name.rfind(b".") + 1 :] if b"." in name else b"" for name in names]
        for ending in set(endings).difference(known):
            known[ending] = self.names["ext"].numbers([fold(os.fsdecode(ending)) or None])[0]
        return list(map(known.__getitem__, endings))
