"""A small library for batch tests, and what is on its disk: every file by place, content and time."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ctk
from ctk.batch.batch import Batch
from ctk.records import Plan, Receipt
from ctk.toolkit import Toolkit
from tests.sources.library import wav

Tree = dict[str, tuple[str, int]]
"""Relative path to (digest of the content, mtime_ns)."""

EVERY = "is:ok,bad,missing,offline,cloud,held"
"""Held sounds too, which a search leaves out unless asked."""


def tree(*tops: str | Path, held: bool = False) -> Tree:
    """Every file below ``tops``; with ``held`` also what waits in holding folders."""
    found: Tree = {}
    for top in tops:
        for folder, names, files in os.walk(top):
            if not held and ".ctk-held" in names:
                names.remove(".ctk-held")
            for file in files:
                path = os.path.join(folder, file)
                if not os.path.islink(path):
                    data = Path(path).read_bytes()
                    place = os.path.join(os.path.basename(top), os.path.relpath(path, top))
                    found[place] = hashlib.sha1(data).hexdigest(), os.stat(path).st_mtime_ns
    return found


def contents(*tops: str | Path) -> set[str]:
    """What is there at all, wherever it is."""
    return {digest for digest, _ in tree(*tops, held=True).values()}


def folders(top: Path) -> set[str]:
    return {os.path.relpath(os.path.join(folder, name), top) for folder, names, _ in os.walk(top) for name in names}


def fill(root: Path, count: int = 6) -> Path:
    """``count`` kicks in one folder, a loop beside it, and a file that belongs to the first kick."""
    for number in range(count):
        wav(root / "Drums" / f"kick {number}.wav", number, frames=200)
    wav(root / "loop.wav", 1000, frames=300)
    (root / "Drums" / "kick 0.wav.asd").write_bytes(b"warp markers")
    return root


@contextmanager
def scanned(home: Path, *roots: Path) -> Iterator[Toolkit]:
    """An open home that knows these folders."""
    with ctk.open(home) as toolkit:
        toolkit.sources.scan(roots or None).result(60)
        yield toolkit


def ids(toolkit: Toolkit, query: str = "") -> list[int]:
    """The sounds by their path."""
    return [int(id) for id in toolkit.catalog.ids(query, sort="path")]


def named(toolkit: Toolkit, name: str) -> int:
    """The id of the one sound that is called ``name``."""
    rows = toolkit.catalog.search(EVERY, limit=100_000).rows
    (found,) = [row.id for row in rows if row.name == name and row.state != "missing"]
    return found


def places(toolkit: Toolkit) -> dict[int, tuple[str, str]]:
    """Where the catalog has every sound, and in what state."""
    rows = toolkit.catalog.search(EVERY, limit=1_000_000, sort="id").rows
    return {row.id: (row.path, row.state) for row in rows}


def do(batch: Batch, plan: Plan) -> Receipt:
    return batch.apply(plan).result(120)


def undo(batch: Batch, receipt: int | None = None) -> Receipt:
    return batch.undo(receipt).result(120)


def assert_true_to_disk(toolkit: Toolkit) -> None:
    """Every row that claims a file has it, and a scan finds nothing that it did not know."""
    for path, state in places(toolkit).values():
        assert os.path.isfile(path) == (state in ("ok", "bad", "held")), (path, state)
    report = toolkit.sources.scan().result(60)
    assert (report.added, report.changed, report.moved, report.missing) == (0, 0, 0, 0), report
