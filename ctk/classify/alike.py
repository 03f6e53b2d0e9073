"""Sounds that are alike: as the best ear that heard enough of the library hears them."""

from array import array
from typing import Final

import numpy as np

from ctk.catalog import verdict_rows
from ctk.catalog.store import Store
from ctk.classify import listening, neighbours, plane
from ctk.classify.judging import Judging
from ctk.classify.keeper import Keeper
from ctk.classify.neighbours import Longs
from ctk.classify.vectors import EARS, Ear, Matrix, Vectors
from ctk.errors import NotFound, UsageError
from ctk.jobs import Task
from ctk.records.categories import CATEGORIES
from ctk.records.hearing import SoundMap

_ENOUGH: Final = 0.5
"""The better ear is asked once it has heard this part of what the other has."""


class Alike:
    """Looks for sounds that are alike among those of ``store``. Any thread may use it."""

    def __init__(self, store: Store, vectors: Vectors, judging: Judging) -> None:
        self._store = store
        self._vectors = vectors
        self._judging = judging

    def find(self, id: int, limit: int, among: Longs | None) -> tuple[Ear, list[int], list[float]]:
        """The engine, and the sounds most like ``id``, of ``among`` (ascending ids) or of all that are not held, with
        how like they are.

        A sound that nobody heard yet is listened to now. Raises ``NotFound``, and ``UsageError`` where that cannot be.
        """
        stamp = self._stamp(id)
        ear = self.ear()
        if not self._is_heard(ear, id, stamp):
            ear = self._hear(ear, id, stamp)
        matrix = self._vectors.matrix(ear)
        own = matrix.rows_of(np.array([id], np.int64))
        if not len(own):
            raise NotFound(f"There is no sound with the number {id} any more.")
        rows, scores = self._nearest(ear, matrix, int(own[0]), limit + 1, among)
        others = rows != own[0]
        likest = scores[others][:limit].clip(0, 1).astype(float).tolist()
        return ear, matrix.ids[rows[others]][:limit].tolist(), likest

    def draw(self, ids: "array[int]", limit: int) -> SoundMap:
        """Those of ``ids`` that were heard on a plane, at most ``limit``, spread evenly over them."""
        ear = self.ear()
        matrix = self._vectors.matrix(ear)
        rows = matrix.rows_of(np.sort(np.array(ids, np.int64)))
        if len(rows) > limit:
            rows = rows[np.linspace(0, len(rows) - 1, limit).astype(np.int64)]
        found = plane.places(matrix.rows[rows])
        shown = matrix.ids[rows].tolist()
        with self._store.snapshot() as connection:
            categories = verdict_rows.categories(connection, shown)
        numbers: dict[str | None, int] = {category: number for number, category in enumerate(CATEGORIES)}
        kinds = array("b", [numbers.get(categories.get(id), -1) for id in shown])
        return SoundMap(ear, array("q", shown), array("f", found[:, 0]), array("f", found[:, 1]), kinds)

    def ear(self) -> Ear:
        """CNN14 where it has heard enough, else the built-in model."""
        deep, plain = (self._vectors.count(ear) for ear in EARS)
        return "cnn14" if deep and deep >= _ENOUGH * plain else "built-in"

    def _nearest(
        self, ear: Ear, matrix: Matrix, own: int, count: int, among: Longs | None
    ) -> tuple[Longs, neighbours.Floats]:
        """The rows most like row ``own``, with itself, and how like they are."""
        rows = self._visible(matrix) if among is None else matrix.rows_of(among)
        if matrix.basis is None:
            return neighbours.nearest(matrix.rows, matrix.rows[own], count, rows)
        whole = self._vectors.whole(ear, matrix.ids[own : own + 1])[0]
        return neighbours.nearest_reduced(
            matrix.rows, matrix.rows[own], count, lambda some: self._vectors.whole(ear, matrix.ids[some]), whole, rows
        )

    def _visible(self, matrix: Matrix) -> Longs | None:
        """The rows of sounds that are not held, ``None`` for all of them."""
        with self._store.snapshot() as connection:
            held = np.array(verdict_rows.held(connection), np.int64)
        if not len(held):
            return None
        return np.delete(np.arange(len(matrix.ids)), matrix.rows_of(held))

    def _stamp(self, id: int) -> tuple[int, int]:
        with self._store.snapshot() as connection:
            row = next(iter(verdict_rows.named(connection, [id])), None)
        if row is None:
            raise NotFound(f"There is no sound with the number {id}.")
        return row.stamp

    def _is_heard(self, ear: Ear, id: int, stamp: tuple[int, int]) -> bool:
        found = self._vectors.opinions(ear, [id]).get(id)
        return found is not None and found[0] == stamp

    def _hear(self, ear: Ear, id: int, stamp: tuple[int, int]) -> Ear:
        """Have the built-in model listen, unless it knows little of what the better ``ear`` heard."""
        if ear != "built-in" and self._vectors.count("built-in") < _ENOUGH * self._vectors.count(ear):
            raise UsageError("CNN14 has not listened to this sound yet: have it hear what is new first.")
        if self._is_heard("built-in", id, stamp):
            return "built-in"
        keeper = Keeper(self._store, self._vectors, self._judging, Task(lambda _: None), "built-in", [id])
        for place in keeper.places():
            listening.hear(place, keeper)
        keeper.keep(0)
        if not keeper.count:
            why = f" ({keeper.problems[0]})" if keeper.problems else ": its file is not here now"
            raise UsageError(f"This sound cannot be listened to, so nothing can be said to be like it{why}.")
        return "built-in"
