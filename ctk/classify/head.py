"""What a library teaches about itself: a logistic regression from vectors to categories, trained on the spot."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LEAST: Final = 20
"""Below so many lessons nothing is taught."""

_DECAY: Final = 1e-2
_ROUNDS: Final = 150
_MOMENTUM: Final = 0.9


@dataclass(frozen=True, slots=True)
class Head:
    """``probabilities`` of ``n`` unit vectors, one row each; a category that was never taught has none."""

    weights: Floats
    """(dimensions + 1, categories); the last row is the bias."""
    lessons: int

    def probabilities(self, vectors: Floats) -> Floats:
        """(n, dimensions) -> (n, categories)."""
        return _softmax(vectors @ self.weights[:-1] * _scale(vectors.shape[1]) + self.weights[-1])


def teach(vectors: Floats, labels: npt.NDArray[np.int64], weights: Floats, categories: int) -> Head | None:
    """Learn that the unit ``vectors`` (n, dimensions) are ``labels`` (n, from 0), each as important as its weight.

    Every category counts the same however many lessons it has. ``None`` for fewer than ``LEAST`` lessons, or of one
    category only.
    """
    present = np.unique(labels)
    if len(labels) < LEAST or len(present) < 2:
        return None
    importance = weights.astype(np.float32).copy()
    for label in present:
        importance[labels == label] /= importance[labels == label].sum()
    importance /= importance.sum()
    wanted = np.zeros((len(labels), categories), np.float32)
    wanted[np.arange(len(labels)), labels] = 1
    absent = np.setdiff1d(np.arange(categories), present)
    learned = _descend(vectors * np.float32(_scale(vectors.shape[1])), wanted, importance[:, None], absent)
    return Head(learned, len(labels))


def _descend(vectors: Floats, wanted: Floats, importance: Floats, absent: npt.NDArray[np.int64]) -> Floats:
    """Gradient descent with Nesterov's momentum: everything is in one batch, so it is the same each time."""
    weights = np.zeros((vectors.shape[1] + 1, wanted.shape[1]), np.float32)
    weights[-1, absent] = -1e4
    speed = np.zeros_like(weights)
    step = 1 / (_steepest(vectors, importance) / 2 + _DECAY)
    for _ in range(_ROUNDS):
        ahead = weights + _MOMENTUM * speed
        error = (_softmax(vectors @ ahead[:-1] + ahead[-1]) - wanted) * importance
        slope = np.vstack((vectors.T @ error + _DECAY * ahead[:-1], error.sum(0, keepdims=True)))
        slope[:, absent] = 0
        speed = _MOMENTUM * speed - step * slope
        weights += speed
    return weights


def _steepest(vectors: Floats, importance: Floats) -> float:
    """The largest eigenvalue of what the vectors span: no slope is steeper. By power iteration, generously."""
    direction = np.ones(vectors.shape[1], np.float32)
    for _ in range(12):
        direction = vectors.T @ ((vectors @ direction)[:, None] * importance)[:, 0]
        length = float(np.linalg.norm(direction))
        direction /= length or 1.0
    return float(1.1 * length + 1.0)


def _scale(dimensions: int) -> float:
    """Unit vectors have small entries; as long as they have dimensions, one step suits all lengths."""
    return math.sqrt(dimensions)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = powers / powers.sum(1, keepdims=True)
    return found
