"""A bench to try single steps at: a real catalog of real sounds in a folder of its own."""

from collections.abc import Iterator

import pytest

from ctk.__main__ import _Parts
from ctk.selftest import library
from ctk.selftest.bench import Bench
from ctk.selftest.run import tidy


@pytest.fixture
def bench() -> Iterator[Bench]:
    """Nothing was tried yet."""
    bench = Bench(_Parts())
    yield bench
    if bench.folder is not None and bench.folder.exists():
        tidy(bench)


@pytest.fixture
def scanned(bench: Bench) -> Bench:
    """The sounds are made and in the catalog."""
    for step in (library.catalog, library.sounds, library.scan):
        step(bench)
    return bench
