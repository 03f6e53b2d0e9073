"""What is chosen to learn from, and how far it is taken."""

import numpy as np

from ctk.classify import lessons
from ctk.classify.neighbours import Floats
from ctk.classify.vectors import Matrix
from ctk.records.categories import CATEGORIES

SIZE = 24


def crowd(place: int, count: int, seed: int, spread: float = 0.35) -> Floats:
    """Unit vectors around one of ``SIZE`` places that have nothing in common."""
    vectors = spread * np.random.default_rng(seed).standard_normal((count, SIZE)).astype(np.float32)
    vectors[:, place] += 1.5
    found: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


def matrix(*crowds: Floats) -> Matrix:
    """With ids from 1."""
    rows = np.concatenate(crowds)
    return Matrix(np.arange(1, len(rows) + 1), rows, None, len(rows), 1)


def believed(vectors: Floats, learned: lessons.Learned) -> list[str]:
    return [CATEGORIES[int(np.argmax(lesson.beliefs))] for lesson in learned.lessons_for(vectors)]


def test_what_the_user_says_is_learned_and_taken_to_sounds_that_are_like_it() -> None:
    heard = matrix(crowd(0, 20, 1), crowd(1, 20, 2))
    labels = {id: "vocal" if id <= 20 else "bass" for id in (*range(1, 11), *range(21, 31))}
    learned = lessons.learn(heard, labels, {})
    assert learned is not None
    assert learned.told[CATEGORIES.index("vocal")] == learned.told[CATEGORIES.index("bass")] == 10
    assert believed(heard.rows, learned) == ["vocal"] * 20 + ["bass"] * 20
    far = learned.lessons_for(crowd(9, 20, 3))
    near = learned.lessons_for(heard.rows[10:20])
    assert max(lesson.near for lesson in far) == 0.0
    assert sum(lesson.near for lesson in near) / len(near) > 0.3


def test_too_little_teaches_nothing() -> None:
    heard = matrix(crowd(0, 30, 1), crowd(1, 30, 2))
    assert lessons.learn(heard, {}, {}) is None
    assert lessons.learn(heard, {1: "vocal", 31: "bass"}, {}) is None
    unheard = {id: CATEGORIES[id % 2] for id in range(100, 200)}
    assert lessons.learn(heard, unheard, unheard) is None


def test_a_name_teaches_nothing_of_a_sound_that_the_user_labelled() -> None:
    heard = matrix(crowd(0, 60, 1), crowd(1, 30, 2))
    certain = {id: "drums" if id <= 60 else "bass" for id in range(1, 91)}
    learned = lessons.learn(heard, dict.fromkeys(range(1, 21), "fx"), certain)
    assert learned is not None
    assert dict(zip(CATEGORIES, learned.told, strict=True)) == dict.fromkeys(CATEGORIES, 0) | {
        "drums": 40,
        "bass": 30,
        "fx": 20,
    }


def test_of_very_many_some_are_chosen_evenly() -> None:
    heard = matrix(crowd(0, 2500, 1), crowd(1, 2500, 2))
    certain = {id: "drums" if id <= 2500 else "bass" for id in range(1, 5001)}
    labels = dict.fromkeys(range(1, 2001), "drums")
    learned = lessons.learn(heard, labels, certain)
    assert learned is not None
    assert learned.told[CATEGORIES.index("drums")] == 1000
    assert 200 < learned.told[CATEGORIES.index("bass")] <= 300
