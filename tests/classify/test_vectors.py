"""Vectors as they are kept and as they are compared: the matrix in memory follows every change, also of others."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ctk.catalog.vector_rows import Heard
from ctk.classify import features
from ctk.classify.neighbours import Floats
from ctk.classify.vectors import Ear, Vectors, packed, unit
from tests.classify.library import parts

SIZES: dict[Ear, int] = {"built-in": features.SIZE, "cnn14": 2048}


def raw(ear: Ear, id: int) -> Floats:
    vector: Floats = np.random.default_rng(id).uniform(0, 3, SIZES[ear]).astype(np.float32)
    return vector


def heard(ear: Ear, *ids: int) -> list[Heard]:
    return [Heard(id, 100, id, "[]", packed(raw(ear, id))) for id in ids]


def whole(ear: Ear, *ids: int) -> Floats:
    return unit(ear, np.stack([raw(ear, id) for id in ids]))


def likenesses(vectors: Vectors, ear: Ear) -> Floats:
    """What the matrix says of all pairs."""
    rows = vectors.matrix(ear).rows
    found: Floats = rows @ rows.T
    return found


@pytest.mark.parametrize("ear", SIZES)
def test_the_matrix_follows_what_is_kept_and_forgotten(home: Path, ear: Ear) -> None:
    with parts(home) as (_, vectors, _judging):
        vectors.adopt(ear, "1")
        assert len(vectors.matrix(ear).ids) == 0
        for fresh, here in (
            ((1, 2, 3, 4, 9), [1, 2, 3, 4, 9]),
            ((7, 2), [1, 2, 3, 4, 7, 9]),
            ((11,), [1, 2, 3, 4, 7, 9, 11]),
        ):
            assert vectors.keep(ear, heard(ear, *fresh))
            matrix = vectors.matrix(ear)
            assert matrix.ids.tolist() == here
            assert vectors.matrix(ear) is matrix
        expected = whole(ear, *vectors.matrix(ear).ids.tolist())
        assert np.abs(vectors.whole(ear, vectors.matrix(ear).ids) - expected).max() < 2e-3
        if ear == "built-in":
            assert np.abs(likenesses(vectors, ear) - expected @ expected.T).max() < 5e-3
        vectors.retain({2, 7, 11})
        assert vectors.matrix(ear).ids.tolist() == [2, 7, 11]
        assert vectors.matrix(ear).rows_of(np.array([1, 2, 3, 11, 12])).tolist() == [0, 2]


def test_long_vectors_are_reduced_to_what_tells_them_apart(home: Path) -> None:
    with parts(home) as (_, vectors, _judging):
        vectors.keep("cnn14", heard("cnn14", *range(1, 61)))
        matrix = vectors.matrix("cnn14")
        expected = whole("cnn14", *range(1, 61))
        assert matrix.rows.shape[1] < 100
        assert np.abs(likenesses(vectors, "cnn14") - expected @ expected.T).max() < 5e-3
        vectors.keep("cnn14", heard("cnn14", 61))
        assert vectors.matrix("cnn14").basis is matrix.basis
        vectors.keep("cnn14", heard("cnn14", *range(62, 200)))
        assert vectors.matrix("cnn14").based_on == 199


def test_a_sound_that_is_heard_again_has_its_new_vector(home: Path) -> None:
    with parts(home) as (_, vectors, _judging):
        vectors.keep("built-in", heard("built-in", 1, 2, 3))
        before = vectors.matrix("built-in").rows.copy()
        vectors.keep("built-in", [Heard(2, 101, 9, "[]", packed(raw("built-in", 50)))])
        after = vectors.matrix("built-in").rows
        assert np.array_equal(after[[0, 2]], before[[0, 2]])
        assert np.abs(after[1] - whole("built-in", 50)[0]).max() < 2e-3
        assert vectors.unheard("built-in", [(1, 100, 1), (2, 100, 2), (3, 100, 3), (4, 1, 1)]) == [2, 4]


def test_what_another_process_keeps_is_seen(home: Path) -> None:
    with parts(home) as (store, vectors, _judging), closing(Vectors(store, home / "derived.db")) as others:
        vectors.keep("built-in", heard("built-in", 1, 2))
        assert vectors.matrix("built-in").ids.tolist() == [1, 2]
        others.keep("built-in", heard("built-in", 5))
        assert vectors.matrix("built-in").ids.tolist() == [1, 2, 5]
        others.adopt("built-in", "newer")
        assert len(vectors.matrix("built-in").ids) == 0


def test_nothing_is_kept_of_another_catalog(home: Path, tmp_path: Path) -> None:
    with parts(home) as (_, vectors, _judging):
        vectors.keep("cnn14", heard("cnn14", 1))
    with (
        parts(tmp_path / "other") as (store, _vectors, _judging),
        closing(Vectors(store, home / "derived.db")) as mixed,
    ):
        mixed.adopt("cnn14", None)
        assert (mixed.count("cnn14"), mixed.stamps("cnn14")) == (0, {})


def test_what_was_not_heard_is_like_nothing(home: Path) -> None:
    with parts(home) as (_, vectors, _judging):
        assert not vectors.whole("built-in", np.array([4, 5])).any()
        vectors.keep("built-in", heard("built-in", 1))
        found = vectors.whole("built-in", np.array([4, 1]))
        assert not found[0].any() and found[1].any()


def test_a_closed_file_keeps_nothing(home: Path) -> None:
    with parts(home) as (_, vectors, _judging):
        vectors.keep("built-in", heard("built-in", 1))
        vectors.close()
        assert not vectors.keep("built-in", heard("built-in", 2))
        assert vectors.count("built-in") == 0


def test_numbers_beyond_half_precision_are_kept_as_the_largest(home: Path) -> None:
    vector = np.frombuffer(packed(np.array([1e9, -1e9, 0.5], np.float32)), np.float16)
    assert np.isfinite(vector).all() and vector[2] == 0.5
