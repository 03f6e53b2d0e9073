"""Counting what a result can be narrowed down by, against GROUP BY over the same rows in SQLite.

``python -m tests.bench facets``. The result's ids are given to SQLite, so that it need not search; ours finds them
first. No query is asked twice of one open catalog, and both take turns.
"""

import random
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ctk.catalog import mark_rows
from ctk.catalog.catalog import Catalog
from ctk.catalog.query import parse
from ctk.catalog.store import Store
from tests.bench.search import COMMON, PAIRS, PHRASES, RARE, SHORT, WITHOUT, _answer, _share, _timed
from tests.bench.table import Result
from tests.catalog import synthetic

SCALES = (20_000, 200_000)
REACH_MS = {20_000: 10, 200_000: 60}
FIELDS = (
    "ext:wav len:<1",
    "type:loop",
    "type:loop bpm:120..<130",
    "key:Am,C type:loop",
    "format:wav,flac kick",
    "tag:dark",
    "tag:dark,warm rating:>=3",
    "rating:4,5 fav:yes",
    'source:"/media/archive/Old Drives" len:1..<5',
    "is:missing",
    "-type:loop -tag:dark snare",
    "heard:>100",
    "about:nova",
)

_BY = {
    "type": "SELECT s.kind, count(*) {} GROUP BY 1",
    "bpm": "SELECT (s.bpm >= 80) + (s.bpm >= 100) + (s.bpm >= 120) + (s.bpm >= 130) + (s.bpm >= 150) + (s.bpm >= 180),"
    " count(*) {} GROUP BY 1",
    "key": "SELECT s.musical_key, count(*) {} GROUP BY 1",
    "len": "SELECT (s.duration_s >= 0.999) + (s.duration_s >= 4.999) + (s.duration_s >= 29.999)"
    " + (s.duration_s >= 299.999), count(*) {} GROUP BY 1",
    "format": "SELECT s.format, count(*) {} GROUP BY 1",
    "tag": "SELECT x.tag_id, count(*) {} JOIN sound_tags x ON x.sound_id = s.id GROUP BY 1",
    "rating": "SELECT s.rating, count(*) {} GROUP BY 1",
    "fav": "SELECT s.favourite, count(*) {} GROUP BY 1",
    "collection": "SELECT x.collection_id, count(*) {} JOIN collection_sounds x ON x.sound_id = s.id GROUP BY 1",
    "source": "SELECT f.source_id, count(*) {} JOIN folders f ON f.id = s.folder_id GROUP BY 1",
    "is": "SELECT s.state, s.health, count(*) {} GROUP BY 1, 2",
}
_ALIKE = ("type", "bpm", "len", "format", "tag", "rating", "fav", "collection", "source")
"""Facets whose choices are the groups, one for one."""
_HITS = "FROM temp.hits h CROSS JOIN sounds s ON s.id = h.id"


def asks(seed: int = 6) -> list[str]:
    """Words and fields, common and rare, none twice."""
    texts = [*COMMON[::2], *RARE[::3], *SHORT[::3], *PAIRS, *PHRASES[::2], *WITHOUT, *FIELDS, ""]
    random.Random(seed).shuffle(texts)
    return texts


def run(scales: Sequence[int] = SCALES) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    for count in scales:
        with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
            home = Path(folder)
            with closing(Store(home / "catalog.db")) as store:
                synthetic.fill(store, count)
                synthetic.mark(store)
                yield from _counting(store, home, count)
                yield from _following(store, home, count)


def _counting(store: Store, home: Path, count: int) -> Iterator[Result]:
    with closing(Catalog(store, home / "derived.db")) as catalog, closing(_beside(home)) as plain:
        catalog.search("warm up")
        times = [_both_ways(catalog, plain, text) for text in asks()]
        again = [_timed(lambda text=text: catalog.facets(text)) for text in [asks()[-1]] * 20]  # type: ignore[misc]
    mine, theirs = ([each[way] for each in times] for way in range(2))
    for name, at in (("p50", 0.5), ("p95", 0.95)):
        yield Result(
            f"{count:,}: facets of a search, {name} of {len(mine)}, against GROUP BY",
            f"{_share(mine, at) * 1000:.1f} ms",
            f"{_share(theirs, at) * 1000:.1f} ms",
            _share(mine, at) / _share(theirs, at),
            f"<= 0.20, about {REACH_MS[count]} ms" if name == "p95" else "",
        )
    yield Result(f"{count:,}: the same facets again, p95", f"{_share(again, 0.95) * 1000:.1f} ms", "", None, "")


def _beside(home: Path) -> sqlite3.Connection:
    """The same catalog, with room for the ids of a result."""
    connection = sqlite3.connect(f"{(home / 'catalog.db').as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY)")
    return connection


def _both_ways(catalog: Catalog, plain: sqlite3.Connection, text: str) -> tuple[float, float]:
    """Seconds of ours, and of one statement a facet over the same rows, which must count the same."""
    found, mine = _answer(lambda: catalog.facets(text))
    plain.execute("DELETE FROM temp.hits")
    plain.executemany("INSERT INTO temp.hits VALUES (?)", ((id,) for id in catalog.ids(text)))
    grouped, theirs = _answer(lambda: {name: plain.execute(sql.format(_HITS)).fetchall() for name, sql in _BY.items()})
    asked = {condition.field for condition in parse(text).conditions}
    for facet in found.facets:
        if facet.name in _ALIKE and facet.name not in asked:
            counts = sorted(number for value, number in grouped[facet.name] if value is not None)
            if sorted(choice.count for choice in facet.choices) != counts:
                raise AssertionError(f"{text} has other counts of {facet.name} in SQLite: {counts}")
    return mine, theirs


def _following(store: Store, home: Path, count: int) -> Iterator[Result]:
    """Stars for 200 sounds, and the facets of what was searched before."""
    with closing(Catalog(store, home / "derived.db")) as catalog:
        catalog.facets("kick")
        ids = catalog.ids("kick")[:200].tolist()
        times = []
        for stars in range(1, 6):
            store.write(lambda connection, stars=stars: mark_rows.rate(connection, ids, stars)).result()  # type: ignore[misc]
            times.append(_timed(lambda: catalog.facets("kick")))
    yield Result(f"{count:,}: facets after 200 new ratings", f"{statistics.median(times) * 1000:.1f} ms", "", None, "")
