"""The player's behaviour as the contract has it, on a device that plays into nothing in real time."""

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ctk.audio.player import Player
from ctk.contract import Audio
from ctk.errors import CannotDecode, NoAudioDevice, NotFound, UsageError
from ctk.events import Events
from ctk.records import NowPlaying
from ctk.settings import Settings
from tests import sound_server, sounds
from tests.audio import signals
from tests.audio.conftest import Stand, Stands
from tests.audio.decode.test_file import two_hours
from tests.sound_server import RATE_HZ


@pytest.fixture
def long(tmp_path: Path) -> Path:
    return signals.write("wav_16", tmp_path / "long.wav", signals.chirp(30, 8_000), 8_000)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return signals.write("wav_16", tmp_path / "short.wav", signals.chirp(0.1, 8_000), 8_000)


def wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


def test_it_is_what_the_contract_says(stand: Stand) -> None:
    audio: Audio = stand.player
    assert audio.now() == NowPlaying()


def test_play_tells_what_and_moves_on(stand: Stand, long: Path) -> None:
    stand.player.play(long)
    now = stand.player.now()
    assert (now.state, now.id, now.path, now.duration_s, now.error) == ("playing", None, str(long), 30.0, None)
    wait_for(lambda: stand.player.now().position_s > 0.1)
    assert [told.state for told in stand.told] == ["playing"]
    assert stand.player.underruns == 0


def test_a_catalogued_sound_is_played_by_its_id(stands: Stands, long: Path) -> None:
    stand = stands(sounds={7: str(long)})
    stand.player.play(7, start_s=12.5)
    assert (stand.player.now().id, stand.player.now().path) == (7, str(long))
    assert stand.player.now().position_s >= 12.5
    with pytest.raises(NotFound):
        stand.player.play(8)
    now = stand.player.now()
    assert (now.state, now.id, now.error) == ("stopped", 8, "There is no such sound.")


def test_pause_holds_and_resume_goes_on(stand: Stand, long: Path) -> None:
    stand.player.pause()
    stand.player.resume()
    assert stand.told == []
    stand.player.play(long, start_s=3)
    wait_for(lambda: stand.player.now().position_s > 3.1)
    stand.player.pause()
    time.sleep(0.1)
    held = stand.player.now()
    time.sleep(0.1)
    assert stand.player.now() == held
    assert held.state == "paused"
    stand.player.pause()
    stand.player.resume()
    wait_for(lambda: stand.player.now().position_s > held.position_s)
    assert [told.state for told in stand.told] == ["playing", "paused", "playing"]


def test_the_end_is_told_and_resume_starts_over(stand: Stand, short: Path) -> None:
    stand.player.play(short)
    wait_for(lambda: stand.player.now().state == "stopped")
    assert stand.told[-1] == NowPlaying(path=str(short), duration_s=0.1)
    stand.player.resume()
    assert stand.player.now().state == "playing"
    wait_for(lambda: len(stand.told) == 4)
    assert [told.state for told in stand.told] == ["playing", "stopped"] * 2


def test_stop_forgets_the_position_and_lets_go_of_the_file(stand: Stand, long: Path) -> None:
    stand.player.play(long, start_s=5)
    stand.player.stop()
    now = stand.player.now()
    assert (now.state, now.position_s, now.path) == ("stopped", 0, str(long))
    stand.player.stop()
    assert len(stand.told) == 2
    wait_for(lambda: "audio-decode" not in [thread.name for thread in threading.enumerate()])


def test_seek_is_clamped_and_works_in_every_state(stand: Stand, long: Path) -> None:
    stand.player.seek(5)
    assert stand.player.now() == NowPlaying()
    stand.player.play(long)
    stand.player.seek(20)
    assert 20 <= stand.player.now().position_s < 20.5
    stand.player.pause()
    stand.player.seek(-3)
    assert stand.player.now().position_s == 0
    stand.player.seek(10)
    stand.player.resume()
    wait_for(lambda: stand.player.now().position_s > 10.05)
    stand.player.seek(99)
    assert stand.player.now().position_s == 30
    wait_for(lambda: stand.player.now().state == "stopped")
    stand.player.seek(29.5)
    assert stand.player.now().position_s == 29.5
    stand.player.resume()
    assert stand.player.now().position_s >= 29.5


def test_a_loop_starts_over_and_is_a_setting(stand: Stand, short: Path) -> None:
    stand.player.set_loop(True)
    stand.player.play(short)
    positions: list[float] = []
    while len(positions) < 60:
        positions.append(stand.player.now().position_s)
        time.sleep(0.01)
    assert max(positions) <= 0.1
    assert sum(later < earlier for earlier, later in itertools.pairwise(positions)) >= 3
    assert stand.settings.loop
    stand.player.set_loop(False)
    wait_for(lambda: stand.player.now().state == "stopped")
    assert not stand.settings.loop


def test_a_loop_can_be_for_one_sound_only(stand: Stand, short: Path) -> None:
    stand.player.play(short, loop=True)
    time.sleep(0.3)
    assert (stand.player.now().state, stand.player.now().loop, stand.settings.loop) == ("playing", True, False)
    stand.player.play(short)
    assert not stand.player.now().loop
    wait_for(lambda: stand.player.now().state == "stopped")


def test_volume_is_a_setting_within_limits(stand: Stand) -> None:
    stand.player.set_volume(-12.5)
    assert (stand.settings.volume_db, stand.player.now().volume_db) == (-12.5, -12.5)
    stand.player.set_volume(-99)
    assert stand.settings.volume_db == -60
    stand.player.set_volume(99)
    assert stand.settings.volume_db == 6
    for act in (stand.player.set_volume, stand.player.seek):
        with pytest.raises(UsageError, match="nan is not a number of"):
            act(float("nan"))


def test_what_cannot_be_played_stops_what_plays_and_says_why(stand: Stand, long: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.wav").write_text("Buy milk.")
    stand.player.play(long)
    with pytest.raises(CannotDecode, match=r"^notes\.wav is not a sound file\.$"):
        stand.player.play(tmp_path / "notes.wav")
    now = stand.player.now()
    assert (now.state, now.path, now.error) == (
        "stopped",
        str(tmp_path / "notes.wav"),
        "notes.wav is not a sound file.",
    )
    assert stand.told[-1] == now
    stand.player.play(long)
    assert (stand.player.now().state, stand.player.now().error) == ("playing", None)


def test_a_sound_that_ends_early_is_as_long_as_it_was(stand: Stand, tmp_path: Path) -> None:
    file = signals.write("flac_16", tmp_path / "cut.flac", signals.chirp(0.4, 44_100))
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 3 // 4])
    stand.player.play(file)
    wait_for(lambda: stand.player.now().state == "stopped")
    assert 0.1 < (stand.player.now().duration_s or 0) < 0.3


def test_200_quick_changes_leave_the_last_and_nothing_else(stand: Stand, tmp_path: Path) -> None:
    kinds = ["wav_16", "mp3_cbr", "m4a_aac", "flac_24", "opus", "ogg_vorbis"]
    files = [sounds.make(kind, tmp_path / kind, seconds=5) for kind in kinds]
    stand.player.play(files[0])
    before = len(os.listdir("/dev/fd")) if sys.platform != "win32" else 0
    for turn in range(200):
        stand.player.play(files[turn % len(files)])
        if turn % 7 == 0:
            stand.player.seek(turn / 50)
    assert stand.player.now().path == str(files[199 % len(files)])
    wait_for(lambda: [thread.name for thread in threading.enumerate()].count("audio-decode") == 1)
    if sys.platform != "win32":
        wait_for(lambda: len(os.listdir("/dev/fd")) <= before)
    wait_for(lambda: stand.player.now().position_s > 0.2)


def test_any_thread_may_do_anything(stand: Stand, long: Path, short: Path) -> None:
    failures: list[BaseException] = []

    def act(number: int) -> None:
        try:
            for turn in range(25):
                stand.player.play(long if (turn + number) % 2 else short, start_s=turn / 100)
                stand.player.seek(turn / 10)
                stand.player.pause()
                stand.player.now()
                stand.player.set_loop(turn % 2 == 0)
                stand.player.resume()
                stand.player.set_volume(-turn)
                if turn % 5 == 0:
                    stand.player.stop()
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=act, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    stand.player.set_loop(False)
    stand.player.play(short)
    wait_for(lambda: stand.player.now().state == "stopped")


def test_two_hours_play_from_anywhere_at_once(stand: Stand, tmp_path: Path) -> None:
    stand.player.play(two_hours(tmp_path / "long.wav"), start_s=7_000)
    wait_for(lambda: stand.player.now().position_s > 7_000.1)
    assert stand.player.now().duration_s == pytest.approx(7_200)
    assert stand.player.underruns == 0


def test_devices_can_be_listed_and_chosen(stand: Stand, long: Path) -> None:
    (found,) = stand.player.devices()
    stand.player.play(long, start_s=4)
    stand.player.set_device(found.id)
    assert stand.player.now().state == "playing"
    assert stand.player.now().position_s >= 4
    with pytest.raises(NotFound):
        stand.player.set_device("gone")
    assert stand.settings.device == found.id
    stand.player.pause()
    stand.player.set_device(None)
    assert (stand.player.now().state, stand.settings.device) == ("paused", "")


def test_check_says_what_sound_comes_out_of_and_opens_nothing_for_good(stand: Stand, long: Path) -> None:
    assert stand.player.check() == "Null, NULL Playback Device, 48000 Hz, 20 ms buffer, 0 underruns"
    wait_for(lambda: "audio-device" not in [thread.name for thread in threading.enumerate()])
    stand.player.play(long)
    stand.player.check()
    assert stand.player.now().state == "playing"


def test_without_a_device_there_is_a_sentence_and_later_sound(
    stands: Stands, long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = stands("pulseaudio")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    for attempt in (lambda: stand.player.play(long), stand.player.check):
        with pytest.raises(NoAudioDevice, match=r"^There is no sound device to play on\.$"):
            attempt()
    assert (stand.player.now().state, stand.player.now().error) == ("stopped", "There is no sound device to play on.")
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        with server.recording() as heard:
            stand.player.play(long)
            heard.wait(0.5)
            assert np.abs(heard.samples()).max() == pytest.approx(0.5, abs=0.01)


def test_a_device_that_goes_away_is_told_and_replaced(
    stands: Stands, long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = stands("pulseaudio")
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        stand.player.play(long, start_s=9)
        wait_for(lambda: stand.player.now().position_s > 9.1)
        server.stop()
        wait_for(lambda: stand.player.now().state == "stopped")
    gone = stand.player.now()
    assert gone.error is not None
    assert gone.error.startswith("The sound device is gone")
    assert stand.told[-1] == gone
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        with server.recording() as heard:
            stand.player.resume()
            heard.wait(0.5)
            assert np.abs(heard.samples()[-RATE_HZ // 4 :]).max() == pytest.approx(0.5, abs=0.01)
    assert stand.player.now().position_s > gone.position_s


def test_the_environment_may_name_the_sound_system(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTK_AUDIO_BACKEND", "betamax")
    player = Player(lambda id: "", Events(), Settings())
    with pytest.raises(NoAudioDevice, match="betamax"):
        player.play(long)
    player.close()


def test_closing_is_quick_and_final(stand: Stand, long: Path) -> None:
    stand.player.play(long)
    for _ in range(2):
        stand.player.close()
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"audio-decode", "audio-watch", "audio-device"}
    assert stand.player.now().state == "stopped"
    with pytest.raises(NoAudioDevice):
        stand.player.play(long)
