"""Scanning: against the floor of walking and reading, a cold cache, a bare stat walk, the seed recipe and beets.

``python -m tests.bench.scan [--files N] [--cold] [--beets]``. Every ratio is of medians measured in alternation.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import xxhash

import ctk
from ctk.catalog import stated_rows
from ctk.sources.walk import AUDIO_EXTENSIONS
from tests.bench.table import Result, show
from tests.sounds import tree

FILES = 20_770
ROUNDS = 5
EDGE = 65_536
SEED_FILES = 200
BEETS_FILES = 1_000


def run(files: int = FILES, *, cold: bool = True, beets: bool = True) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        library = Path(folder) / "library"
        tree(library, files, seed=1)
        yield from _first_scan(library, Path(folder), files)
        if cold:
            yield from _cold(library, Path(folder), files)
        yield _stated(library, Path(folder))
        yield _rescan(library, Path(folder), files)
        yield _seed_recipe(library, Path(folder))
        if beets:
            yield _beets(library, Path(folder))
        yield _memory(library, Path(folder))


def walk(top: str) -> Iterator[os.DirEntry[str]]:
    """A bare scandir walk over candidates, the floor's way to the files."""
    pending = [top]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.name.rpartition(".")[2].lower() in AUDIO_EXTENSIONS:
                    yield entry


def floor(library: Path) -> None:
    """Walk, open, two 64 KB reads; one thread, nothing else."""
    for entry in walk(str(library)):
        descriptor = os.open(entry.path, os.O_RDONLY)
        os.read(descriptor, EDGE)
        size = os.fstat(descriptor).st_size
        if size > EDGE:
            os.lseek(descriptor, max(EDGE, size - EDGE), os.SEEK_SET)
            os.read(descriptor, EDGE)
        os.close(descriptor)


def stat_walk(library: Path) -> None:
    for entry in walk(str(library)):
        entry.stat(follow_symlinks=False)


@contextmanager
def fresh_home(folder: Path) -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(dir=folder, prefix="home-"))
    try:
        yield home
    finally:
        shutil.rmtree(home)


def scan(library: Path, home: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([library]).result()


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def drop_caches() -> None:
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3")


def alternating(
    ours: Callable[[], object], baseline: Callable[[], object], before: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    """Medians in seconds of both, measured in turn."""
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        before()
        theirs.append(timed(baseline))
        before()
        mine.append(timed(ours))
    return statistics.median(mine), statistics.median(theirs)


def _first(library: Path, folder: Path) -> None:
    with fresh_home(folder) as home:
        scan(library, home)


def _first_scan(library: Path, folder: Path, files: int) -> Iterator[Result]:
    floor(library)
    ours, base = alternating(lambda: _first(library, folder), lambda: floor(library))
    yield Result(
        "first scan, warm, against walk + open + two reads",
        f"{files / ours:,.0f} files/s",
        f"{files / base:,.0f} files/s",
        ours / base,
        "<= 5",
    )


def _stated(library: Path, folder: Path) -> Result:
    """What it costs to judge tempo, key, type and note of every file, and to keep them."""

    def without() -> None:
        with patch.object(stated_rows, "row_of", lambda *_: stated_rows.StatedRow(claims="")):
            _first(library, folder)

    ours, base = alternating(lambda: _first(library, folder), without)
    return Result(
        "first scan with what names and chunks state, against without",
        f"{ours * 1000:.0f} ms",
        f"{base * 1000:.0f} ms",
        ours / base,
        "<= 1.1",
    )


def _cold(library: Path, folder: Path, files: int) -> Iterator[Result]:
    try:
        drop_caches()
    except OSError as exc:
        yield Result("first scan, cold cache", f"not measured: {exc}", "", None, "<= 0.6")
        return
    ours, base = alternating(lambda: _first(library, folder), lambda: floor(library), drop_caches)
    yield Result(
        "first scan, cold cache, against the sequential floor",
        f"{files / ours:,.0f} files/s",
        f"{files / base:,.0f} files/s",
        ours / base,
        "<= 0.6",
    )


def _rescan(library: Path, folder: Path, files: int) -> Result:
    with fresh_home(folder) as home, ctk.open(home) as toolkit:
        toolkit.sources.scan([library]).result()
        ours, base = alternating(lambda: toolkit.sources.scan().result(), lambda: stat_walk(library))
    return Result(
        "unchanged rescan, against scandir + stat",
        f"{ours * 1000:.0f} ms",
        f"{base * 1000:.0f} ms",
        ours / base,
        "<= 1.5",
    )


def _seed_recipe(library: Path, folder: Path) -> Result:
    """An ffprobe process per file on four threads, a hash of the edges, a commit a row; on a part of the tree."""
    paths = [entry.path for entry in walk(str(library))][:SEED_FILES]
    part = folder / "part"
    _copy(paths, library, part)
    ours, base = alternating(lambda: _first(part, folder), lambda: _seed(part, folder))
    shutil.rmtree(part)
    return Result(
        "first scan, against the seed recipe (ffprobe per file), per file",
        f"{ours / len(paths) * 1e6:.0f} us",
        f"{base / len(paths) * 1e6:,.0f} us",
        base / ours,
        ">= 200 times",
    )


def _copy(paths: list[str], library: Path, part: Path) -> None:
    for path in paths:
        target = part / os.path.relpath(path, library)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _seed(library: Path, folder: Path) -> None:
    command = ["ffprobe", "-v", "quiet", "-print_format", "json", "-show_format", "-show_streams"]
    database = sqlite3.connect(folder / "seed.db")
    database.execute("CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, hash TEXT, facts TEXT)")

    def look(path: str) -> tuple[str, str, str]:
        facts = subprocess.run([*command, path], capture_output=True, text=True, check=False).stdout
        with open(path, "rb") as file:
            head = file.read(EDGE)
            file.seek(max(0, os.path.getsize(path) - EDGE))
            return path, xxhash.xxh64_hexdigest(head + file.read(EDGE)), facts

    with ThreadPoolExecutor(4) as pool:
        for row in pool.map(look, [entry.path for entry in walk(str(library))]):
            database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", row)
            database.commit()
    database.close()


def _beets(library: Path, folder: Path) -> Result:
    paths = [entry.path for entry in walk(str(library))][:BEETS_FILES]
    part = folder / "part"
    _copy(paths, library, part)
    beet = _install_beets(folder / "beets")
    config = folder / "beets.yaml"
    config.write_text(
        f"directory: {folder}/music\nlibrary: {folder}/beets.db\n"
        "import:\n  copy: no\n  write: no\n  autotag: no\n  quiet: yes\n  duplicate_action: keep\n"
    )

    def catalogue() -> None:
        (folder / "beets.db").unlink(missing_ok=True)
        command = [str(beet), "-c", str(config), "import", "-q", "-A", "-C", "-W", str(part)]
        subprocess.run(command, capture_output=True, check=True)

    catalogue()
    with sqlite3.connect(folder / "beets.db") as database:
        taken = database.execute("SELECT count(*) FROM items").fetchone()[0]
    ours, base = alternating(lambda: _first(part, folder), catalogue)
    shutil.rmtree(part)
    return Result(
        "first scan, against beets, per file",
        f"{ours / len(paths) * 1e6:.0f} us",
        f"{base / taken * 1e6:,.0f} us",
        (base / taken) / (ours / len(paths)),
        ">= 20 times",
    )


def _install_beets(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", "beets"], check=True)
    return folder / "bin" / "beet"


def _memory(library: Path, folder: Path) -> Result:
    code = (
        "import ctk, resource, sys\n"
        "with ctk.open(sys.argv[1]) as toolkit:\n"
        "    toolkit.sources.scan([sys.argv[2]]).result()\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    with fresh_home(folder) as home:
        done = subprocess.run(
            [sys.executable, "-c", code, str(home), str(library)], capture_output=True, text=True, check=True
        )
    return Result("first scan, peak memory of the process", f"{float(done.stdout):.0f} MB", "", None, "about 150 MB")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--no-cold", action="store_true")
    options.add_argument("--no-beets", action="store_true")
    chosen = options.parse_args()
    show(run(chosen.files, cold=not chosen.no_cold, beets=not chosen.no_beets))
