"""A sound being decoded: a bit ahead, from anywhere, and gone when it is closed."""

import time
from pathlib import Path

import numpy as np

from ctk.audio import decode
from ctk.audio.track import Track
from tests.audio import signals
from tests.audio.conftest import wait_for


def test_a_track_decodes_only_a_bit_ahead(tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "sound", signals.chirp(5, 48_000), 48_000)
    track = Track(decode.open(file), 48_000, start_s=0, looping=False)
    track.start()
    assert track.feed.ahead > 0
    wait_for(lambda: track.feed.ahead > 18_000)
    time.sleep(0.2)
    assert track.feed.ahead < 48_000
    track.feed.take(10_000)
    assert track.position_s == 10_000 / 48_000
    assert track.close(5)


def test_seeks_are_exact_and_clamped_and_the_newest_wins(tmp_path: Path) -> None:
    file = signals.write("mp3_cbr", tmp_path / "sound", signals.chirp(5, 44_100))
    track = Track(decode.open(file), 44_100, start_s=1.5, looping=False)
    track.start()
    assert track.position_s == 1.5
    for position_s in (4.0, 0.5, 3.0, 2.0):
        feed = track.seek(position_s)
    wait_for(lambda: feed.ahead > 8_000)
    part = feed.take(8_000)
    assert signals.locate(part, signals.chirp(5, 44_100)[88_200 + 500 : 88_200 + 7_000]).at == 500
    assert (track.seek(99).at, track.seek(-1).at) == (5 * 44_100, 0)
    assert track.close(5)


def test_a_closed_track_lets_go_of_its_file_in_the_middle_of_anything(tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "sound", np.zeros((500_000, 2)))
    for start_s in (0, 3, 0, 3):
        stream = decode.open(file)
        track = Track(stream, 48_000, start_s=start_s, looping=True)
        track.start()
        track.seek(1.0)
        assert track.close(5)
        assert not len(stream.read(10))
