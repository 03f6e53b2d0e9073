"""What this library teaches: sounds the user labelled, and those whose names are certain."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ctk.categories import CATEGORIES
from ctk.classify import head
from ctk.classify.head import Floats, Head
from ctk.classify.neighbours import Longs
from ctk.classify.vectors import Matrix
from ctk.classify.verdict import Lesson

_MOST: Final = 300
"""Of one category: more teach little, and take long."""
_LABEL_WEIGHT: Final = 5.0
"""What the user says of a sound counts as much as so many names."""
_CHUNK: Final = 8192
_NEAR: Final = (25, 75)
"""Percentiles of how like each other lessons of a category are: where being near one begins, and where it is whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A head, how many lessons of each category it had, and those lessons, to tell how near to them a sound is. All
    vectors are as in ``matrix``, where they come from."""

    matrix: Matrix
    head: Head
    told: list[int]
    vectors: Floats
    near_from: float
    near_to: float

    def lessons_for(self, vectors: Floats) -> list[Lesson]:
        """What was learned for each of the ``vectors`` (n, dimensions)."""
        found: list[Lesson] = []
        for start in range(0, len(vectors), _CHUNK):
            part = vectors[start : start + _CHUNK]
            likest = (part @ self.vectors.T).max(1)
            near = ((likest - self.near_from) / (self.near_to - self.near_from)).clip(0, 1)
            beliefs = self.head.probabilities(part)
            found += [Lesson(tuple(row), one) for row, one in zip(beliefs.tolist(), near.tolist(), strict=True)]
        return found


def learn(matrix: Matrix, labels: Mapping[int, str], certain: Mapping[int, str]) -> Learned | None:
    """What can be learned from the user's ``labels`` and from ``certain`` names (category by id) of what was heard;
    ``None`` while that is too little."""
    ids, kinds, weights = _chosen(matrix, labels, certain)
    if not len(ids):
        return None
    vectors = matrix.rows[matrix.rows_of(ids)]
    taught = head.teach(vectors, kinds, weights, len(CATEGORIES))
    if taught is None:
        return None
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    likeness[kinds[:, None] != kinds[None, :]] = -1
    nearest = likeness.max(1)
    low, high = np.percentile(nearest[nearest > -1], _NEAR) if (nearest > -1).any() else (0.9, 1.0)
    told = np.bincount(kinds, minlength=len(CATEGORIES)).tolist()
    return Learned(matrix, taught, told, vectors, float(low), float(max(high, low + 1e-3)))


def _chosen(matrix: Matrix, labels: Mapping[int, str], certain: Mapping[int, str]) -> tuple[Longs, Longs, Floats]:
    """The ids, categories and weights of lessons: labels first, names spread evenly over the library."""
    here = set(matrix.ids.tolist())
    by_kind: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for id, category in labels.items():
        if id in here:
            by_kind[category].append((id, _LABEL_WEIGHT))
    names: defaultdict[str, list[int]] = defaultdict(list)
    for id, category in certain.items():
        if id in here and id not in labels:
            names[category].append(id)
    for category, some in names.items():
        room = max(_MOST - len(by_kind[category]), 0)
        spread = some[:: max(1, -(-len(some) // room))] if room else []
        by_kind[category] += [(id, 1.0) for id in spread]
    lessons = sorted(
        (id, CATEGORIES.index(category), weight) for category, some in by_kind.items() for id, weight in some
    )
    ids, kinds, weights = zip(*lessons, strict=True) if lessons else ((), (), ())
    return np.array(ids, np.int64), np.array(kinds, np.int64), np.array(weights, np.float32)
