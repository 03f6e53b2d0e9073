"""Playing from the list, with the real player on a device that is silent."""

import dataclasses
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.errors import NoAudioDevice
from ctk.records import NowPlaying, Row
from ctk.toolkit import Toolkit
from ctk.ui.models.transport import Transport, title
from ctk.ui.pump import Pump
from tests.ui.clock import Clock


class Rig:
    """A transport, its clock, and what it told."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.clock = Clock()
        self.toolkit = toolkit
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.transport = Transport(toolkit.audio, toolkit.catalog, toolkit.settings, self.pump)
        self.troubles: list[str] = []
        self.told: list[NowPlaying] = []
        self.transport.trouble.connect(self.troubles.append)
        self.transport.changed.connect(self.told.append)

    def row(self, query: str) -> Row:
        return self.toolkit.catalog.search(query).rows[0]

    @property
    def now(self) -> NowPlaying:
        return self.toolkit.audio.now()

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(filled: Toolkit) -> Iterator[Rig]:
    rig = Rig(filled)
    yield rig
    rig.pump.close()


def test_arriving_plays(rig: Rig) -> None:
    row = rig.row("snare")
    rig.transport.arrive(row)
    rig.clock.run(lambda: rig.now.state == "playing")
    assert rig.now.id == row.id
    rig.clock.run(lambda: rig.told and rig.told[-1].id == row.id)
    assert title(rig.told[-1]) == "snare tight.wav"


def test_arriving_without_audition_is_silent_until_the_play_key(rig: Rig) -> None:
    rig.transport.set_audition(False)
    rig.transport.arrive(rig.row("bass deep"))
    for _ in range(20):
        rig.clock.step()
    assert rig.now.state == "stopped"
    rig.transport.toggle()
    rig.clock.run(lambda: rig.now.state == "playing")


def test_toggle_pauses_and_goes_on_and_follows_the_focus(rig: Rig) -> None:
    rig.transport.arrive(rig.row("bass deep"))
    rig.clock.run(lambda: rig.now.state == "playing")
    rig.transport.toggle()
    rig.clock.run(lambda: rig.now.state == "paused")
    rig.transport.toggle()
    rig.clock.run(lambda: rig.now.state == "playing")
    rig.transport.set_audition(False)
    rig.transport.arrive(rig.row("bass sub"))
    rig.transport.toggle()
    rig.clock.run(lambda: Path(rig.now.path or "").name == "bass sub.wav")


def test_seek_goes_to_a_part(rig: Rig) -> None:
    rig.transport.arrive(rig.row("vocal loop"))
    rig.clock.run(lambda: rig.now.state == "playing" and rig.now.duration_s)
    rig.transport.seek(0.5)
    rig.clock.run(lambda: rig.now.position_s >= 2.5)
    rig.transport.stop()
    rig.clock.run(lambda: rig.now.state == "stopped")


def test_the_level_is_kept_and_clamped(rig: Rig) -> None:
    rig.transport.set_volume(-12.34)
    rig.clock.run(lambda: rig.now.volume_db == pytest.approx(-12.3))
    rig.transport.set_volume(99)
    assert rig.toolkit.settings.volume_db == 6.0
    rig.transport.set_volume(-99)
    assert rig.toolkit.settings.volume_db == -60.0


def test_a_remembered_level_is_handed_over(filled: Toolkit) -> None:
    filled.settings.volume_db = -7.0
    rig = Rig(filled)
    rig.transport.start()
    rig.clock.run(lambda: rig.now.volume_db == -7.0)
    rig.pump.close()


def test_loop_is_kept_and_counts_for_the_next_sound(rig: Rig) -> None:
    rig.transport.set_loop(True)
    rig.transport.arrive(rig.row("kick"))
    rig.clock.run(lambda: rig.now.state == "playing" and rig.now.loop)
    assert rig.toolkit.settings.loop
    rig.transport.set_loop(False)
    rig.clock.run(lambda: not rig.now.loop)


def test_a_broken_sound_is_explained_and_silences_the_last(rig: Rig) -> None:
    rig.transport.arrive(rig.row("vocal loop"))
    rig.clock.run(lambda: rig.now.state == "playing")
    broken = rig.row("is:bad")
    rig.transport.arrive(broken)
    rig.clock.run(lambda: rig.troubles[-1].startswith("broken.wav: "))
    reason = rig.toolkit.catalog.get(broken.id).reason
    assert reason and rig.troubles[-1].endswith(reason)
    rig.clock.run(lambda: rig.now.state == "stopped")
    rig.transport.arrive(rig.row("kick"))
    assert rig.troubles[-1] == ""


@pytest.mark.parametrize("state", ["missing", "offline", "cloud", "held"])
def test_what_is_not_here_is_explained(rig: Rig, state: str) -> None:
    rig.transport.arrive(dataclasses.replace(rig.row("kick"), state=state))  # type: ignore[arg-type]
    assert rig.troubles[-1]


def test_a_file_that_vanished_is_explained(rig: Rig, tmp_path: Path) -> None:
    row = rig.row("hat")
    rig.toolkit.settings.audition = True
    gone = Path(row.path)
    aside = gone.rename(tmp_path / gone.name)
    try:
        rig.transport.arrive(row)
        rig.clock.run(lambda: rig.troubles and rig.troubles[-1], "the explanation")
    finally:
        aside.rename(gone)


def test_no_device_is_explained(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def play(*_: object, **__: object) -> None:
        raise NoAudioDevice("There is no sound device to play on.")

    monkeypatch.setattr(rig.toolkit.audio, "play", play)
    rig.transport.arrive(rig.row("kick"))
    rig.clock.run(lambda: rig.troubles[-1] == "There is no sound device to play on.")


def test_the_window_never_waits_for_the_player(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrows held down: the window goes on, and of the sounds in between only the last is played."""
    played: list[int] = []
    go = threading.Event()

    def play(id: int, **_: object) -> None:
        played.append(id)
        go.wait(5)

    monkeypatch.setattr(rig.toolkit.audio, "play", play)
    rows = rig.toolkit.catalog.search("is:ok").rows
    for row in rows:
        rig.transport.arrive(row)
        time.sleep(0.001)
    go.set()
    rig.clock.run(lambda: len(played) == 2)
    assert played == [rows[0].id, rows[-1].id]


def test_among_copies_the_same_moment_is_heard(rig: Rig) -> None:
    one, other = rig.row("vocal loop"), rig.row("drum loop")
    rig.transport.play(one)
    rig.clock.run(lambda: rig.now.state == "playing" and rig.now.position_s > 0.3)
    rig.transport.arrive(other, beside=[one.id, other.id])
    rig.clock.run(lambda: rig.now.id == other.id and rig.now.state == "playing")
    assert rig.now.position_s >= 0.3
    rig.transport.arrive(one)
    rig.clock.run(lambda: rig.now.id == one.id and rig.now.state == "playing")
    assert rig.now.position_s < 0.3
