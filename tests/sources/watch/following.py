"""A library that is followed, and what a scan that knows nothing would find in it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import ctk
from ctk.records import Row
from ctk.toolkit import Toolkit

PATIENCE_S = 20.0

Facts = dict[str, tuple[object, ...]]
"""What is told of each file that is there, by its path."""


def facts(toolkit: Toolkit) -> Facts:
    found = toolkit.catalog.search("", limit=1_000_000).rows
    return {row.path: _facts(row) for row in found if row.state in ("ok", "bad")}


def _facts(row: Row) -> tuple[object, ...]:
    return row.size_bytes, row.state, row.format, row.duration_s, row.sample_rate_hz, row.channels


def fresh(home: Path, *roots: Path) -> Facts:
    """What a first scan finds, in a home of its own."""
    with ctk.open(home) as toolkit:
        toolkit.sources.scan(roots).result(60)
        return facts(toolkit)


def ids(toolkit: Toolkit) -> dict[str, int]:
    found = toolkit.catalog.search("", limit=1_000_000).rows
    return {row.path: row.id for row in found if row.state in ("ok", "bad")}


def soon(what: Callable[[], object], wanted: object, patience_s: float = PATIENCE_S) -> None:
    """Wait until ``what()`` is as ``wanted``."""
    deadline = time.monotonic() + patience_s
    while (found := what()) != wanted:
        assert time.monotonic() < deadline, _difference(found, wanted)
        time.sleep(0.02)


def _difference(found: object, wanted: object) -> str:
    if not isinstance(found, dict) or not isinstance(wanted, dict):
        return f"{found} is not {wanted}"
    other = {key: (found.get(key), wanted.get(key)) for key in found.keys() | wanted.keys()}
    return "\n".join(f"{key}: {one} is not {two}" for key, (one, two) in other.items() if one != two)


@contextmanager
def followed(home: Path, *roots: Path) -> Iterator[Toolkit]:
    """Scanned, watched, and watched so long that nothing of before is still to come."""
    with ctk.open(home) as toolkit:
        toolkit.sources.scan(roots).result(60)
        toolkit.sources.watch(True)
        rest(toolkit)
        yield toolkit


def rest(toolkit: Toolkit, quiet_s: float = 0.5) -> None:
    """Wait until no job ran for a while."""
    deadline, since = time.monotonic() + PATIENCE_S, time.monotonic()
    while time.monotonic() - since < quiet_s:
        assert time.monotonic() < deadline, "it does not come to rest"
        if toolkit.jobs.running():
            since = time.monotonic()
        time.sleep(0.02)


class Counter:
    """How often something was told."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, event: object) -> None:
        self.count += 1
