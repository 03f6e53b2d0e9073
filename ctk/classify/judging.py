"""Making up one's mind about all sounds: who has a word to say of each, and what that comes to."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from ctk.catalog import vector_rows
from ctk.catalog.store import Connection, Store
from ctk.catalog.vector_rows import Named
from ctk.categories import CATEGORIES, Category
from ctk.classify import lessons, names, verdict
from ctk.classify.lessons import Learned
from ctk.classify.names import Guess
from ctk.classify.vectors import Ear, Vectors
from ctk.classify.verdict import Lesson, Opinion
from ctk.jobs import Task

EARS: Final[tuple[Ear, ...]] = ("cnn14", "built-in")
"""The better one first."""

_AT_ONCE: Final = 5000

Judged = tuple[str | None, float | None, str | None, str | None]
_NOTHING: Final[Judged] = (None, None, None, None)


class Judging:
    """Verdicts on the sounds of ``store``, from ``vectors`` and names. What was learned is kept until ``learn``."""

    def __init__(self, store: Store, vectors: Vectors) -> None:
        self._store = store
        self._vectors = vectors
        self._learned: dict[Ear, Learned | None] = {}

    @property
    def lessons(self) -> int:
        """How many sounds taught what was learned last."""
        return max((learned.head.lessons for learned in self._learned.values() if learned), default=0)

    def learn(self) -> None:
        """Learn anew from labels and certain names."""
        with self._store.snapshot() as connection:
            rows = list(vector_rows.named(connection))
        labels = {row.id: row.label for row in rows if row.label}
        guesses = ((row.id, _guess(row)) for row in rows)
        certain = {id: guess.category for id, guess in guesses if guess is not None and guess.certain}
        self._learned = {ear: lessons.learn(self._vectors.matrix(ear), labels, certain) for ear in EARS}

    def judge(self, task: Task | None = None, ids: Sequence[int] | None = None) -> int:
        """Judge all sounds, or ``ids``, by what is heard and learned by now; how many verdicts changed. What is new
        teaches when all are judged."""
        if ids is None:
            self.learn()
        with self._store.snapshot() as connection:
            rows = list(vector_rows.named(connection, ids))
        opinions = {ear: self._vectors.opinions(ear, ids) for ear in EARS}
        changed = 0
        for start in range(0, len(rows), _AT_ONCE):
            if task is not None:
                task.check()
            news = [
                (row.id, judged)
                for row, judged in self._judged(rows[start : start + _AT_ONCE], opinions)
                if judged != row.judged
            ]
            if news:
                self._write(news)
                changed += len(news)
        return changed

    def _write(self, news: Sequence[tuple[int, Judged]]) -> None:
        def change(connection: Connection) -> None:
            vector_rows.judge(connection, news)

        self._store.write(change).result()

    def _judged(
        self, rows: Sequence[Named], opinions: dict[Ear, dict[int, tuple[tuple[int, int], str]]]
    ) -> Iterator[tuple[Named, Judged]]:
        ears = {row.id: _best_ear(row, opinions) for row in rows}
        learned = self._learned_of(ears)
        for row in rows:
            ear = ears[row.id]
            told, lesson = learned.get(row.id, ([0] * len(CATEGORIES), None))
            heard = None if ear is None else _opinion(ear, opinions[ear][row.id][1])
            found = verdict.judge(_category(row.label), _guess(row), heard, lesson, told)
            yield row, _NOTHING if found is None else (found.category, found.confidence, found.engine, found.because)

    def _learned_of(self, ears: dict[int, Ear | None]) -> dict[int, tuple[list[int], Lesson]]:
        """What was learned for each sound, by the ear that heard it best."""
        found: dict[int, tuple[list[int], Lesson]] = {}
        for ear in EARS:
            learned = self._learned.get(ear)
            ids = np.array(sorted(id for id, best in ears.items() if best == ear), np.int64)
            if learned is None or not len(ids):
                continue
            rows = learned.matrix.rows_of(ids)
            if len(rows) == len(ids):
                vectors = learned.matrix.rows[rows]
            else:  # some were heard since
                vectors = self._vectors.whole(ear, ids)
                vectors = vectors if learned.matrix.basis is None else vectors @ learned.matrix.basis
            for id, lesson in zip(ids.tolist(), learned.lessons_for(vectors), strict=True):
                found[id] = learned.told, lesson
        return found


def _best_ear(row: Named, opinions: dict[Ear, dict[int, tuple[tuple[int, int], str]]]) -> Ear | None:
    """The best one that heard the file as it is."""
    for ear in EARS:
        if row.id in opinions[ear] and opinions[ear][row.id][0] == row.stamp:
            return ear
    return None


def _opinion(ear: Ear, heard: str) -> Opinion:
    beliefs, because, *_ = json.loads(heard)
    return Opinion(ear, tuple(beliefs), because)


def _guess(row: Named) -> Guess | None:
    return names.read(row.folder, row.name.rpartition(".")[0] or row.name)


def _category(label: str | None) -> Category | None:
    return next((category for category in CATEGORIES if category == label), None)
