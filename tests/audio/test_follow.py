"""Devices that come and go while a sound plays: it goes on, elsewhere when it must, and somebody is told."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.audio import follow
from tests import sound_server
from tests.audio import signals
from tests.audio.conftest import Stand, Stands, wait_for
from tests.sound_server import RATE_HZ, SINK, Recording, SoundServer

GONE = "The sound device is gone, and there is no other; connect one and play again."
CHIRP = signals.chirp(8, RATE_HZ)
PATIENCE = 10
HEARD = RATE_HZ // 5


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    """One whose devices may be taken away."""
    with sound_server.running() as server:
        yield server


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return signals.write("wav_float32", tmp_path / "sound", CHIRP, RATE_HZ)


@pytest.fixture
def stand(server: SoundServer, stands: Stands, monkeypatch: pytest.MonkeyPatch) -> Stand:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    stand = stands("pulseaudio")
    stand.settings.buffer_ms = 100
    return stand


@pytest.fixture
def other(server: SoundServer) -> Iterator[list[str]]:
    """Another device, and how to take it away."""
    numbers = [server.add_device("other")]
    yield numbers
    for number in numbers:
        server.remove_device(number)
    server.set_default(SINK)


def unplug(server: SoundServer, other: list[str]) -> None:
    server.remove_device(other.pop())


def goes_on(stand: Stand, recording: Recording) -> bool:
    """Whether what is on the recording last is what the player says it plays."""
    for _ in range(PATIENCE):  # where the machine is busy, a gap may fall into what was recorded last
        last, position_s = recording.samples()[-HEARD:], stand.player.now().position_s
        match = signals.locate(CHIRP, last)
        if match.likeness > 0.9:
            break
        recording.wait(0.2)
    assert match.likeness > 0.9
    assert match.at / RATE_HZ == pytest.approx(position_s - 0.5, abs=0.5)
    return stand.player.now().state == "playing"


def test_sound_follows_the_default_device(server: SoundServer, stand: Stand, sound: Path, other: list[str]) -> None:
    stand.player.play(sound, start_s=2)
    with server.recording_of("other") as recording:
        wait_for(lambda: stand.player.now().position_s > 2.3)
        server.set_default("other")
        wait_for(lambda: stand.words)
        recording.wait(0.4)
        assert goes_on(stand, recording)
    assert stand.words == ["Sound comes out of Other-Speakers now."]
    assert [now.state for now in stand.told] == ["playing"]


def test_where_the_system_does_not_carry_it_over_the_device_is_opened_anew(
    server: SoundServer, stand: Stand, sound: Path, other: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "_REROUTING", ())
    stand.player.play(sound, start_s=2)
    with server.recording_of("other") as recording:
        wait_for(lambda: stand.player.now().position_s > 2.3)
        before = stand.player._speakers.output
        server.set_default("other")
        wait_for(lambda: stand.words)
        assert stand.player._speakers.output not in (None, before)
        recording.wait(0.4)
        assert goes_on(stand, recording)
    assert stand.words == ["Sound comes out of Other-Speakers now."]


def test_a_chosen_device_that_is_unplugged_is_replaced_by_the_default(
    server: SoundServer, stand: Stand, sound: Path, other: list[str]
) -> None:
    """At the same place; and going back is for the user to say, also after the device came back."""
    stand.player.set_device("other")
    with server.recording() as recording:
        with server.recording_of("other"):
            stand.player.play(sound, start_s=2, region=(1, 7), loop=True)
            wait_for(lambda: stand.player.now().position_s > 2.3)
            unplug(server, other)
            wait_for(lambda: stand.words)
        assert stand.words == ["The chosen sound device is gone. Sound comes out of Null Output now."]
        now = stand.player.now()
        assert (now.state, now.region, now.loop, stand.settings.device) == ("playing", (1, 7), True, "other")
        recording.wait(0.4)
        assert goes_on(stand, recording)
        other.append(server.add_device("other"))
        stand.player.play(sound, start_s=4)
        recording.wait(0.5)
        assert goes_on(stand, recording)
        assert len(stand.words) == 1
    with server.recording_of("other") as recording:
        stand.player.set_device("other")
        recording.wait(0.6)
        assert goes_on(stand, recording)


def test_what_is_paused_stays_so_on_the_device_that_takes_over(
    server: SoundServer, stand: Stand, sound: Path, other: list[str]
) -> None:
    stand.player.set_device("other")
    with server.recording_of("other"):
        stand.player.play(sound, start_s=2)
        wait_for(lambda: stand.player.now().position_s > 2.1)
        stand.player.pause()
        unplug(server, other)
        wait_for(lambda: stand.words)
    held = stand.player.now()
    assert held.state == "paused"
    with server.recording() as recording:
        stand.player.resume()
        recording.wait(0.6)
        assert goes_on(stand, recording)
    assert stand.player.now().position_s > held.position_s > 2


def test_a_chosen_device_that_is_not_here_is_told_of_once(
    stand: Stand, sound: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stand.settings.device = "elsewhere"
    caplog.set_level(logging.ERROR)
    for _ in range(2):
        stand.player.play(sound)
    assert stand.words == ["The chosen sound device is not here; sound comes out of the system's own."]
    assert stand.settings.device == "elsewhere"


def test_when_there_is_none_left_it_stops_and_says_so_and_a_new_one_works(
    stands: Stands, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = stands("pulseaudio")
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        stand.player.play(sound, start_s=4)
        wait_for(lambda: stand.player.now().position_s > 4.1)
        server.remove_device("module-null-sink")
        wait_for(lambda: stand.player.now().state == "stopped")
        gone = stand.player.now()
        assert gone.error == GONE
        assert stand.told[-1] == gone
        wait_for(lambda: stand.words == [GONE])
        server.add_device("new")
        with server.recording_of("new") as recording:
            stand.player.resume()
            recording.wait(0.5)
            assert goes_on(stand, recording)
    assert stand.player.now().position_s > gone.position_s > 4


def test_it_ends_with_the_player(stand: Stand, sound: Path) -> None:
    stand.player.play(sound)
    assert "audio-follow" in [thread.name for thread in threading.enumerate()]
    stand.player.close()
    assert "audio-follow" not in [thread.name for thread in threading.enumerate()]
