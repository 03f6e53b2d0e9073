"""Sounds that are alike: as the best ear that heard enough of the library hears them."""

from array import array
from typing import Final

import numpy as np

from ctk.catalog import vector_rows
from ctk.catalog.store import Store
from ctk.categories import CATEGORIES, SoundMap
from ctk.classify import listening, neighbours, plane
from ctk.classify.judging import Judging
from ctk.classify.keeper import Keeper
from ctk.classify.neighbours import Longs
from ctk.classify.vectors import Ear, Vectors
from ctk.errors import UsageError
from ctk.jobs import Task

_ENOUGH: Final = 0.5
"""The better ear is asked once it has heard this part of what the other has."""


def find(
    store: Store, vectors: Vectors, judging: Judging, id: int, limit: int, among: Longs | None
) -> tuple[Ear, list[int], list[float]]:
    """The engine, and the sounds most like ``id``, of ``among`` (ascending ids) if given, with how like they are.

    A sound that nobody heard yet is listened to now. Raises ``UsageError`` where it cannot be.
    """
    ear = best_ear(vectors)
    matrix = vectors.matrix(ear)
    own = matrix.rows_of(np.array([id], np.int64))
    if not len(own):
        ear = "built-in"
        matrix = vectors.matrix(ear)
        own = matrix.rows_of(np.array([id], np.int64))
    if not len(own):
        _hear_now(store, vectors, judging, id)
        matrix = vectors.matrix(ear)
        own = matrix.rows_of(np.array([id], np.int64))
    rows = None if among is None else matrix.rows_of(among)
    wanted = matrix.rows[own[0]]
    if matrix.basis is None:
        places, scores = neighbours.nearest(matrix.rows, wanted, limit + 1, rows)
    else:
        places, scores = neighbours.nearest_reduced(
            matrix.rows,
            wanted,
            limit + 1,
            lambda some: vectors.whole(ear, matrix.ids[some]),
            vectors.whole(ear, matrix.ids[own])[0],
            rows,
        )
    others = places != own[0]
    return ear, matrix.ids[places[others]][:limit].tolist(), scores[others][:limit].astype(float).tolist()


def draw(store: Store, vectors: Vectors, ids: "array[int]", limit: int) -> SoundMap:
    """Those of ``ids`` that were heard on a plane, at most ``limit``, spread evenly over them."""
    ear = best_ear(vectors)
    matrix = vectors.matrix(ear)
    rows = matrix.rows_of(np.sort(np.array(ids, np.int64)))
    if len(rows) > limit:
        rows = rows[np.linspace(0, len(rows) - 1, limit).astype(np.int64)]
    found = plane.places(matrix.rows[rows])
    shown = matrix.ids[rows].tolist()
    with store.snapshot() as connection:
        judged = {row.id: row.judged[0] for row in vector_rows.named(connection, shown)}
    numbers = {category: number for number, category in enumerate(CATEGORIES)}
    categories = array("b", [numbers.get(judged.get(id) or "", -1) for id in shown])  # type: ignore[call-overload]
    return SoundMap(ear, array("q", shown), array("f", found[:, 0]), array("f", found[:, 1]), categories)


def best_ear(vectors: Vectors) -> Ear:
    """CNN14 where it has heard enough, else the built-in model."""
    deep, plain = len(vectors.stamps("cnn14")), len(vectors.stamps("built-in"))
    return "cnn14" if deep and deep >= _ENOUGH * plain else "built-in"


def _hear_now(store: Store, vectors: Vectors, judging: Judging, id: int) -> None:
    with store.snapshot() as connection:
        places = vector_rows.places(connection, [id])
    if not places:
        raise UsageError("This sound was not listened to yet, and its file is not here now.")
    keeper = Keeper(vectors, judging, Task(lambda _: None), "built-in", places)
    listening.hear(places[0], keeper)
    keeper.keep(0)
    if not keeper.count:
        raise UsageError("This sound cannot be listened to, so nothing can be said to be like it.")
