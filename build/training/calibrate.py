"""Makes the votes of a model into probabilities: as sure as it was right about sources it never met."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from ctk.classify.builtin import CATEGORIES, Model
from training.dsp import Array

SHARPNESS: Final = np.geomspace(0.4, 4.0, 60)


def calibrated(model: Model, names: Sequence[str], probabilities: Array) -> Model:
    """The model with the sharpness that fits ``probabilities``, which models like it gave to sounds they never met.

    What counts is the likelihood of the right answers, each category by the root of how many sounds it has.
    """
    answers = np.array([CATEGORIES.index(name) for name in names])
    votes = np.log(probabilities + 1e-9) - model.bias
    weights = np.bincount(answers, minlength=len(CATEGORIES))[answers] ** -0.5
    rows = np.arange(len(answers))

    def loss(sharpness: float) -> float:
        scores = sharpness * votes + model.bias
        total = np.log(np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1)) + scores.max(axis=1)
        return float(np.average(total - scores[rows, answers], weights=weights))

    return replace(model, sharpness=float(min(SHARPNESS, key=loss)))
