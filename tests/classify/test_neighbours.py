"""The nearest vectors: exact where all are at hand, and as good as exact where they are reduced."""

import numpy as np
import pytest

from ctk.classify import neighbours


def unit(count: int, dimensions: int, *, seed: int = 1) -> neighbours.Floats:
    """Vectors that lie, as heard ones do, mostly in few of their dimensions."""
    rng = np.random.default_rng(seed)
    few = rng.normal(size=(count, 60)).astype(np.float32)
    spread = rng.normal(size=(60, dimensions)) * np.exp(-np.arange(60) / 20)[:, None]
    vectors = few @ spread.astype(np.float32) + 0.05 * rng.normal(size=(count, dimensions)).astype(np.float32)
    found: neighbours.Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def test_the_nearest_are_those_of_a_plain_sort() -> None:
    vectors = unit(3000, 64)
    rows, scores = neighbours.nearest(vectors, vectors[5], 10)
    assert rows.tolist() == np.argsort(-(vectors @ vectors[5]), kind="stable")[:10].tolist()
    assert rows[0] == 5
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert (np.diff(scores) <= 0).all()


@pytest.mark.parametrize("part", [10, 1000, 2900])
def test_only_among_some(part: int) -> None:
    vectors = unit(3000, 64)
    among = np.sort(np.random.default_rng(2).choice(3000, part, replace=False))
    rows, _ = neighbours.nearest(vectors, vectors[5], 7, among)
    assert rows.tolist() == among[np.argsort(-(vectors[among] @ vectors[5]), kind="stable")[:7]].tolist()


def test_reduced_vectors_find_the_same() -> None:
    vectors = unit(20_000, 512)
    basis = neighbours.directions(vectors)
    assert basis.shape == (512, neighbours.DIRECTIONS)
    assert np.allclose(basis.T @ basis, np.eye(neighbours.DIRECTIONS), atol=1e-4)
    reduced = vectors @ basis
    same = 0
    for asked in range(0, 20_000, 1000):
        exact, _ = neighbours.nearest(vectors, vectors[asked], 10)
        found, scores = neighbours.nearest_reduced(
            reduced, vectors[asked] @ basis, 10, lambda rows: vectors[rows], vectors[asked]
        )
        same += len(set(exact) & set(found))
        assert scores[0] == pytest.approx(1, abs=1e-5)
    assert same >= 0.99 * 200


def test_fewer_than_asked_for() -> None:
    vectors = unit(3, 64)
    assert len(neighbours.nearest(vectors, vectors[0], 10)[0]) == 3
    assert len(neighbours.nearest(vectors, vectors[0], 0)[0]) == 0
    assert len(neighbours.nearest(vectors[:0], vectors[0], 10)[0]) == 0
    assert neighbours.directions(vectors).shape == (64, 3)


def test_equals_keep_their_order() -> None:
    assert neighbours.best_of(np.array([1, 3, 3, 2, 3], np.float32), 3).tolist() == [1, 2, 4]
