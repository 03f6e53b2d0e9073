"""What sounds are, and which are alike. See ``ctk.contract.Classify``."""

import threading
import time
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ctk.catalog import lookup, vector_rows
from ctk.catalog.store import Store
from ctk.categories import CATEGORIES, Category, Classified, Hearing, Likeness, Listener, Similar, SoundMap
from ctk.errors import NotFound, UsageError
from ctk.jobs import Job, Jobs, Task

if TYPE_CHECKING:
    from ctk.classify.judging import Judging
    from ctk.classify.keeper import Keeper
    from ctk.classify.vectors import Ear, Vectors

_MOST_PROBLEMS = 100
_MOST_ALIKE = 200
_SETTLE_S = 0.3
"""Labels come one after the other."""


class Search(Protocol):
    """Searching, as far as likeness needs it."""

    def ids(self, query: str = "") -> "array[int]": ...


class Classify:
    """Any thread may call any method. NumPy and the models are loaded when they are first needed."""

    def __init__(self, store: Store, home: Path, jobs: Jobs, search: Search) -> None:
        self._store = store
        self._home = home
        self._jobs = jobs
        self._search = search
        self._lock = threading.Lock()
        self._made: tuple[Vectors, Judging] | None = None
        self._owed = self._learning = False
        self._device = "cpu"

    def status(self) -> Hearing:
        from ctk.classify import engines

        vectors, judging = self._parts()
        best = engines.best(self._home)
        with self._store.snapshot() as connection:
            by = vector_rows.count_by_engine(connection)
            places = vector_rows.places(connection)
        unheard = 0 if best == "names" else len(vectors.unheard(best, places))
        words = engines.weights_words(self._home)
        fetchable = engines.lacks_weights_only(self._home)
        return Hearing(best, self._device, engines.all_of(self._home), by, unheard, judging.lessons, words, fetchable)

    def run(
        self,
        ids: Sequence[int] | None = None,
        *,
        engine: Listener | None = None,
        device: str = "auto",
        limit: int | None = None,
    ) -> Job[Classified]:
        from ctk.classify import engines

        chosen = engines.chosen(self._home, engine, device)
        wanted = None if ids is None else list(dict.fromkeys(ids))
        return self._jobs.start(
            "Hearing what sounds are",
            lambda task: self._run(task, wanted, chosen, device, limit),
            background=True,
        )

    def fetch_weights(self, file: str | Path | None = None) -> Job[Path]:
        from ctk.classify import weights

        def work(task: Task) -> Path:
            if file is not None:
                return weights.adopt(Path(file), self._home)
            return weights.fetch(task, self._home)

        return self._jobs.start("Fetching what CNN14 learned", work)

    def label(self, ids: Sequence[int], category: Category | None) -> Mapping[int, Category | None]:
        if category is not None and category not in CATEGORIES:
            raise UsageError(f"A sound can be {', '.join(CATEGORIES)}; {category} is none of these.")
        write = self._store.write(lambda connection: vector_rows.label(connection, ids, category), durable=True)
        before = write.result()
        self._parts()[1].judge(ids=list(before))
        self._learn_later()
        return before  # type: ignore[return-value]  # rows hold nothing but categories

    def similar(self, id: int, *, limit: int = 50, query: str = "") -> Similar:
        among = self._search.ids(query) if query.strip() else None
        ear, ids, scores = self._like(id, limit, among)
        with self._store.snapshot() as connection:
            rows = {row.id: row for row in lookup.rows(connection, ids)}
        likest = [Likeness(rows[one], score) for one, score in zip(ids, scores, strict=True) if one in rows]
        return Similar(ear, likest)

    def map(self, query: str = "", *, limit: int = 20_000) -> Job[SoundMap]:
        wanted = self._search.ids(query)
        return self._jobs.start("Drawing the map", lambda task: self._draw(task, wanted, limit))

    def alike(self, id: int, among: "array[int] | None" = None) -> Sequence[int]:
        """A sound, and the ids of those most like it, the likest first, of all or ``among`` some. Raises as ``similar``
        does."""
        ids = self._like(id, _MOST_ALIKE, among)[1]
        return [id, *ids] if among is None or id in among else ids

    def close(self) -> None:
        """Let go of what is kept; twice is fine."""
        with self._lock:
            if self._made is not None:
                self._made[0].close()

    def _parts(self) -> "tuple[Vectors, Judging]":
        from ctk.classify import listening
        from ctk.classify.judging import Judging
        from ctk.classify.vectors import Vectors

        with self._lock:
            if self._made is None:
                vectors = Vectors(self._store, self._home / "derived.db")
                vectors.adopt("built-in", listening.VERSION)
                self._made = vectors, Judging(self._store, vectors)
            return self._made

    def _run(
        self, task: Task, ids: Sequence[int] | None, engine: Listener, device: str, limit: int | None
    ) -> Classified:
        judging = self._parts()[1]
        started_s = time.monotonic()
        task.report("Reading names")
        judging.judge(task)
        heard, problems, rate = 0, [], 0.0
        if engine != "names":
            keeper = self._hear(task, ids, engine, device, limit)
            heard, problems, rate = keeper.count, keeper.problems[:_MOST_PROBLEMS], keeper.files_per_s
            judging.judge(task)
        elapsed_s = time.monotonic() - started_s
        return Classified(engine, self._device, heard, self._counted(ids), problems, elapsed_s, rate)

    def _hear(self, task: Task, ids: Sequence[int] | None, engine: "Ear", device: str, limit: int | None) -> "Keeper":
        """Listen to what ``engine`` has not heard."""
        from ctk.classify import deep, listening
        from ctk.classify.keeper import Keeper

        vectors, judging = self._parts()

        def keeper() -> Keeper:
            with self._store.snapshot() as connection:
                places = vector_rows.places(connection, ids)
            return Keeper(vectors, judging, task, engine, vectors.unheard(engine, places)[:limit])

        if engine == "built-in":
            self._device = "cpu"
            found = keeper()
            listening.listen(found, task)
            return found
        task.report("Starting CNN14")
        with deep.ear(self._home, device) as steady:
            about = steady.about(task.check)
            self._device = " ".join(filter(None, (about.device, about.name, about.precision)))
            vectors.adopt("cnn14", about.digest)
            found = keeper()
            deep.listen(steady, found, task)
        return found

    def _counted(self, ids: Sequence[int] | None) -> Mapping[Category, int]:
        with self._store.snapshot() as connection:
            counts = Counter(row.judged[0] for row in vector_rows.named(connection, ids))
        return {category: counts[category] for category in CATEGORIES if counts[category]}

    def _learn_later(self) -> None:
        """Everything is judged again in the light of new labels, once for all that come in quick succession."""
        with self._lock:
            self._owed = True
            if self._learning:
                return
            self._learning = True
        self._jobs.start("Learning from your labels", self._learn, background=True)

    def _learn(self, task: Task) -> int:
        changed = 0
        try:
            while self._owed:
                task.check()
                time.sleep(_SETTLE_S)
                self._owed = False
                changed = self._parts()[1].judge(task)
        finally:
            with self._lock:
                self._learning = False
        return changed

    def _like(self, id: int, limit: int, among: "array[int] | None") -> "tuple[Ear, list[int], list[float]]":
        """The engine, ids and scores of the sounds most like one, without itself."""
        import numpy as np

        from ctk.classify import alike

        with self._store.snapshot() as connection:
            if lookup.sound(connection, id) is None:
                raise NotFound(f"There is no sound with the number {id}.")
        some = None if among is None else np.sort(np.array(among, np.int64))
        return alike.find(self._store, *self._parts(), id, limit, some)

    def _draw(self, task: Task, ids: "array[int]", limit: int) -> SoundMap:
        from ctk.classify import alike

        task.report("Drawing the map")
        return alike.draw(self._store, self._parts()[0], ids, limit)
