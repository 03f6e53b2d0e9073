"""Searching a catalog, against LIKE and COUNT on the same rows in SQLite.

``python -m tests.bench.search [COUNT ...] [--long]``; 20,000 and 200,000 sounds unless told, with ``--long`` also
1,000,000. No search is asked twice of one open catalog, so nothing comes out of a cache; ours and the baseline take
turns.
"""

import argparse
import gc
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Connection, Store
from tests import house
from tests.bench.like import Like, over_catalog, over_flat
from tests.bench.table import Result, show
from tests.catalog import small, synthetic

SCALES = (20_000, 200_000)
LONG = 1_000_000
ROUNDS = 3
PAGE = 128
"""As many rows as the window asks for at once."""
REACH_MS = {20_000: 5, 200_000: 16, 1_000_000: 50}

COMMON = (
    "kick snare wav loop clap bass vocal hat perc crash pad lead riser drum beat one shots dark deep warm 808".split()
)
RARE = "zzzz qwx 77777 cowbell 4711 anna downlifter xylo 2019-07 fsflfv drumm tambourine cracklee märchen w4v".split()
SHORT = "a e k 1 0 s o m 9 ki hi sn lo 12 dr wa fx bd 3 ba".split()
PAIRS = ("kick 808", "snare dark", "loop 120", "vocal chop wet", "deep house kick", "hat open 01", "a b c", "bass f# 9")
PHRASES = (
    '"drum loop"',
    "hi-hat",
    "lo-fi",
    '"kick 0"',
    "808-kick",
    '"one shots kick"',
    '"vol 1"',
    "drum&bass",
    '"1 wav"',
)
WITHOUT = ("kick -loop", "-wav", "snare -808 -clap", "bass -loops", "-kick -snare")
FIELDS = (
    "ext:wav len:<1",
    "kick ch:mono",
    "rate:48k",
    "in:drums snare",
    "is:missing",
    "len:1-4 loop",
    "size:>5M -ext:mp3",
)
SORTS = ("name", "name", "name", "duration_s", "size_bytes", "added_s", "path")


@dataclass(frozen=True, slots=True)
class Ask:
    """One search as a person makes it."""

    text: str
    sort: str = "name"
    desc: bool = False


def asks(seed: int = 5) -> list[Ask]:
    """A mixed set: common, rare and very short words, several, phrases, exclusions, fields; mostly sorted by name."""
    chance = random.Random(seed)
    texts = [*COMMON, *RARE, *SHORT, *PAIRS, *PHRASES, *WITHOUT, *FIELDS, ""]
    chance.shuffle(texts)
    return [Ask(text, SORTS[n % len(SORTS)], n % 3 == 0) for n, text in enumerate(texts)]


def run(scales: Sequence[int] = SCALES) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    for count in scales:
        with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
            home = Path(folder)
            with closing(Store(home / "catalog.db")) as store:
                synthetic.fill(store, count)
                yield from _building(store, home, count)
                yield from _searching(store, home, count)
                yield from _paging(store, home, count)
                yield from _refreshing(store, home, count)
            yield from _opening(home, count)


def _building(store: Store, home: Path, count: int) -> Iterator[Result]:
    catalog = Catalog(store, home / "derived.db")
    import_module("ctk.catalog.index")  # numpy's own loading is part of the first search after opening
    seconds = _timed(lambda: catalog.ids("kick"))
    yield Result(f"{count:,}: building the index, per sound", f"{seconds / count * 1e6:.1f} us", "", None, "<= 6 us")
    seconds = _timed(catalog.save_if_worthwhile)
    size = (home / "derived.db").stat().st_size
    yield Result(f"{count:,}: keeping it ({size / 1e6:.0f} MB)", f"{seconds * 1000:.0f} ms", "", None, "")


def _searching(store: Store, home: Path, count: int) -> Iterator[Result]:
    """Each search with total, order and the rows of a page, in turn with the same by LIKE, in two ways.

    The time of a search is the median of several rounds, each of which opens the catalog anew.
    """
    flat = over_flat(store.read(), home / "flat.db")
    rounds: list[list[tuple[float, float, float]]] = []
    for _ in range(ROUNDS if count < LONG else 1):
        catalog = Catalog(store, home / "derived.db")
        catalog.search("warm up")
        rounds.append([_each_way(catalog, over_catalog(store.read()), flat, ask) for ask in asks()])
    flat.connection.close()
    middle = [[statistics.median(times) for times in zip(*turns, strict=True)] for turns in zip(*rounds, strict=True)]
    mine, *others = ([times[way] for times in middle] for way in range(3))
    for name, at in (("p50", 0.5), ("p95", 0.95)):
        for other, words in zip(others, ("LIKE + COUNT", "LIKE on a flat folded table"), strict=True):
            goal = f">= 8 times, about {REACH_MS.get(count, 0)} ms" if (name, other) == ("p95", others[0]) else ""
            yield Result(
                f"{count:,}: a search, {name} of {len(mine)}, against {words}",
                f"{_share(mine, at) * 1000:.1f} ms",
                f"{_share(other, at) * 1000:.1f} ms",
                _share(other, at) / _share(mine, at),
                goal,
            )


def _each_way(catalog: Catalog, plain: Like, flat: Like, ask: Ask) -> tuple[float, float, float]:
    """Seconds of a search, of LIKE on the catalog's tables, and on the flat table, which must find the same."""
    page, mine = _answer(lambda: catalog.search(ask.text, sort=ask.sort, desc=ask.desc, limit=PAGE))
    _, slow = _answer(lambda: plain.search(ask.text, sort=ask.sort, desc=ask.desc, limit=PAGE))
    (total, rows), best = _answer(lambda: flat.search(ask.text, sort=ask.sort, desc=ask.desc, limit=PAGE))
    if (page.total, len(page.rows)) != (total, len(rows)):
        raise AssertionError(f"{ask} finds {page.total}, going through all rows {total}")
    return mine, slow, best


def _paging(store: Store, home: Path, count: int) -> Iterator[Result]:
    catalog = Catalog(store, home / "derived.db")
    catalog.ids("")
    chance = random.Random(1)
    places = [chance.randrange(count - PAGE) for _ in range(40)]
    times = [_timed(lambda at=at: catalog.search(offset=at, limit=PAGE)) for at in places]  # type: ignore[misc]
    yield Result(f"{count:,}: any page of everything, p95", f"{_share(times, 0.95) * 1000:.1f} ms", "", None, "<= 5 ms")


def _refreshing(store: Store, home: Path, count: int) -> Iterator[Result]:
    """The first search after 1,000 new sounds, less a search that had nothing new."""
    catalog = Catalog(store, home / "derived.db")
    catalog.ids("kick")
    times = []
    for batch in range(5):

        def add(connection: Connection, batch: int = batch) -> None:
            for n in range(1000):
                small.add(connection, "/media/new", f"batch {batch}", f"fresh {chr(97 + n % 26)} {n}.wav")

        store.write(add).result()
        after = _timed(lambda batch=batch: catalog.search(f"fresh batch-{batch}"))  # type: ignore[misc]
        times.append(after - _timed(lambda batch=batch: catalog.search(f"batch-{batch} fresh")))  # type: ignore[misc]
    middle = statistics.median(times)
    yield Result(f"{count:,}: following 1,000 new sounds", f"{middle * 1000:.1f} ms", "", None, "")


_OPEN = """
import sys, time
from pathlib import Path
from ctk.catalog.catalog import Catalog
from ctk.catalog.store import Store
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6 if sys.platform == "linux" else 0
home = Path(sys.argv[1])
started = time.perf_counter()
catalog = Catalog(Store(home / "catalog.db"), home / "derived.db")
catalog.search()
first = time.perf_counter()
import numpy
before = resident()
began = time.perf_counter()
assert catalog.search("kick").total
print(first - started, time.perf_counter() - began + (began - first), resident() - before)
"""


def _opening(home: Path, count: int) -> Iterator[Result]:
    """In a process of its own: the first page, the first search (loading numpy included), the memory it takes."""
    found: list[tuple[float, ...]] = []
    for _ in range(3):
        code = [sys.executable, "-c", _OPEN, str(home)]
        done = subprocess.run(code, cwd=house.ROOT, capture_output=True, check=True, text=True)
        found.append(tuple(float(number) for number in done.stdout.split()))
    first, search, memory = (statistics.median(column) for column in zip(*found, strict=True))
    yield Result(f"{count:,}: opening and the first page", f"{first * 1000:.0f} ms", "", None, "")
    reach = "<= 500 ms" if count <= 200_000 else ""
    yield Result(f"{count:,}: the first search after opening", f"{search * 1000:.0f} ms", "", None, reach)
    yield Result(f"{count:,}: memory of the index", f"{memory:.0f} MB", "", None, "<= 200 MB")


def _answer(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    found = work()
    return found, time.perf_counter() - started


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    return _answer(work)[1]


def _share(times: Sequence[float], at: float) -> float:
    return sorted(times)[min(int(len(times) * at), len(times) - 1)]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("counts", nargs="*", type=int, default=SCALES)
    options.add_argument("--long", action="store_true", help=f"also {LONG:,}")
    chosen = options.parse_args()
    show(run((*chosen.counts, *([LONG] if chosen.long else []))))
