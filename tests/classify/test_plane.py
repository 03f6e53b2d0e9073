"""Places on the plane: within it, spread over it, and groups stay together."""

import numpy as np

from ctk.classify import plane


def test_groups_lie_apart_and_fill_the_plane() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(3), 300)
    centres = rng.normal(size=(3, 50)).astype(np.float32) * 3
    vectors = (centres[groups] + rng.normal(size=(900, 50))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = plane.places(vectors)
    assert found.shape == (900, 2)
    assert 0 <= found.min() < 0.1
    assert 0.9 < found.max() <= 1
    middles = np.array([found[groups == group].mean(0) for group in range(3)])
    nearest = ((found[:, None] - middles[None]) ** 2).sum(2).argmin(1)
    assert (nearest == groups).mean() > 0.95


def test_one_and_none_and_equal_ones() -> None:
    assert plane.places(np.zeros((0, 8), np.float32)).shape == (0, 2)
    assert plane.places(np.ones((1, 8), np.float32)).tolist() == [[0.5, 0.5]]
    same = plane.places(np.ones((5, 8), np.float32))
    assert np.isfinite(same).all()
    assert len(np.unique(same, axis=0)) == 1
