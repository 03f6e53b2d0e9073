"""Finding what is alike, and judging what sounds are, in libraries of 20,000 and 200,000 sounds.

``python -m tests.bench.similar``. The vectors of CNN14 are made up: as long as the real ones, all leaning one way, in
crowds of different sizes, most of what differs in few directions and some in all. The baseline has them all in memory
as float32, takes the product with one, and sorts out the best.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

from ctk.catalog import verdict_rows
from ctk.catalog.store import Store
from ctk.catalog.vector_rows import Heard
from ctk.classify import builtin, features
from ctk.classify.alike import Alike
from ctk.classify.judging import Judging
from ctk.classify.neighbours import Floats, Longs
from ctk.classify.vectors import Ear, Vectors, packed, unit
from ctk.jobs import Task
from ctk.records.categories import CATEGORIES
from tests.bench.table import Result, show
from tests.catalog import synthetic

SIZES: Final = (20_000, 200_000)
REACH: Final[dict[tuple[Ear, int], float]] = {("cnn14", 200_000): 0.3}
EASY: Final = 1.5
"""Elsewhere; the features of the built-in model are so few that nothing is to be gained on a product with all."""
ASKED: Final = 40
LIMIT: Final = 10
CHUNK: Final = 4000
CROWDS: Final = 300
DIMENSIONS: Final[dict[Ear, int]] = {"cnn14": 2048, "built-in": features.SIZE}
QUIET: Final = Task(lambda _: None)


def run() -> Iterator[Result]:
    for size in SIZES:
        with (
            tempfile.TemporaryDirectory(prefix="ctk-bench-") as home,
            closing(Store(Path(home) / "catalog.db")) as store,
        ):
            synthetic.fill(store, size)
            yield from judged(store, Path(home), size)
            yield from found(store, Path(home), size, "built-in")
            yield from found(store, Path(home), size, "cnn14")


def judged(store: Store, home: Path, size: int) -> Iterator[Result]:
    """All names read, all that is known learned, and everything judged; then again, when nothing is new."""
    with closing(Vectors(store, home / "derived.db")) as vectors:
        heard(store, vectors, "built-in")
        judging = Judging(store, vectors)
        first, again = (timed_s(lambda: judging.judge_all(QUIET)) for _ in range(2))
        yield Result(f"judge {size:,} sounds, all of them anew", f"{first:.1f} s", "", None, "")
        yield Result(f"judge {size:,} sounds again", f"{again:.1f} s", "", None, "")


def found(store: Store, home: Path, size: int, ear: Ear) -> Iterator[Result]:
    with closing(Vectors(store, home / "derived.db")) as vectors:
        whole = heard(store, vectors, ear) if ear == "cnn14" else kept(vectors, ear)
        alike = Alike(store, vectors, Judging(store, vectors))
        ids = vectors.matrix(ear).ids
        asked = [int(id) for id in ids[:: len(ids) // ASKED][:ASKED]]
        rows = np.searchsorted(ids, asked)
        alike.find(asked[0], LIMIT, None)
        ours = [timed_s(lambda id=id: alike.find(id, LIMIT, None)) for id in asked]  # type: ignore[misc]
        bare = [timed_s(lambda row=row: best(whole, row)) for row in rows]  # type: ignore[misc]
        fast, slow = (statistics.median(times) for times in (ours, bare))
        what = f"{LIMIT} most like one of {size:,}, {ear} ({whole.shape[1]} numbers)"
        yield Result(
            what, f"{fast * 1e3:.1f} ms", f"{slow * 1e3:.1f} ms", fast / slow, f"<= {REACH.get((ear, size), EASY)}"
        )
        right = [
            len({*alike.find(id, LIMIT, None)[1]} & {*ids[best(whole, row)].tolist()})
            for id, row in zip(asked, rows, strict=True)
        ]
        yield Result(f"of the exact {LIMIT} found", f"{sum(right) / LIMIT / len(asked):.4f}", "", None, ">= 0.99")


def best(whole: Floats, row: int) -> Longs:
    """The rows most like ``row``, by the product with all of them."""
    scores = whole @ whole[row]
    scores[row] = -1
    some = np.argpartition(-scores, LIMIT)[:LIMIT]
    found: Longs = some[np.argsort(-scores[some])]
    return found


def kept(vectors: Vectors, ear: Ear) -> Floats:
    """All unit vectors as they were kept."""
    ids = vectors.matrix(ear).ids
    return np.concatenate([vectors.whole(ear, ids[start : start + CHUNK]) for start in range(0, len(ids), CHUNK)])


def heard(store: Store, vectors: Vectors, ear: Ear) -> Floats:
    """Keep made-up vectors for all sounds of ``store``; they as unit vectors."""
    vectors.adopt(ear, "bench")
    with store.snapshot() as connection:
        here = list(verdict_rows.stamps_here(connection))
    whole = np.empty((len(here), DIMENSIONS[ear]), np.float32)
    for start in range(0, len(here), CHUNK):
        some = here[start : start + CHUNK]
        made = embeddings(start, len(some)) if ear == "cnn14" else measured(start, len(some))
        whole[start : start + CHUNK] = unit(ear, made.astype(np.float16).astype(np.float32))
        beliefs = builtin.Model.load().probabilities(measured(start, len(some)))
        vectors.keep(
            ear,
            [
                Heard(*place, json.dumps([[round(belief, 4) for belief in row.tolist()], "made up"]), packed(vector))
                for place, row, vector in zip(some, beliefs, made, strict=True)
            ],
        )
    return whole


def embeddings(start: int, count: int) -> Floats:
    """As CNN14's: no number is negative, and the spread of directions falls as measured ones do, by a power law."""
    size = DIMENSIONS["cnn14"]
    spread = np.arange(1, size + 1, dtype=np.float32) ** -0.75
    crowds = np.random.default_rng(0).standard_normal((CROWDS, size), np.float32)
    random = np.random.default_rng(start + 1)
    which = (CROWDS * random.random(count) ** 2).astype(np.int64)
    made: Floats = 0.25 + (crowds[which] + 0.7 * random.standard_normal((count, size), np.float32)) * spread
    return made.clip(0)


def measured(start: int, count: int) -> Floats:
    """Features that differ as those the built-in model was made for."""
    model = builtin.Model.load()
    size = DIMENSIONS["built-in"]
    mixed = np.random.default_rng(0).standard_normal((len(CATEGORIES) * 8, size)).astype(np.float32)
    random = np.random.default_rng(start + 1)
    share = random.standard_normal((count, len(mixed))).astype(np.float32) ** 3 / 8
    made: Floats = (model.mean + model.spread * (share @ mixed / 4)).astype(np.float32)
    return made


def timed_s(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    show(run())
