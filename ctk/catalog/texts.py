"""Texts that grow and change: a few segments, the newest of which wins where several have a text for a slot.

What is added becomes a small segment; neighbours of similar size are merged, so that adding costs what is new
and searching meets few segments.
"""

from collections.abc import Callable

import numpy as np

from ctk.catalog.arrays import Mask
from ctk.catalog.segment import Pattern, Segment, merged


class Texts:
    """The texts of slots 0 to ``size`` - 1."""

    def __init__(self, *segments: Segment) -> None:
        self._segments: list[Segment] = []
        self.size = 0
        for segment in segments:
            self.add(segment)

    def add(self, segment: Segment) -> None:
        if not len(segment):
            return
        self._segments.append(segment)
        self.size = max(self.size, int(segment.slots[-1]) + 1)
        while len(self._segments) > 1 and len(self._segments[-2]) <= 2 * len(self._segments[-1]):
            self._merge_last()

    def whole(self) -> Segment | None:
        """Everything as one segment, which it is from then on; ``None`` when there is nothing."""
        while len(self._segments) > 1:
            self._merge_last()
        return self._segments[0] if self._segments else None

    def find(self, pattern: Pattern) -> Mask:
        """The slots whose texts hold ``pattern``."""
        return self._each(lambda segment: segment.find(pattern))

    def beginning(self, pattern: Pattern) -> Mask:
        return self._each(lambda segment: segment.beginning(pattern))

    def ending(self, pattern: Pattern) -> Mask:
        return self._each(lambda segment: segment.ending(pattern))

    def _each(self, ask: Callable[[Segment], Mask]) -> Mask:
        if len(self._segments) == 1 and len(self._segments[0]) == self.size:
            return ask(self._segments[0])
        mask = np.zeros(self.size, np.bool_)
        for segment in self._segments:
            mask[segment.place] = ask(segment)
        return mask

    def _merge_last(self) -> None:
        newer = self._segments.pop()
        self._segments[-1] = merged(self._segments[-1], newer)
