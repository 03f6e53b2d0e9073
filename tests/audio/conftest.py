"""What the tests of sound share: a recording sound server, and players that are closed again."""

import time
from collections.abc import Callable, Iterator

import pytest

from ctk.audio.decode.seeking import Hints
from ctk.audio.player import Player
from ctk.errors import NotFound
from ctk.events import DevicesChanged, Events, PlaybackChanged
from ctk.records import NowPlaying
from ctk.settings import Settings
from tests import sound_server
from tests.sound_server import Recording, SoundServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Record again what a machine that stood still for longer than the device's buffer spoiled; -ra lists each."""
    for item in items:
        if isinstance(item, pytest.Function) and "server" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=2))


class Stand:
    """A player with what it was given, and everything that it told: every ``NowPlaying``, the ``words`` about devices,
    what was ``played``, and for how many seconds others were asked to step ``aside``. ``sounds`` are what there is
    besides files, by their ids, and ``hints`` what is known of them."""

    def __init__(self, backend: str, sounds: dict[int, str]) -> None:
        self.settings = Settings()
        self.sounds = sounds
        self.hints: dict[int, Hints] = {}
        self.told: list[NowPlaying] = []
        self.words: list[str] = []
        self.played: list[int] = []
        self.aside: list[float] = []
        events = Events()
        events.subscribe(PlaybackChanged, lambda event: self.told.append(event.now))
        events.subscribe(DevicesChanged, lambda event: self.words.append(event.words))
        self.player = Player(
            lambda id: _find(sounds, id),
            events,
            self.settings,
            backend,
            hints=lambda id: self.hints[id],
            played=self.played.append,
            step_aside=self.aside.append,
        )


def _find(sounds: dict[int, str], id: int) -> str:
    if id not in sounds:
        raise NotFound("There is no such sound.")
    return sounds[id]


Stands = Callable[..., Stand]


def wait_for(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


@pytest.fixture
def stands() -> Iterator[Stands]:
    """Makes stands for players that play into nothing, in real time, unless another ``backend`` is named."""
    made: list[Stand] = []

    def make(backend: str = "null", sounds: dict[int, str] | None = None) -> Stand:
        made.append(Stand(backend, sounds or {}))
        return made[-1]

    yield make
    for stand in made:
        stand.player.close()


@pytest.fixture
def stand(stands: Stands) -> Stand:
    return stands()


@pytest.fixture(scope="package")
def server() -> Iterator[SoundServer]:
    with sound_server.running() as server:
        yield server


@pytest.fixture
def loud(server: SoundServer, stands: Stands, monkeypatch: pytest.MonkeyPatch) -> Stand:
    """A player on the sound server, with a buffer that outlasts what else a busy machine may be doing."""
    monkeypatch.setenv("PULSE_SERVER", server.address)
    stand = stands("pulseaudio")
    stand.settings.buffer_ms = 200
    return stand


@pytest.fixture
def heard(server: SoundServer) -> Iterator[Recording]:
    """What the device plays during the test."""
    with server.recording() as recording:
        yield recording
