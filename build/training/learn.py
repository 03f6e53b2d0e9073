"""A few small neural networks, trained with NumPy alone, and how much each sound has to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from ctk.classify.builtin import CATEGORIES, Layer, Model
from training.corpus import Corpus
from training.dsp import Array, Chance

HIDDEN: Final = (192, 64)
MEMBERS: Final = 4
ROUNDS: Final = 36
BATCH: Final = 256
RATE: Final = 2e-3
DECAY: Final = 0.5
"""What a weight loses at each step, times the rate of learning."""
DROPPED_INPUTS: Final = 0.05
DROPPED_HIDDEN: Final = 0.3
SMOOTH: Final = 0.08
"""So much of each answer is left open: labels are not always right, and sounds not always one thing."""
TRUST: Final = {"gm": 1.0, "voices": 1.0, "synthesis": 1.0}
"""How much a kind of source counts in a category; a pack of real sounds counts ``REAL``."""
REAL: Final = 2.0
CHANGED: Final = 0.6
"""What a changed copy counts against the original."""
PRIOR: Final = (0.34, 0.11, 0.11, 0.11, 0.11, 0.11, 0.11)
"""How often each category is met. Sample libraries are mostly drums; no more is presumed."""
_CLIP: Final = 4.0


def trained(corpus: Corpus, seed: int = 1, members: int = MEMBERS) -> Model:
    """A model that learned all of ``corpus``; the same each time."""
    weights = shares(corpus)
    mean = np.average(corpus.vectors, axis=0, weights=weights)
    spread = np.sqrt(np.average((corpus.vectors - mean) ** 2, axis=0, weights=weights)) + 1e-3
    inputs = np.clip((corpus.vectors - mean) / spread, -_CLIP, _CLIP).astype(np.float32)
    answers = np.array([CATEGORIES.index(name) for name in corpus.category])
    nets = [_Net(np.random.default_rng((seed, member))).learn(inputs, answers, weights) for member in range(members)]
    bias = np.log(np.array(PRIOR) * len(CATEGORIES)).astype(np.float32)
    return Model(mean.astype(np.float32), spread.astype(np.float32), tuple(net.layers() for net in nets), bias, 1.0)


def shares(corpus: Corpus) -> Array:
    """The weight of each row: categories alike; in each, sources by trust and the root of how many sounds they have."""
    weights = np.where(corpus.copy == 0, 1.0, CHANGED)
    for category in np.unique(corpus.category):
        inside = corpus.category == category
        for source in np.unique(corpus.source[inside]):
            rows = inside & (corpus.source == source)
            families = np.unique(corpus.family[rows])
            for family in families:
                some = rows & (corpus.family == family)
                weights[some] *= some.sum() ** 0.5 / weights[some].sum()
            weights[rows] *= TRUST.get(source, REAL) * len(np.unique(corpus.group[rows])) ** 0.5 / weights[rows].sum()
        weights[inside] /= weights[inside].sum()
    return np.asarray(weights / weights.mean())


class _Net:
    """Layers with dropout between them, trained by Adam."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._weights: list[Array] = []

    def learn(self, inputs: Array, answers: Array, weights: Array) -> "_Net":
        sizes = (inputs.shape[1], *HIDDEN, len(CATEGORIES))
        for before, after in pairwise(sizes):
            scale = np.sqrt(2 / before)
            self._weights.append(self._chance.normal(0, scale, (before, after)).astype(np.float32))
            self._weights.append(np.zeros(after, np.float32))
        wanted = np.full((len(answers), len(CATEGORIES)), SMOOTH / len(CATEGORIES), np.float32)
        wanted[np.arange(len(answers)), answers] += 1 - SMOOTH
        adam = _Adam(self._weights)
        drawn = weights / weights.sum()
        steps = ROUNDS * len(answers) // BATCH
        for step in range(steps):
            rows = self._chance.choice(len(answers), BATCH, p=drawn)
            slope = self._slopes(inputs[rows], wanted[rows])
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            adam.step(slope, rate)
        return self

    def _slopes(self, batch: Array, wanted: Array) -> list[Array]:
        """How the loss changes with each weight."""
        kept = self._chance.random(batch.shape, np.float32) >= DROPPED_INPUTS
        values = [batch * kept / (1 - DROPPED_INPUTS)]
        masks: list[Array] = []
        for layer in range(len(HIDDEN)):
            raw = values[-1] @ self._weights[2 * layer] + self._weights[2 * layer + 1]
            masks.append(
                (raw > 0)
                * (self._chance.random(raw.shape, np.float32) >= DROPPED_HIDDEN)
                / np.float32(1 - DROPPED_HIDDEN)
            )
            values.append(raw * masks[-1])
        scores = values[-1] @ self._weights[-2] + self._weights[-1]
        shares_ = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = (shares_ / shares_.sum(axis=1, keepdims=True) - wanted) / len(batch)
        slopes: list[Array] = []
        for layer in range(len(HIDDEN), -1, -1):
            slopes[:0] = [values[layer].T @ error, error.sum(axis=0)]
            if layer:
                error = (error @ self._weights[2 * layer].T) * masks[layer - 1]
        return slopes

    def layers(self) -> tuple[Layer, ...]:
        return tuple(Layer(self._weights[at], self._weights[at + 1]) for at in range(0, len(self._weights), 2))


@dataclass(slots=True)
class _Moments:
    first: Array
    second: Array


class _Adam:
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019)."""

    def __init__(self, weights: list[Array]) -> None:
        self._weights = weights
        self._moments = [_Moments(np.zeros_like(some), np.zeros_like(some)) for some in weights]
        self._count = 0

    def step(self, slopes: Sequence[Array], rate: float) -> None:
        self._count += 1
        for place, (slope, moment) in enumerate(zip(slopes, self._moments, strict=True)):
            moment.first += 0.1 * (slope - moment.first)
            moment.second += 0.001 * (slope**2 - moment.second)
            first = moment.first / (1 - 0.9**self._count)
            second = moment.second / (1 - 0.999**self._count)
            if slope.ndim > 1:
                self._weights[place] *= 1 - rate * DECAY
            self._weights[place] -= rate * first / (np.sqrt(second) + 1e-8)
