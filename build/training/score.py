"""How well a model does on sounds of sources it never met."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ctk.classify.builtin import CATEGORIES
from training.dsp import Array

ENOUGH: Final = 50
"""Sounds that a category needs before its score counts."""


@dataclass(frozen=True, slots=True)
class Score:
    """``table`` counts sounds: rows are what they are, columns what they were taken for."""

    table: Array

    @property
    def f1(self) -> dict[str, float]:
        """By category; of those that occur."""
        hits = np.diag(self.table)
        both = self.table.sum(axis=0) + self.table.sum(axis=1)
        found = 2 * hits / np.maximum(both, 1)
        return {name: float(found[number]) for number, name in enumerate(CATEGORIES) if self.table[number].sum()}

    @property
    def counts(self) -> dict[str, int]:
        return {name: int(self.table[number].sum()) for number, name in enumerate(CATEGORIES)}

    @property
    def accuracy(self) -> float:
        return float(np.trace(self.table) / self.table.sum())

    @property
    def recall(self) -> float:
        """The mean share of each category that is found."""
        sums = self.table.sum(axis=1)
        return float(np.mean(np.diag(self.table)[sums > 0] / sums[sums > 0]))

    def macro_f1(self, least: int = 1) -> float:
        """The mean over categories with ``least`` sounds."""
        counts = self.counts
        return float(np.mean([value for name, value in self.f1.items() if counts[name] >= least]))

    def lines(self) -> list[str]:
        """The table as text."""
        f1, counts = self.f1, self.counts
        head = f"{'':8}" + "".join(f"{name:>8}" for name in CATEGORIES) + f"{'sounds':>8}{'F1':>7}"
        rows = [
            f"{name:8}" + "".join(f"{count:8d}" for count in self.table[number]) + f"{counts[name]:8d}{f1[name]:7.2f}"
            for number, name in enumerate(CATEGORIES)
            if name in f1
        ]
        return [head, *rows]


def score(names: Sequence[str], probabilities: Array) -> Score:
    table = np.zeros((len(CATEGORIES), len(CATEGORIES)), int)
    for name, taken in zip(names, probabilities.argmax(axis=1), strict=True):
        table[CATEGORIES.index(name), taken] += 1
    return Score(table)


def calibration_error(names: Sequence[str], probabilities: Array, steps: int = 10) -> float:
    """The mean distance between how sure the model is and how often it is right."""
    sure = probabilities.max(axis=1)
    right = np.array(
        [CATEGORIES[taken] == name for name, taken in zip(names, probabilities.argmax(axis=1), strict=True)]
    )
    place = np.minimum((sure * steps).astype(int), steps - 1)
    parts = [place == step for step in range(steps)]
    return float(sum(abs(right[part].mean() - sure[part].mean()) * part.mean() for part in parts if part.any()))
