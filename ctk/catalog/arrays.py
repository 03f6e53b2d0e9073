"""What the parts of the search index share: names for kinds of arrays, and the few steps numpy lacks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Mask = NDArray[np.bool_]


def roomy(array: Array, count: int) -> Array:
    """A copy that begins with ``array`` and has room for ``count`` entries and some more."""
    copy = np.zeros(count + count // 8, array.dtype)
    copy[: len(array)] = array
    return copy


def ranges(starts: Longs, lengths: Longs) -> Longs:
    """The numbers of many ranges, one after the other: ``[5, 9], [2, 3]`` gives ``5 6 9 10 11``."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()), dtype=np.int64)


def sorted_pairs(high: Array, low: Array) -> Longs:
    """The ``low`` numbers in the order of ``(high, low)``, both below 2**31 and not negative.

    Sorting the pairs as one number each is several times faster than an argsort that keeps ties in order.
    """
    keys = high.astype(np.int64)
    keys <<= 32
    keys |= low
    keys.sort()
    keys &= 0xFFFFFFFF
    return keys
