"""The player's behaviour as the contract has it, on a device that plays into nothing in real time."""

import itertools
import os
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import Stream
from ctk.audio.decode.seeking import Hints, SeekIndex
from ctk.audio.player import ASIDE_S, Player
from ctk.audio.shelf import AHEAD_S
from ctk.contract import Audio
from ctk.errors import CannotDecode, NoAudioDevice, NotFound, UsageError
from ctk.events import Events
from ctk.records import NowPlaying
from ctk.settings import Settings
from tests import sound_server, sounds
from tests.audio import signals
from tests.audio.conftest import Stand, Stands, wait_for
from tests.sound_server import RATE_HZ


@pytest.fixture
def long(tmp_path: Path) -> Path:
    return signals.write("wav_16", tmp_path / "long.wav", signals.chirp(30, 8_000), 8_000)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return signals.write("wav_16", tmp_path / "short.wav", signals.chirp(0.1, 8_000), 8_000)


def test_it_is_what_the_contract_says(stand: Stand) -> None:
    audio: Audio = stand.player
    assert audio.now() == NowPlaying()


def test_play_tells_what_and_moves_on(stand: Stand, long: Path) -> None:
    stand.settings.buffer_ms = 200
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
    stand.settings.buffer_ms = 200
    stand.player.play(signals.two_hours(tmp_path / "long.wav"), start_s=7_000)
    wait_for(lambda: stand.player.now().position_s > 7_000.1)
    assert stand.player.now().duration_s == pytest.approx(7_200)
    assert stand.player.underruns == 0


def test_what_was_prepared_is_played_without_its_file(
    stands: Stands, long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = stands(sounds={7: str(long)})
    stand.player.prepare([7, 8, long.with_name("gone.wav")])
    wait_for(lambda: stand.player._files._shelf.bytes)
    stand.settings.buffer_ms = 200
    opened: list[str] = []
    monkeypatch.setattr(decode, "open", lambda path, **_: opened.append(path))
    stand.player.play(7)
    wait_for(lambda: stand.player.now().position_s > 0.1)
    assert (opened, stand.player.now().duration_s, stand.player.underruns) == ([], 30.0, 0)


def test_what_was_prepared_goes_on_in_its_file(stand: Stand, long: Path) -> None:
    stand.settings.buffer_ms = 200
    stand.player.prepare([long])
    wait_for(lambda: stand.player._files._shelf.bytes)
    stand.player.play(long, start_s=AHEAD_S - 0.1)
    wait_for(lambda: stand.player.now().position_s > AHEAD_S + 0.3)
    assert stand.player.underruns == 0


def test_a_file_that_is_let_go_is_played_no_more_and_in_no_memory(stand: Stand, long: Path, short: Path) -> None:
    stand.player.prepare([long, short])
    stand.player.play(long)
    wait_for(lambda: "audio-ahead" in [thread.name for thread in threading.enumerate()])
    for file in (short, long):
        stand.player.release(str(file))
    assert stand.player.now().state == "stopped"
    wait_for(lambda: "audio-decode" not in [thread.name for thread in threading.enumerate()])
    assert stand.player._files._shelf.bytes == 0
    os.rename(long, long.with_name("moved.wav"))
    with pytest.raises(CannotDecode, match="is not there"):
        stand.player.play(long)


def test_a_region_is_all_that_is_played(stand: Stand, long: Path) -> None:
    stand.player.play(long, region=(10.0, 10.15))
    positions: list[float] = []
    while (now := stand.player.now()).state == "playing":
        positions.append(now.position_s)
        time.sleep(0.005)
    assert (min(positions), now.region, now.position_s, now.duration_s) == (10, (10.0, 10.15), 10, 30)
    assert 10.1 < max(positions) <= 10.15
    assert [told.region for told in stand.told] == [(10.0, 10.15)] * 2
    stand.player.resume()
    assert (stand.player.now().state, stand.player.now().region) == ("playing", (10.0, 10.15))
    wait_for(lambda: stand.player.now().state == "stopped")
    stand.player.play(long)
    assert stand.player.now().region is None


def test_a_file_that_was_just_left_is_let_go_before_it_moves(
    stand: Stand, long: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctk.audio.player._LET_GO_S", 10.0)  # a busy machine may need longer than a user waits
    for _ in range(20):
        stand.player.play(long, start_s=3)
        stand.player.play(short, loop=True)
        stand.player.release(str(long))
        assert [thread.name for thread in threading.enumerate()].count("audio-decode") == 1


@pytest.mark.parametrize("region", [(10.0, 10.1), (10.0, 10.004), (29.9, 40.0), (0.0, 0.05)])
def test_a_region_is_played_again_and_again(stand: Stand, long: Path, region: tuple[float, float]) -> None:
    stand.settings.buffer_ms = 100
    stand.player.play(long, region=region, loop=True)
    positions: list[float] = []
    while len(positions) < 60:
        positions.append(stand.player.now().position_s)
        time.sleep(0.01)
    assert region[0] <= min(positions)
    assert max(positions) <= region[1]
    assert len(set(positions)) > 1
    assert (stand.player.now().state, stand.player.underruns) == ("playing", 0)
    stand.player.set_loop(True)
    stand.player.set_loop(False)
    wait_for(lambda: stand.player.now().state == "stopped")


def test_seeking_stays_within_the_region(stand: Stand, long: Path) -> None:
    stand.player.play(long, region=(10, 20), start_s=15)
    assert 15 <= stand.player.now().position_s < 15.5
    stand.player.pause()
    for wanted, found in ((5, 10), (12, 12), (25, 20)):
        stand.player.seek(wanted)
        assert stand.player.now().position_s == found
    stand.player.resume()
    wait_for(lambda: stand.player.now().state == "stopped")
    stand.player.seek(5)
    assert stand.player.now().position_s == 10
    stand.player.play(long, region=(10, 20), start_s=3)
    assert 10 <= stand.player.now().position_s < 10.5
    stand.player.stop()
    assert stand.player.now().position_s == 10


def test_a_region_anywhere_in_two_hours_plays_at_once(stand: Stand, tmp_path: Path) -> None:
    stand.settings.buffer_ms = 200
    stand.player.play(signals.two_hours(tmp_path / "long.wav"), region=(7_000.0, 7_000.1), loop=True)
    wait_for(lambda: stand.player.now().position_s > 7_000.05)
    time.sleep(0.3)
    assert 7_000 <= stand.player.now().position_s <= 7_000.1
    assert stand.player.underruns == 0


@pytest.mark.parametrize(
    ("region", "sentence"),
    [
        ((2.0, 1.0), "From 2 s to 1 s is not a part of a sound."),
        ((float("nan"), 1.0), "From nan s to 1 s is not a part of a sound."),
        ((31.0, 32.0), "There is nothing from 31 s on: this sound ends at 30.000 s."),
    ],
)
def test_what_is_no_region_is_a_sentence(region: tuple[float, float], sentence: str, stand: Stand, long: Path) -> None:
    stand.player.play(long)
    with pytest.raises(UsageError) as failure:
        stand.player.play(long, region=region)
    assert str(failure.value) == stand.player.now().error == sentence
    assert stand.player.now().state == "stopped"


def test_what_was_heard_is_told_once_and_what_was_passed_over_is_not(stands: Stands, long: Path, short: Path) -> None:
    stand = stands(sounds={1: str(long), 2: str(short), 3: str(long)})
    stand.player.play(1)
    stand.player.play(2)
    wait_for(lambda: stand.player.now().state == "stopped")
    assert stand.played == [2]
    stand.player.play(1)
    wait_for(lambda: stand.player.now().position_s > 0.3)
    stand.player.play(3, start_s=2)
    wait_for(lambda: stand.player.now().position_s > 2.7)
    stand.player.seek(20)
    wait_for(lambda: stand.played == [2, 3])
    stand.player.stop()
    stand.player.play(str(long))
    assert stand.played == [2, 3]


def test_others_step_aside_for_each_request(stand: Stand, long: Path) -> None:
    stand.player.play(long)
    stand.player.seek(5)
    stand.player.pause()
    assert stand.aside == [ASIDE_S, ASIDE_S]


def test_nothing_that_is_not_known_keeps_a_sound_from_playing(stands: Stands, long: Path) -> None:
    stand, ready = stands(sounds={7: str(long)}), threading.Event()
    stand.settings.even_loudness = True
    stand.player.play(7, start_s=3)
    wait_for(lambda: stand.player.now().position_s > 3.05)
    slow = Player(
        lambda id: str(long), Events(), stand.settings, "null", hints=lambda id: Hints(peak_db=ready.wait(20))
    )
    slow.play(7, start_s=3)
    slow.seek(9)
    wait_for(lambda: slow.now().position_s > 9.05)
    ready.set()
    slow.close()


def test_an_index_that_comes_later_is_used_for_the_next_seek(
    stands: Stands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = signals.write("mp3_cbr", tmp_path / "sound.mp3", signals.chirp(5, 44_100))
    with decode.open(file) as stream:
        while len(stream.read(50_000)):
            pass
        index = stream.index()
    assert index is not None
    used: list[SeekIndex | None] = []
    opened = decode.open

    def watched(path: str, index: SeekIndex | None = None) -> Stream:
        used.append(index)
        return opened(path, index=index)

    monkeypatch.setattr(decode, "open", watched)
    stand = stands(sounds={7: str(file)})
    stand.player.play(7)
    stand.hints[7] = Hints(index=index)
    for position_s in (3.0, 1.0):
        stand.player.seek(position_s)
        wait_for(lambda position_s=position_s: stand.player.now().position_s > position_s + 0.05)  # type: ignore[misc]
    assert used == [None, index]
    stand.player.play(7, start_s=2)
    assert used == [None, index, index]


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
    assert gone.error == "The sound device is gone, and there is no other; connect one and play again."
    assert stand.told[-1] == gone
    wait_for(lambda: stand.words == [gone.error])
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
