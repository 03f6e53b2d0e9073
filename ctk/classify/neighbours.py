"""Which vectors are most like one: exact, and quick among very many by looking at their most telling directions first.

Unit vectors everywhere, so that the product of two is their likeness, from -1 to 1.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]

DIRECTIONS: Final = 160
"""So many of the most telling directions keep nearly all that tells sounds apart."""

_SAMPLE: Final = 4000
_PASSES: Final = 4
_CANDIDATES: Final = 300
"""Of these, found by the reduced vectors, the exact best are among for all but the rarest cases."""
_CHUNK: Final = 16_384


def directions(vectors: Floats, count: int = DIRECTIONS) -> Floats:
    """(n, dimensions) -> (dimensions, count): orthonormal, the most telling first (principal components, uncentred, as
    likeness is). Of a sample of evenly spread vectors, by subspace iteration; the same each time."""
    some = vectors[:: max(1, len(vectors) // _SAMPLE)]
    basis = np.random.default_rng(0).standard_normal((vectors.shape[1], min(count, *some.shape))).astype(np.float32)
    for _ in range(_PASSES):
        basis = np.linalg.qr(some.T @ (some @ basis))[0]
    spread = np.linalg.norm(some @ basis, axis=0)
    found: Floats = np.ascontiguousarray(basis[:, np.argsort(-spread)])
    return found


def nearest(vectors: Floats, to: Floats, count: int, among: Longs | None = None) -> tuple[Longs, Floats]:
    """The rows of ``vectors`` (n, dimensions) most like ``to``, best first, and how like they are; only rows of
    ``among`` when that is given."""
    if among is None:
        scores = vectors @ to
    elif len(among) * 4 < len(vectors):
        scores = vectors[among] @ to
    else:
        scores = (vectors @ to)[among]
    best = best_of(scores, count)
    return (best if among is None else among[best]), scores[best]


def nearest_reduced(
    reduced: Floats,
    to: Floats,
    count: int,
    exact: Callable[[Longs], Floats],
    wanted: Floats,
    among: Longs | None = None,
) -> tuple[Longs, Floats]:
    """As ``nearest``, where only the ``reduced`` vectors, and ``to`` in the same directions, are at hand: ``exact``
    gives the whole vectors of some rows, which are compared with the whole ``wanted`` one."""
    rows, _ = nearest(reduced, to, max(_CANDIDATES, 2 * count), among)
    scores = exact(rows) @ wanted
    best = best_of(scores, count)
    return rows[best], scores[best]


def best_of(scores: Floats, count: int) -> Longs:
    """The places of the ``count`` highest, highest first; the earlier one of equals."""
    count = min(count, len(scores))
    if count == 0:
        return np.zeros(0, np.int64)
    some = np.argpartition(scores, len(scores) - count)[len(scores) - count :] if count < len(scores) else None
    places: Longs = np.arange(len(scores)) if some is None else np.sort(some)
    found: Longs = places[np.argsort(-scores[places], kind="stable")]
    return found
