"""A pump without a window, over a real catalog of three packs in one home."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import ctk
from ctk.contract import Waveforms
from ctk.records import NowPlaying, Row
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


class Room:
    """The samples in an open home, with a clock and a pump: what models live in."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.toolkit = toolkit
        self.clock = Clock()
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.run = self.clock.run

    def row(self, query: str) -> Row:
        """The first hit."""
        return self.toolkit.catalog.search(query).rows[0]

    @property
    def now(self) -> NowPlaying:
        return self.toolkit.audio.now()

    @property
    def state(self) -> str:
        """Of the player."""
        return self.now.state

    def waveforms(self) -> Waveforms:
        return self.toolkit.waveforms

    def rest(self, ms: int = 150) -> None:
        """Let a while pass."""
        over: list[bool] = []
        self.clock.after(ms, lambda: over.append(True))
        self.clock.run(lambda: over)

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def room(filled: Toolkit) -> Iterator[Room]:
    room = Room(filled)
    yield room
    room.pump.close()
