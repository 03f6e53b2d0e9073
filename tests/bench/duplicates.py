"""Duplicates: against jdupes on the same tree, reading the candidates once, and plain SQL over a million sounds.

``python -m tests.bench.duplicates [--files N] [--count N]``. Every ratio is of medians measured in alternation.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import ctk
from ctk.catalog import duplicate_traits
from ctk.catalog.store import Connection, Store
from ctk.duplicates.duplicates import Duplicates
from ctk.duplicates.exact import prove
from ctk.duplicates.near import versions
from ctk.events import Events
from ctk.jobs import Jobs, Task
from ctk.records import Plan
from tests.bench.scan import alternating, fresh_home, timed
from tests.bench.table import Result, show
from tests.catalog import synthetic
from tests.sounds import tree

FILES = 20_770
COPIES = 760
LARGE = 200
"""Copies of files beyond the size up to which the fingerprint is made from every byte."""

LARGE_BYTES = 4_000_000
COUNT = 1_000_000
ONE_IN = 20
"""Every so many sounds of a big catalog is a copy of the one before it: 5 %."""


def run(files: int = FILES, count: int = COUNT) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "library"
        fill(library, files)
        yield from _on_disk(library, Path(folder))
        with closing(Store(Path(folder) / "big.db")) as store:
            synthetic.fill(store, count)
            yield from _in_catalog(store, count)


def fill(library: Path, files: int) -> None:
    """A sample library with copies, small and large."""
    chance = random.Random(1)
    made = tree(library, files, seed=1)
    large = []
    for number in range(LARGE):
        path = library / f"Stems/{number}.wav"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made[0].read_bytes()[:44] + random.Random(number).randbytes(LARGE_BYTES))
        large.append(path)
    for number, original in enumerate([*chance.sample(made, COPIES), *large]):
        target = library / f"Backup/{number % 50}/{number} {original.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(original, target)


def _on_disk(library: Path, folder: Path) -> Iterator[Result]:
    tool = shutil.which("jdupes")

    def jdupes() -> None:
        subprocess.run([str(tool), "--recurse", "--quiet", str(library)], stdout=subprocess.DEVNULL, check=True)

    def scan_and_prove() -> None:
        with fresh_home(folder) as home, ctk.open(home) as toolkit:
            toolkit.sources.scan([library]).result()
            toolkit.duplicates.find().result()

    if tool:
        jdupes()
        ours, base = alternating(scan_and_prove, jdupes)
        yield Result("scan + proof, against jdupes", f"{ours:.2f} s", f"{base:.2f} s", ours / base, "<= 4")
    else:
        yield Result("scan + proof, against jdupes", "not measured: there is no jdupes", "", None, "<= 4")
    with fresh_home(folder) as home, ctk.open(home) as toolkit:
        toolkit.sources.scan([library]).result()
        toolkit.duplicates.find().result()
        candidates = [copy.path for group in toolkit.duplicates.find().result().groups for copy in group.files]
        ours, base = alternating(
            lambda: prove(toolkit._store, Task(lambda progress: None)),
            lambda: _read(candidates),
            lambda: toolkit._store.write(_forget).result(),
        )
        what = f"proof of {len(candidates):,} candidates, against reading them once"
        yield Result(what, f"{ours:.2f} s", f"{base:.2f} s", ours / base, "<= 1.3")
        again = timed(lambda: toolkit.duplicates.find().result())
        yield Result("search when nothing changed", f"{again * 1000:.0f} ms", "", None, "")
        overlap = timed(toolkit.duplicates.folders)
        yield Result("folders inside folders", f"{overlap * 1000:.0f} ms", "", None, "")


def _forget(connection: Connection) -> None:
    """As if nothing had been proven before."""
    connection.execute("UPDATE sounds SET full_hash = NULL WHERE full_hash IS NOT NULL")
    connection.execute("UPDATE duplicate_finds SET revision = 0")
    for table in ("duplicate_files", "duplicate_groups", "duplicate_stale"):
        connection.execute(f"DELETE FROM {table}")


def _read(paths: list[str]) -> None:
    """One thread, nothing but reading."""
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 20):
                pass


def _in_catalog(store: Store, count: int) -> Iterator[Result]:
    events = Events()
    duplicates = Duplicates(store, Jobs(events), plan_clean=lambda pairs: Plan("clean", "", ()))
    store.write(_copy_some).result()
    first = timed(lambda: duplicates.find().result())
    yield Result(f"first search, {count:,} sounds, {count // ONE_IN:,} copies", f"{first:.2f} s", "", None, "")
    ours, base = alternating(lambda: duplicates.summary(limit=200), lambda: _group_by(store))
    what = f"summary and first 200 groups, {count:,} sounds, against GROUP BY"
    yield Result(what, f"{ours * 1000:.1f} ms", f"{base * 1000:.0f} ms", ours / base, "<= 1/15")
    again = timed(lambda: duplicates.find().result())
    yield Result("search when nothing changed", f"{again * 1000:.0f} ms", "", None, "")
    store.write(_touch_some).result()
    again = timed(lambda: duplicates.find().result())
    yield Result("search after 1,000 sounds changed", f"{again * 1000:.0f} ms", "", None, "")
    yield Result("folders inside folders", f"{timed(duplicates.folders) * 1000:.0f} ms", "", None, "")
    learning = timed(lambda: duplicates.find(near=True).result())
    yield Result("first search for near ones, with learning their names", f"{learning:.1f} s", "", None, "")
    ours, base = alternating(lambda: _near(store), lambda: _ordered_pass(store))
    what = f"near duplicates, {count:,} sounds, against one ordered pass"
    yield Result(what, f"{ours:.2f} s", f"{base:.2f} s", ours / base, "<= 3")


def _copy_some(connection: Connection) -> None:
    connection.execute(
        "UPDATE sounds SET (fingerprint, size_bytes, state) = (SELECT fingerprint, size_bytes, state FROM sounds o"
        f" WHERE o.id = sounds.id - 1) WHERE id % {ONE_IN} = 0"
    )
    connection.execute(f"UPDATE sounds SET full_hash = zeroblob(16) WHERE id % {ONE_IN} IN (0, {ONE_IN - 1})")


def _touch_some(connection: Connection) -> None:
    connection.execute(
        "UPDATE sounds SET mtime_ns = mtime_ns + 1, revision = (SELECT revision FROM clock) WHERE id % 1000 = 0"
    )


def _group_by(store: Store) -> None:
    store.read().execute(
        "SELECT count(*), sum((files - 1) * size_bytes) FROM (SELECT size_bytes, count(*) AS files FROM sounds"
        " GROUP BY fingerprint, size_bytes HAVING count(*) > 1)"
    ).fetchone()


def _near(store: Store) -> None:
    connection = store.read()
    versions(duplicate_traits.of_one_name(connection))


def _ordered_pass(store: Store) -> None:
    """Every sound by name and length, out of an index that holds all that is asked for."""
    deque(
        store.read().execute(
            "SELECT stem, length_ms, content, sound_id FROM duplicate_traits INDEXED BY duplicate_traits_by_stem"
            " WHERE stem IS NOT NULL ORDER BY stem, length_ms, content, sound_id"
        ),
        maxlen=0,
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--count", type=int, default=COUNT)
    chosen = options.parse_args()
    show(run(chosen.files, chosen.count))
