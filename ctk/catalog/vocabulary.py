"""The different words of many texts, in one text of their own, so that looking for a piece of a word is one search."""

from collections.abc import Iterable

import numpy as np

from ctk.catalog.arrays import Array, Ints, Longs

END = b"\n"
_FEW = 24
"""As many hits one by one; from there on every byte is compared at once."""


class Vocabulary:
    """Words as UTF-8, numbered from 1 in the order given. Never changes."""

    def __init__(self, text: bytes) -> None:
        """``text`` holds the words, each between two ``END``."""
        self.text = text
        self._bytes = np.frombuffer(text, np.uint8)
        self._ends: Ints = np.flatnonzero(self._bytes == END[0]).astype(np.int32)

    @classmethod
    def of(cls, words: Iterable[bytes]) -> "Vocabulary":
        return cls(END.join((b"", *words, b"")))

    def __len__(self) -> int:
        return max(len(self._ends) - 1, 0)

    def words(self) -> list[bytes]:
        return self.text.split(END)[1:-1]

    def find(self, piece: bytes, *, at_start: bool, at_end: bool) -> Longs:
        """The numbers, ascending, of the words that hold ``piece``; at their start or end where asked."""
        needle = END * at_start + piece + END * at_end
        found: list[int] = []
        at = self.text.find(needle)
        while at >= 0 and len(found) < _FEW:
            found.append(at)
            at = self.text.find(needle, at + 1)
        return self._everywhere(needle) if at >= 0 else self._numbers(np.array(found, np.int64))

    def _everywhere(self, needle: bytes) -> Longs:
        """Three bytes are compared at every place, the rest where these agree."""
        last = len(self._bytes) - len(needle) + 1
        same = self._bytes[:last] == needle[0]
        for offset in range(1, min(len(needle), 3)):
            same &= self._bytes[offset : last + offset] == needle[offset]
        if len(needle) <= 3 and np.count_nonzero(same) * 6 > len(self):
            return np.flatnonzero(np.logical_or.reduceat(same, self._ends[:-1])) + 1
        found = np.flatnonzero(same)
        for offset in range(3, len(needle)):
            found = found[self._bytes[found + offset] == needle[offset]]
        return self._numbers(found)

    def _numbers(self, positions: Array) -> Longs:
        """The words at ascending ``positions``."""
        numbers = np.searchsorted(self._ends, positions.astype(np.int32), side="right")
        first = np.ones(len(numbers), np.bool_)
        np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
        return numbers[first].astype(np.int64)
