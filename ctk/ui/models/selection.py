"""Which sounds are picked, and where the focus is. Kept by id, so that neither scrolling nor sorting changes it."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from ctk.ui.models.signal import Signal

IdsOf = Callable[[int, int, Callable[[Sequence[int]], None]], None]
"""``ids_of(start, stop, then)`` hands the ids of a stretch of the list to ``then``."""


class Marks:
    """A set of ids, one byte for each id there could be: a million picked sounds cost a megabyte."""

    def __init__(self) -> None:
        self._flags = bytearray()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, id: int) -> bool:
        return id < len(self._flags) and bool(self._flags[id])

    def add(self, ids: Iterable[int]) -> None:
        ids = ids if isinstance(ids, Sequence) else list(ids)
        self._grow(max(ids, default=-1) + 1)
        flags = self._flags
        for id in ids:
            flags[id] = 1
        self._count = flags.count(1)

    def remove(self, ids: Iterable[int]) -> None:
        flags, size = self._flags, len(self._flags)
        for id in ids:
            if id < size:
                flags[id] = 0
        self._count = flags.count(1)

    def clear(self) -> None:
        self._flags = bytearray()
        self._count = 0

    def ids(self) -> "array[int]":
        """All of them, in ascending order."""
        return array("q", compress(range(len(self._flags)), self._flags))

    def _grow(self, size: int) -> None:
        if size > len(self._flags):
            self._flags.extend(bytes(max(size, 2 * len(self._flags)) - len(self._flags)))


class Selection:
    """What clicks and keys pick. ``changed()`` tells of picks, ``focused(position)`` of the focus.

    The anchor is where a stretch began; shift picks everything from there to the focus.
    """

    def __init__(self, ids_of: IdsOf) -> None:
        self.changed: Signal[[]] = Signal()
        self.focused: Signal[[int]] = Signal()
        self.marks = Marks()
        self.focus: int | None = None
        self._anchor: int | None = None
        self._stretched = False
        self._ids_of = ids_of

    def only(self, position: int) -> None:
        """Pick this one and drop the others."""
        self.marks.clear()
        self._add(position, position + 1)
        self._settle(position, stretched=True)

    def toggle(self, position: int) -> None:
        """Pick this one too, or drop it."""
        self._ids_of(position, position + 1, self._flip)
        self._settle(position)

    def extend(self, position: int, *, keep: bool = False) -> None:
        """Pick from the anchor to ``position`` and drop the rest, or ``keep`` it."""
        anchor = position if self._anchor is None else self._anchor
        if self._stretched and self.focus is not None and not keep:
            self._stretch(anchor, self.focus, position)
        else:
            if not keep:
                self.marks.clear()
            self._add(min(anchor, position), max(anchor, position) + 1)
        self._settle(position, anchor=anchor, stretched=not keep)

    def move(self, position: int) -> None:
        """Put the focus there and leave the picks as they are."""
        self._settle(position)

    def all(self, total: int) -> None:
        self._stretched = False
        self._add(0, total)

    def clear(self) -> None:
        """Pick nothing."""
        self._stretched = False
        self.marks.clear()
        self.changed()

    def forget(self, ids: Sequence[int]) -> None:
        """These sounds were removed: they are not picked any more."""
        before = len(self.marks)
        self.marks.remove(ids)
        if len(self.marks) != before:
            self._stretched = False
            self.changed()

    def reset(self, focus: int | None, *, keep: bool, same_order: bool) -> None:
        """The list was replaced; what was in focus is at ``focus`` now. Without ``keep`` nothing stays picked.

        In the ``same_order`` a stretch can be made longer still.
        """
        if not keep:
            self.marks.clear()
        if same_order and focus is not None and self.focus is not None and self._anchor is not None:
            self._anchor += focus - self.focus
        else:
            self._anchor, self._stretched = focus, False
        self.focus = focus

    def _stretch(self, anchor: int, last: int, position: int) -> None:
        """Change only what lies between the old and the new end, so that long stretches stay quick."""
        old, new = (min(anchor, last), max(anchor, last)), (min(anchor, position), max(anchor, position))
        if new[0] < old[0]:
            self._add(new[0], old[0])
        elif new[0] > old[0]:
            self._drop(old[0], new[0])
        if new[1] > old[1]:
            self._add(old[1] + 1, new[1] + 1)
        elif new[1] < old[1]:
            self._drop(new[1] + 1, old[1] + 1)

    def _add(self, start: int, stop: int) -> None:
        def add(ids: Sequence[int]) -> None:
            self.marks.add(ids)
            self.changed()

        self._ids_of(start, stop, add)

    def _drop(self, start: int, stop: int) -> None:
        def drop(ids: Sequence[int]) -> None:
            self.marks.remove(ids)
            self.changed()

        self._ids_of(start, stop, drop)

    def _flip(self, ids: Sequence[int]) -> None:
        for id in ids:
            if id in self.marks:
                self.marks.remove([id])
            else:
                self.marks.add([id])
        self.changed()

    def _settle(self, position: int, *, anchor: int | None = None, stretched: bool = False) -> None:
        self._anchor = position if anchor is None else anchor
        self._stretched = stretched
        self.focus = position
        self.focused(position)
