"""What sounds are, and which are alike. See ``ctk.contract.Classify``."""

import threading
import time
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ctk.catalog import lookup, mark_rows, verdict_rows
from ctk.catalog.store import Store, revision_of
from ctk.errors import UsageError
from ctk.jobs import Job, Jobs, Task
from ctk.records.categories import CATEGORIES, Category, Listener
from ctk.records.hearing import Classified, Hearing, Likeness, Similar, SoundMap

if TYPE_CHECKING:
    from ctk.classify.alike import Alike
    from ctk.classify.judging import Judging
    from ctk.classify.keeper import Keeper
    from ctk.classify.vectors import Ear, Vectors

_MOST_ALIKE = 200
_SETTLE_S = 0.3
"""Labels come one after the other."""
_TURN_S = 0.1
_FEW = 20
"""Where what was heard is less than this part of all sounds, it teaches nothing that the others need at once."""
_UNKNOWN_DEVICE = "auto"
"""What CNN14 would run on is only known once it did."""


class Search(Protocol):
    """Searching, as far as likeness needs it."""

    def ids(self, query: str = "") -> "array[int]": ...


@dataclass(frozen=True, slots=True)
class _Parts:
    """What needs NumPy."""

    vectors: "Vectors"
    judging: "Judging"
    alike: "Alike"


class Classify:
    """Any thread may call any method. NumPy and the models are loaded when they are first needed."""

    def __init__(self, store: Store, home: Path, jobs: Jobs, search: Search) -> None:
        self._store = store
        self._home = home
        self._jobs = jobs
        self._search = search
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._made: _Parts | None = None
        self._owed = self._learning = False
        self._devices: dict[Listener, str] = {"names": "cpu", "built-in": "cpu"}
        self._stock: tuple[tuple[str, int, int], Mapping[str, int], int] | None = None

    def status(self) -> Hearing:
        from ctk.classify import engines

        best = engines.best(self._home)
        by, unheard = self._taken_stock(best)
        return Hearing(
            best,
            self._devices.get(best, _UNKNOWN_DEVICE),
            engines.all_of(self._home),
            by,
            unheard,
            self._parts().judging.lessons,
            engines.weights_words(self._home),
            engines.lacks_weights_only(self._home),
        )

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
        if limit is not None and limit < 0:
            raise UsageError("Fewer than no sounds cannot be listened to: the limit is 0 or more.")
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
        write = self._store.write(lambda connection: mark_rows.label(connection, ids, category), durable=True)
        before = write.result()
        if before:
            self._learn_later()
        return before

    def similar(self, id: int, *, limit: int = 50, query: str = "") -> Similar:
        among = self._search.ids(query) if query.strip() else None
        ear, ids, scores = self._like(id, limit, among)
        with self._store.snapshot() as connection:
            rows = {row.id: row for row in lookup.rows(connection, ids)}
        likest = [Likeness(rows[one], score) for one, score in zip(ids, scores, strict=True) if one in rows]
        return Similar(ear, likest)

    def map(self, query: str = "", *, limit: int = 20_000) -> Job[SoundMap]:
        wanted = self._search.ids(query)

        def work(task: Task) -> SoundMap:
            task.report("Drawing the map")
            return self._parts().alike.draw(wanted, max(limit, 0))

        return self._jobs.start("Drawing the map", work)

    def alike(self, id: int, among: "array[int] | None" = None) -> Sequence[int]:
        """A sound, and the ids of those most like it, the likest first, of all or ``among`` some. Raises as ``similar``
        does."""
        ids = self._like(id, _MOST_ALIKE, among)[1]
        return [id, *ids] if among is None or id in among else ids

    def close(self) -> None:
        """Let go of what is kept; twice is fine. What still runs then ends with an error."""
        with self._lock:
            if self._made is not None:
                self._made.vectors.close()

    def _parts(self) -> _Parts:
        from ctk.classify import listening
        from ctk.classify.alike import Alike
        from ctk.classify.judging import Judging
        from ctk.classify.vectors import Vectors

        with self._lock:
            if self._made is None:
                vectors = Vectors(self._store, self._home / "derived.db")
                vectors.adopt("built-in", listening.VERSION)
                vectors.adopt("cnn14", None)
                judging = Judging(self._store, vectors)
                self._made = _Parts(vectors, judging, Alike(self._store, vectors, judging))
            return self._made

    def _taken_stock(self, best: Listener) -> tuple[Mapping[str, int], int]:
        """How many sounds were judged by whom, and how many ``best`` has not heard; kept while nothing changes."""
        vectors = self._parts().vectors
        with self._store.snapshot() as connection:
            moment = best, revision_of(connection), -1 if best == "names" else vectors.changes(best)
            if self._stock is None or self._stock[0] != moment:
                by = verdict_rows.count_by_engine(connection)
                here = verdict_rows.stamps_here(connection)
                unheard = 0 if best == "names" else len(vectors.unheard(best, here))
                self._stock = moment, by, unheard
            return self._stock[1:]

    def _run(
        self, task: Task, ids: Sequence[int] | None, engine: Listener, device: str, limit: int | None
    ) -> Classified:
        """Runs wait for each other, so that nothing is heard twice."""
        while not self._turn.acquire(timeout=_TURN_S):
            task.report("Waiting for what else is listening")
            task.check()
        try:
            started_s = time.monotonic()
            judging = self._parts().judging
            task.report("Reading names")
            judging.judge_all(task)
            problems: Sequence[str] = ()
            if engine == "names":
                heard = sum(self._counted(ids).values())
                rate = heard / max(time.monotonic() - started_s, 1e-6)
            else:
                keeper = self._hear(task, ids, engine, device, limit)
                heard, problems, rate = keeper.count, keeper.problems, keeper.files_per_s
                if heard * _FEW > self._total():
                    judging.judge_all(task)
        finally:
            self._turn.release()
        counts = self._counted(ids)
        by = {category: counts[category] for category in CATEGORIES if category in counts}
        return Classified(engine, self._devices[engine], heard, by, problems, time.monotonic() - started_s, rate)

    def _hear(self, task: Task, ids: Sequence[int] | None, engine: "Ear", device: str, limit: int | None) -> "Keeper":
        """Listen to what ``engine`` has not heard."""
        from ctk.classify import deep, listening

        if engine == "built-in":
            keeper = self._keeper(task, engine, ids, limit)
            listening.listen(keeper, task)
            return keeper
        task.report("Starting CNN14")
        with deep.ear(self._home, device) as steady:
            about = steady.about(task.check)
            self._devices[engine] = " ".join(filter(None, (about.device, about.name, about.precision)))
            self._parts().vectors.adopt(engine, about.digest)
            keeper = self._keeper(task, engine, ids, limit)
            deep.listen(steady, keeper, task)
        return keeper

    def _keeper(self, task: Task, engine: "Ear", ids: Sequence[int] | None, limit: int | None) -> "Keeper":
        """For what is to be heard; of sounds that are gone for good nothing is kept any longer."""
        from ctk.classify.keeper import Keeper

        parts = self._parts()
        wanted = None if ids is None else set(ids)
        with self._store.snapshot() as connection:
            parts.vectors.retain(set(verdict_rows.ids(connection)))
            here = verdict_rows.stamps_here(connection)
            asked = here if wanted is None else (row for row in here if row[0] in wanted)
            unheard = parts.vectors.unheard(engine, asked)[:limit]
        return Keeper(self._store, parts.vectors, parts.judging, task, engine, unheard)

    def _total(self) -> int:
        with self._store.snapshot() as connection:
            return lookup.count(connection)

    def _counted(self, ids: Sequence[int] | None) -> Mapping[str | None, int]:
        with self._store.snapshot() as connection:
            return verdict_rows.count_by_category(connection, ids)

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
            while self._owes():
                time.sleep(_SETTLE_S)
                task.check()
                changed += self._parts().judging.judge_all(task)
        except BaseException:
            with self._lock:
                self._learning = False
            raise
        return changed

    def _owes(self) -> bool:
        """Whether there are labels nobody learned from; where not, the next one begins anew."""
        with self._lock:
            owed, self._owed = self._owed, False
            self._learning = owed
            return owed

    def _like(self, id: int, limit: int, among: "array[int] | None") -> "tuple[Ear, list[int], list[float]]":
        """The engine, ids and scores of the sounds most like one, without itself."""
        import numpy as np

        some = None if among is None else np.sort(np.array(among, np.int64))
        return self._parts().alike.find(id, max(limit, 0), some)
