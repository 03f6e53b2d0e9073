"""Vectors on a plane, alike beside alike."""

from typing import Final

import numpy as np
import numpy.typing as npt

from ctk.classify.neighbours import directions

Floats = npt.NDArray[np.float32]

_EDGE: Final = 0.02
"""Room at each side."""


def places(vectors: Floats) -> Floats:
    """(n, dimensions) -> (n, 2) from 0 to 1: the two directions in which the vectors differ most, stretched so that
    they fill the plane evenly, as a crowd in the middle shows nothing."""
    if len(vectors) < 2:
        return np.full((len(vectors), 2), 0.5, np.float32)
    centred = vectors - vectors.mean(0)
    flat = centred @ directions(centred, 2)
    if flat.shape[1] < 2:
        flat = np.hstack((flat, np.zeros((len(flat), 2 - flat.shape[1]), np.float32)))
    return np.column_stack([_spread(flat[:, 0]), _spread(flat[:, 1])]).astype(np.float32)


def _spread(values: Floats) -> npt.NDArray[np.float64]:
    """Half as they lie, half as they rank; equal ones stay together."""
    order = np.unique(values, return_inverse=True)
    ranks = order[1] / max(len(order[0]) - 1, 1)
    low, high = np.percentile(values, (1, 99))
    lying = np.clip((values - low) / ((high - low) or 1.0), 0, 1)
    spread: npt.NDArray[np.float64] = _EDGE + (1 - 2 * _EDGE) * (ranks + lying) / 2
    return spread
