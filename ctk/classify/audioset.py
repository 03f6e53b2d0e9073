"""What CNN14 knows, and what that is to a musician: 527 classes of AudioSet, each with a category and a weight.

A category is judged by its best class and a quarter of its second, never by the sum of all: fx has 299 classes and bass
two. Fx must beat the best instrument by half as much again, because instruments also knock, click and hum. The classes
are those of AudioSet (https://research.google.com/audioset/, CC BY 4.0).
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ctk.records.categories import CATEGORIES, Category

Probabilities = npt.NDArray[np.floating[Any]]

CLASSES: Final = 527

_SECOND: Final = 0.25
_FX_MUST_BEAT: Final = 1.5
_DOUBT: Final = 0.1
"""What is said for ``other`` before anything is heard: a category that is no likelier than this convinces nobody."""
_TOLD: Final = 2
_WORTH_TELLING: Final = 0.05


class _Kind(NamedTuple):
    category: Category
    classes: npt.NDArray[np.intp]
    weights: npt.NDArray[np.float64]


class _Table(NamedTuple):
    names: tuple[str, ...]
    kinds: tuple[_Kind, ...]


def top(probabilities: Probabilities, n: int = 10) -> list[tuple[str, float]]:
    """The ``n`` likeliest classes, ignored ones too, with their probabilities."""
    best = np.argsort(-probabilities, kind="stable")[:n]
    return [(_table().names[number], float(probabilities[number])) for number in best]


def beliefs(probabilities: Probabilities) -> tuple[float, ...]:
    """How likely each of ``CATEGORIES`` is; the sum is 1. Where nothing was heard clearly, ``other`` leads."""
    scores = {kind.category: _score(kind, probabilities) for kind in _table().kinds}
    scores["fx"] /= _FX_MUST_BEAT
    scores["other"] += _DOUBT
    whole = sum(scores.values())
    return tuple(scores[category] / whole for category in CATEGORIES)


def category(probabilities: Probabilities) -> tuple[Category, float, str]:
    """What a sound is, how sure that is, and why: ``heard: Snare drum 62 %, Drum kit 40 %``."""
    likely = beliefs(probabilities)
    best = max(range(len(CATEGORIES)), key=likely.__getitem__)
    return CATEGORIES[best], likely[best], reason(probabilities, CATEGORIES[best])


def reason(probabilities: Probabilities, category: Category) -> str:
    """What was heard that makes a sound a ``category``."""
    table = _table()
    kind = next(kind for kind in table.kinds if kind.category == category)
    said = probabilities[kind.classes] * kind.weights
    best = [number for number in np.argsort(-said, kind="stable")[:_TOLD] if said[number] >= _WORTH_TELLING]
    words = [f"{table.names[number]} {probabilities[number]:.0%}" for number in kind.classes[best]]
    return "heard: " + ", ".join(words).replace("%", " %") if words else "heard nothing clearly"


def _score(kind: _Kind, probabilities: Probabilities) -> float:
    second, first = np.partition(probabilities[kind.classes] * kind.weights, -2)[-2:]
    return float(first + _SECOND * second)


@cache
def _table() -> _Table:
    with Path(__file__).with_name("audioset.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = []
    for category in CATEGORIES:
        mine = [(int(row["index"]), float(row["weight"])) for row in rows if row["category"] == category]
        classes, weights = zip(*mine, strict=True)
        kinds.append(_Kind(category, np.array(classes, np.intp), np.array(weights)))
    return _Table(tuple(row["display_name"] for row in rows), tuple(kinds))
