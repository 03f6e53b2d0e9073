"""Tags and collections in memory: which of them each sound has, as pairs that follow the catalog by its revisions."""

from collections.abc import Sequence

import numpy as np

from ctk.catalog.arrays import Array, Ints, Longs, Mask
from ctk.catalog.columns import Columns
from ctk.catalog.fields import ANY, NONE, label
from ctk.catalog.store import Connection
from ctk.catalog.text import natural_key


class Pairs:
    """The labels of one kind. ``slots`` and ``numbers`` are the pairs; a number is the id of a label."""

    def __init__(self, names: str, pairs: str, slots: Array | None = None, numbers: Array | None = None) -> None:
        """``names`` and ``pairs`` are the statements that read them; pairs that are known already are given."""
        self._ask_names = names
        self._ask_pairs = pairs
        self.slots: Ints = np.zeros(0, np.int32) if slots is None else slots.astype(np.int32)
        self.numbers: Ints = np.zeros(0, np.int32) if numbers is None else numbers.astype(np.int32)
        self.names: dict[int, str] = {}
        """What each label is called, in their natural order."""
        self._keys: dict[int, str] = {}

    @classmethod
    def of_tags(cls, slots: Array | None = None, numbers: Array | None = None) -> "Pairs":
        return cls("SELECT id, name FROM tags", "SELECT sound_id, tag_id FROM sound_tags", slots, numbers)

    @classmethod
    def of_collections(cls, slots: Array | None = None, numbers: Array | None = None) -> "Pairs":
        ask = "SELECT sound_id, collection_id FROM collection_sounds"
        return cls("SELECT id, name FROM collections", ask, slots, numbers)

    def refresh(self, connection: Connection) -> bool:
        """Whether any label is called otherwise, came or went."""
        names: dict[int, str] = dict(connection.execute(self._ask_names).fetchall())
        if names == self.names:
            return False
        self.names = dict(sorted(names.items(), key=lambda item: natural_key(item[1])))
        self._keys = {number: label(name) for number, name in names.items()}
        return True

    def follow(self, connection: Connection, columns: Columns, fresh: Ints, revision: int) -> None:
        """Read again the pairs of the sounds in the slots ``fresh``, which changed after ``revision``."""
        found: list[tuple[int, int]] = []
        if self.names and revision < 0:
            found = connection.execute(self._ask_pairs).fetchall()
        elif self.names:
            newer = f"{self._ask_pairs} WHERE sound_id IN (SELECT id FROM sounds WHERE revision > ?)"
            found = connection.execute(newer, (revision,)).fetchall()
        stale = np.zeros(columns.count, np.bool_)
        stale[fresh] = True
        kept = ~stale.take(self.slots)
        slots, numbers = _placed(columns, found)
        self.slots = np.concatenate((self.slots[kept], slots))
        self.numbers = np.concatenate((self.numbers[kept], numbers))

    def find(self, text: str, count: int) -> Mask:
        """Those of ``count`` slots that have the label called ``text``, any, or none."""
        mask = np.zeros(count, np.bool_)
        if text in (ANY, NONE):
            mask[self.slots] = True
            return ~mask if text == NONE else mask
        named = [number for number, key in self._keys.items() if key == text]
        mask[self.slots[np.isin(self.numbers, named)]] = True
        return mask

    def counts(self, mask: Mask) -> dict[int, int]:
        """How many slots of ``mask`` have each label."""
        numbers = self.numbers[mask.take(self.slots)]
        counts = np.bincount(numbers, minlength=max(self.names, default=0) + 1).tolist()
        return {number: counts[number] for number in self.names}


def _placed(columns: Columns, pairs: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Pairs of ids as pairs of slots and numbers, of the sounds that are there."""
    if not pairs or not columns.count:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    both: Longs = np.array(pairs, np.int64)
    slots: Longs = np.minimum(np.searchsorted(columns["id"], both[:, 0]), columns.count - 1)
    there = (columns["id"][slots] == both[:, 0]) & columns.alive[slots]
    return slots[there].astype(np.int32), both[there, 1].astype(np.int32)
