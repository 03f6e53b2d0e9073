"""A pump without a window, over a real catalog of three packs in one home."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.toolkit import Toolkit
from ctk.ui.pump import Pump
from tests.catalog.synthetic import fill
from tests.ui.clock import Clock

COUNT = 2000


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def catalogued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with ``COUNT`` sounds that never were."""
    home = tmp_path_factory.mktemp("catalogued") / "home"
    with ctk.open(home) as toolkit:
        fill(toolkit._store, COUNT)
    return home


@pytest.fixture
def many(catalogued: Path, home: Path) -> Iterator[Toolkit]:
    """A copy of that home, open."""
    shutil.copytree(catalogued, home)
    with ctk.open(home) as toolkit:
        yield toolkit


@pytest.fixture
def pump(clock: Clock, many: Toolkit) -> Iterator[Pump]:
    troubles: list[Exception] = []
    pump = Pump(clock, many.events, troubles.append)
    yield pump
    pump.close()
    assert troubles == []
