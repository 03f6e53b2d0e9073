"""The user's notes on sounds in memory: few and short, so each is looked at."""

from collections.abc import Sequence

import numpy as np

from ctk.catalog.arrays import Array, Ints, Mask
from ctk.catalog.fields import ANY, NONE
from ctk.catalog.text import spaced

_END = "\n"
"""Spaced texts have none."""


class Remarks:
    """A text for each slot that has one, as it is compared."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}

    @classmethod
    def of(cls, slots: Array, flat: Array) -> "Remarks":
        """What ``parts`` gave."""
        remarks = cls()
        texts = flat.tobytes().decode("utf-8", "surrogatepass").split(_END)[:-1]
        remarks._texts = dict(zip(slots.tolist(), texts, strict=True))
        return remarks

    def put(self, slots: Array, remarks: Sequence[str | None]) -> None:
        """Take over what is said of ``slots`` now."""
        numbers = slots.tolist()
        for slot in self._texts.keys() & numbers:
            del self._texts[slot]
        if any(remarks):
            news = [(slot, remark) for slot, remark in zip(numbers, remarks, strict=True) if remark]
            self._texts.update((slot, spaced(f" {remark} ")) for slot, remark in news)

    def find(self, text: str, count: int) -> Mask:
        """Those of ``count`` slots whose remark holds the spaced ``text``, that have any, or none."""
        mask = np.zeros(count, np.bool_)
        if text in (ANY, NONE):
            mask[list(self._texts)] = True
            return ~mask if text == NONE else mask
        mask[[slot for slot, remark in self._texts.items() if text in remark]] = True
        return mask

    def parts(self) -> tuple[Ints, Array]:
        """The slots, and the bytes of their texts, one after the other."""
        flat = "".join(f"{text}{_END}" for text in self._texts.values()).encode("utf-8", "surrogatepass")
        return np.array(list(self._texts), np.int32), np.frombuffer(flat, np.uint8)
