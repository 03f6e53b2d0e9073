"""Making up one's mind about all sounds: who has a word to say of each, and what that comes to."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from ctk.catalog import verdict_rows
from ctk.catalog.store import Connection, Store
from ctk.catalog.vector_rows import Opinions
from ctk.catalog.verdict_rows import Judged, Named
from ctk.classify import lessons, names, verdict
from ctk.classify.lessons import Learned
from ctk.classify.names import Guess
from ctk.classify.neighbours import Floats, Longs
from ctk.classify.vectors import EARS, Ear, Matrix, Vectors
from ctk.classify.verdict import Lesson, Opinion
from ctk.jobs import Task
from ctk.records.categories import CATEGORIES

_AT_ONCE: Final = 5000
_NOTHING: Final[Judged] = (None, None, None, None)
_NOT_TOLD: Final = [0] * len(CATEGORIES)
_BY_EAR: Final = frozenset(("head", *EARS))

Matrices = Mapping[Ear, Matrix]
Judgement = tuple[int, tuple[int, int], Judged]


class Judging:
    """Verdicts on the sounds of ``store``, from ``vectors`` and names. One thread judges at a time."""

    def __init__(self, store: Store, vectors: Vectors) -> None:
        self._store = store
        self._vectors = vectors
        self._lock = threading.Lock()
        self._learned: dict[Ear, Learned | None] = {}

    @property
    def lessons(self) -> int:
        """How many sounds taught what was learned last."""
        return max((learned.head.lessons for learned in self._learned.values() if learned), default=0)

    def judge_all(self, task: Task) -> int:
        """Learn from labels and certain names, and judge all sounds by what is heard and learned by now; how many
        verdicts changed. Raises ``Cancelled``."""
        with self._lock:
            with self._store.snapshot() as connection:
                ids = verdict_rows.ids(connection)
            matrices = {ear: self._vectors.matrix(ear) for ear in EARS}
            guesses = self._learn(task, ids, matrices)
            return sum(self._judge(rows, guesses, matrices) for rows in self._rows(ids, task))

    def judge(self, ids: Sequence[int]) -> None:
        """Judge sounds by what is heard of them, and by what was learned before."""
        with self._lock:
            for rows in self._rows(ids):
                self._judge(rows, {row.id: _guess(row) for row in rows}, {})

    def _learn(self, task: Task, ids: Sequence[int], matrices: Matrices) -> dict[int, Guess | None]:
        """What names say of all sounds, which teaches as far as it is certain."""
        guesses: dict[int, Guess | None] = {}
        labels: dict[int, str] = {}
        for rows in self._rows(ids, task):
            guesses.update((row.id, _guess(row)) for row in rows)
            labels.update((row.id, row.label) for row in rows if row.label)
        certain = {id: guess.category for id, guess in guesses.items() if guess is not None and guess.certain}
        self._learned = {ear: lessons.learn(matrix, labels, certain) for ear, matrix in matrices.items()}
        return guesses

    def _rows(self, ids: Sequence[int], task: Task | None = None) -> Iterator[list[Named]]:
        for start in range(0, len(ids), _AT_ONCE):
            if task is not None:
                task.check()
            with self._store.snapshot() as connection:
                rows = verdict_rows.named(connection, ids[start : start + _AT_ONCE])
            yield rows

    def _judge(self, rows: Sequence[Named], guesses: Mapping[int, Guess | None], matrices: Matrices) -> int:
        """Write down the verdicts that are other than before; how many."""
        judged = self._judged(rows, guesses, matrices)
        news = [(row.id, row.stamp, found) for row, found in judged if found != row.judged]

        def change(connection: Connection) -> None:
            verdict_rows.judge(connection, news)

        if news:
            self._store.write(change).result()
        return len(news)

    def _judged(
        self, rows: Sequence[Named], guesses: Mapping[int, Guess | None], matrices: Matrices
    ) -> Iterator[tuple[Named, Judged]]:
        ids = [row.id for row in rows]
        opinions = {ear: self._vectors.opinions(ear, ids) for ear in EARS}
        ears = {row.id: _best_ear(row, opinions) for row in rows}
        learned = self._learned_of(ears, guesses, matrices)
        for row in rows:
            ear = ears[row.id]
            if ear is None and row.judged[2] in _BY_EAR and not _is_certain(guesses.get(row.id)):
                yield row, row.judged  # what was heard of it is lost, and it is still the same file
                continue
            told, lesson = learned.get(row.id, (_NOT_TOLD, None))
            heard = None if ear is None else _opinion(ear, opinions[ear][row.id][1])
            yield row, verdict.judge(guesses.get(row.id), heard, lesson, told) or _NOTHING

    def _learned_of(
        self, ears: Mapping[int, Ear | None], guesses: Mapping[int, Guess | None], matrices: Matrices
    ) -> dict[int, tuple[list[int], Lesson]]:
        """What was learned of each sound whose name is not certain, by the ear that heard it best."""
        found: dict[int, tuple[list[int], Lesson]] = {}
        for ear in EARS:
            learned = self._learned.get(ear)
            asked = [id for id, best in ears.items() if best == ear and not _is_certain(guesses.get(id))]
            if learned is None or not asked:
                continue
            ids = np.array(sorted(asked), np.int64)
            vectors = self._seen(ear, ids, learned.basis, matrices.get(ear))
            for id, lesson in zip(ids.tolist(), learned.lessons_for(vectors), strict=True):
                found[id] = learned.told, lesson
        return found

    def _seen(self, ear: Ear, ids: Longs, basis: Floats | None, matrix: Matrix | None) -> Floats:
        """The vectors of ``ids`` as they were learned from; some may have been heard after ``matrix`` was made."""
        if matrix is not None and matrix.basis is basis:
            rows = matrix.rows_of(ids)
            if len(rows) == len(ids):
                return matrix.rows[rows]
        vectors = self._vectors.whole(ear, ids)
        return vectors if basis is None else vectors @ basis


def _best_ear(row: Named, opinions: Mapping[Ear, Opinions]) -> Ear | None:
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


def _is_certain(guess: Guess | None) -> bool:
    return guess is not None and guess.certain
