"""A head learns from few lessons, of all categories alike, and only what it was taught."""

import numpy as np
import numpy.typing as npt
import pytest

from ctk.classify import head


def lessons(
    count: int, *, seed: int, kinds: int = 4, shares: list[float] | None = None
) -> tuple[head.Floats, npt.NDArray[np.int64]]:
    """Noisy unit vectors around one centre a kind."""
    centres = np.random.default_rng(7).normal(size=(kinds, 96))
    rng = np.random.default_rng(seed)
    labels = rng.choice(kinds, count, p=shares)
    vectors = centres[labels] + rng.normal(size=(count, 96)) * 1.5
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), labels


@pytest.mark.parametrize(("count", "right"), [(20, 0.6), (100, 0.9), (1000, 0.97)])
def test_more_lessons_teach_more(count: int, right: float) -> None:
    vectors, labels = lessons(count, seed=1)
    taught = head.teach(vectors, labels, np.ones(count, np.float32), 7)
    assert taught is not None
    others, wanted = lessons(2000, seed=2)
    found = taught.probabilities(others)
    assert found.shape == (2000, 7)
    assert np.allclose(found.sum(1), 1, atol=1e-5)
    assert (found.argmax(1) == wanted).mean() > right


def test_what_was_never_taught_is_never_said() -> None:
    vectors, labels = lessons(200, seed=1, kinds=3)
    taught = head.teach(vectors, labels + 2, np.ones(200, np.float32), 7)
    assert taught is not None
    assert taught.probabilities(vectors)[:, [0, 1, 5, 6]].max() == 0


def test_a_rare_category_is_not_drowned() -> None:
    vectors, labels = lessons(600, seed=1, kinds=2, shares=[0.95, 0.05])
    taught = head.teach(vectors, labels, np.ones(600, np.float32), 7)
    assert taught is not None
    others, wanted = lessons(1000, seed=2, kinds=2)
    right = taught.probabilities(others).argmax(1) == wanted
    assert right[wanted == 1].mean() > 0.9


def test_weightier_lessons_win() -> None:
    vectors, labels = lessons(200, seed=1, kinds=2)
    both = np.concatenate((vectors, vectors)), np.concatenate((labels, 1 - labels))
    taught = head.teach(*both, np.repeat(np.array([10, 1], np.float32), 200), 2)
    assert taught is not None
    assert (taught.probabilities(vectors).argmax(1) == labels).mean() > 0.95


def test_too_little_teaches_nothing() -> None:
    vectors, labels = lessons(200, seed=1)
    few = slice(head.LEAST - 1)
    assert head.teach(vectors[few], labels[few], np.ones(head.LEAST - 1, np.float32), 7) is None
    assert head.teach(vectors, np.zeros_like(labels), np.ones(200, np.float32), 7) is None
