"""The built-in listener: tells what a sound is from its features alone, with a small model shipped with the package."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from ctk.classify import features

Array = NDArray[Any]

CATEGORIES: Final = ("drums", "synth", "vocal", "bass", "guitar", "fx", "other")
FILE: Final = "builtin.npz"

_CLIP: Final = 4.0
"""Standard deviations beyond which nothing is believed."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One step of a network: inputs by outputs, and what is added."""

    weights: Array
    bias: Array


@dataclass(frozen=True, slots=True)
class Model:
    """A few small networks that vote; ``bias`` and ``sharpness`` make their vote a probability."""

    mean: Array
    spread: Array
    networks: tuple[tuple[Layer, ...], ...]
    bias: Array
    sharpness: float

    @staticmethod
    def load() -> "Model":
        """The model of the package; read once."""
        return _shipped()

    def probabilities(self, vectors: Array) -> Array:
        """How likely each sound (a row of features) is each of ``CATEGORIES``."""
        inputs = self._scaled(vectors)
        votes = sum((_softmax(_through(network, inputs)) for network in self.networks), np.zeros((1, len(CATEGORIES))))
        return _softmax(self.sharpness * np.log(votes / len(self.networks) + 1e-9) + self.bias)

    def standardised(self, vectors: Array) -> Array:
        """The features as unit vectors in which every one counts alike: the nearer, the more alike the sounds."""
        inputs = self._scaled(vectors)
        return np.asarray(inputs / np.maximum(np.linalg.norm(inputs, axis=1, keepdims=True), 1e-9))

    def _scaled(self, vectors: Array) -> Array:
        rows = np.asarray(vectors, np.float32).reshape(-1, features.SIZE)
        return np.clip((rows - self.mean) / self.spread, -_CLIP, _CLIP)

    def write(self, file: IO[bytes]) -> None:
        """Weights go into single bytes, each column with a scale of its own."""
        parts: dict[str, Array] = {"version": np.array(features.VERSION), "mean": self.mean, "spread": self.spread}
        parts |= {"bias": self.bias.astype(np.float32), "sharpness": np.array(self.sharpness, np.float32)}
        parts["shape"] = np.array([len(self.networks), len(self.networks[0])])
        for number, layer in enumerate(layer for network in self.networks for layer in network):
            scale = np.abs(layer.weights).max(axis=0) / 127 + 1e-12
            parts[f"weights{number}"] = np.round(layer.weights / scale).astype(np.int8)
            parts[f"scale{number}"], parts[f"bias{number}"] = scale.astype(np.float32), layer.bias.astype(np.float32)
        np.savez_compressed(file, allow_pickle=False, **parts)

    @staticmethod
    def read(file: IO[bytes]) -> "Model":
        """What ``write`` wrote."""
        with np.load(file) as kept:
            members, depth = kept["shape"]
            layers = [
                Layer(kept[f"weights{number}"] * kept[f"scale{number}"], kept[f"bias{number}"])
                for number in range(members * depth)
            ]
            networks = tuple(tuple(layers[at : at + depth]) for at in range(0, len(layers), depth))
            return Model(kept["mean"], kept["spread"], networks, kept["bias"], float(kept["sharpness"]))


@cache
def _shipped() -> Model:
    with resources.files("ctk.classify").joinpath(FILE).open("rb") as file:
        return Model.read(file)


def _through(network: Sequence[Layer], values: Array) -> Array:
    for layer in network[:-1]:
        values = np.maximum(values @ layer.weights + layer.bias, 0)
    return values @ network[-1].weights + network[-1].bias


def _softmax(scores: Array) -> Array:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
