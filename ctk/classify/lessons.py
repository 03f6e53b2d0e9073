"""What this library teaches: sounds the user labelled, and those whose names are certain."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ctk.classify import head
from ctk.classify.head import Floats, Head
from ctk.classify.neighbours import Longs
from ctk.classify.vectors import Matrix
from ctk.classify.verdict import Lesson
from ctk.records.categories import CATEGORIES

_MOST: Final = 300
_MOST_LABELS: Final = 1000
"""Of one category: more teach little, and take long."""
_LABEL_WEIGHT: Final = 5.0
"""What the user says of a sound counts as much as so many names."""
_CHUNK: Final = 2048
_NEAR: Final = (25, 75)
"""Percentiles of how like each other lessons of a category are: where being near one begins, and where it is whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A head, how many lessons of each category it had, and those lessons, to tell how near to them a sound is. All
    vectors are in the directions of ``basis`` if there is one."""

    basis: Floats | None
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
    low, high = _nearness(vectors, kinds)
    told = np.bincount(kinds, minlength=len(CATEGORIES)).tolist()
    return Learned(matrix.basis, taught, told, vectors, low, max(high, low + 1e-3))


def _nearness(vectors: Floats, kinds: Longs) -> tuple[float, float]:
    """``_NEAR`` of these lessons, each compared with the most like of its own category."""
    nearest = [np.zeros(0, np.float32)]
    for kind in np.unique(kinds):
        own = vectors[kinds == kind]
        if len(own) > 1:
            likeness = own @ own.T
            np.fill_diagonal(likeness, -1)
            nearest.append(likeness.max(1))
    together = np.concatenate(nearest)
    low, high = np.percentile(together, _NEAR) if len(together) else (0.9, 1.0)
    return float(low), float(high)


def _chosen(matrix: Matrix, labels: Mapping[int, str], certain: Mapping[int, str]) -> tuple[Longs, Longs, Floats]:
    """The ids, categories and weights of lessons: labels first, then names."""
    here = set(matrix.ids.tolist())
    labelled: defaultdict[str, list[int]] = defaultdict(list)
    named: defaultdict[str, list[int]] = defaultdict(list)
    for id in here & labels.keys():
        labelled[labels[id]].append(id)
    for id in (here & certain.keys()) - labels.keys():
        named[certain[id]].append(id)
    lessons: list[tuple[int, int, float]] = []
    for kind, category in enumerate(CATEGORIES):
        spoken = _spread(labelled[category], _MOST_LABELS)
        read = _spread(named[category], _MOST - len(spoken))
        lessons += [(id, kind, _LABEL_WEIGHT) for id in spoken]
        lessons += [(id, kind, 1.0) for id in read]
    ids, kinds, weights = zip(*sorted(lessons), strict=True) if lessons else ((), (), ())
    return np.array(ids, np.int64), np.array(kinds, np.int64), np.array(weights, np.float32)


def _spread(ids: list[int], most: int) -> list[int]:
    """At most so many of ``ids``, spread evenly."""
    return sorted(ids)[:: max(1, -(-len(ids) // most))] if most > 0 else []
