"""Round after round at the device's rate: exact ends, no seam in a loop, no file for what is short."""

from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import HeldStream, Samples
from ctk.audio.feed import Feed
from ctk.audio.rounds import Rounds
from tests.audio import signals


def held(samples: object, rate: int) -> HeldStream:
    return HeldStream(np.asarray(samples, np.float32), rate, ("FL", "FR"))


def heard(rounds: Rounds, feed: Feed, frames: int) -> Samples:
    while feed.ahead < frames:
        rounds.fill(feed)
    return feed.take(frames)


@pytest.mark.parametrize(
    ("rate", "frames"), [(48_000, 1_000), (44_100, 997), (8_000, 3), (192_000, 1), (22_050, 5_000)]
)
def test_a_loop_is_one_long_sound(rate: int, frames: int) -> None:
    """It equals the sound written out many times and resampled at once, so it never drifts."""
    short = np.random.default_rng(5).uniform(-0.5, 0.5, (frames, 2)).astype(np.float32)
    seconds = 0.3
    feed = Feed(0, looping=True)
    looped = heard(Rounds(held(short, rate), 48_000), feed, round(seconds * 48_000))
    long = held(np.tile(short, (round(seconds * rate / frames) + 9_000 // frames + 1, 1)), rate)
    straight = heard(Rounds(long, 48_000), Feed(0, looping=True), round(seconds * 48_000))
    assert np.abs(looped - straight).max() < 1e-5
    assert feed.at < frames * 48_000 / rate + 1


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000])
def test_without_a_loop_each_round_is_the_whole_sound(rate: int) -> None:
    chirp = signals.chirp(0.2, rate)
    rounds, feed = Rounds(held(chirp, rate), 48_000), Feed(0, looping=False)
    for _ in range(8):
        rounds.fill(feed)
    out = feed.take(50_000)
    assert (len(out), feed.over) == (9_600, True)
    assert np.abs(out - signals.chirp(0.2, 48_000))[50:-50].max() < 0.01


def test_filling_begins_where_it_is_entered(tmp_path: Path) -> None:
    file = signals.write("wav_float32", tmp_path / "sound", signals.chirp(2, 96_000), 96_000)
    rounds, feed = Rounds(decode.open(file), 48_000), Feed(30_000, looping=False)
    rounds.enter(30_000)
    expected = signals.chirp(2, 48_000)[30_000:]
    assert np.abs(heard(rounds, feed, 9_000) - expected[:9_000])[50:].max() < 1e-3
    rounds.close()


def test_a_short_sound_lets_go_of_its_file(tmp_path: Path) -> None:
    file = signals.write("flac_16", tmp_path / "short", signals.chirp(0.2, 48_000), 48_000)
    rounds, feed = Rounds(decode.open(file), 48_000), Feed(0, looping=True)
    heard(rounds, feed, 15_000)
    file.write_bytes(b"")
    again = heard(rounds, feed, 9_600)
    assert np.abs(again - np.roll(signals.chirp(0.2, 48_000), -5_400, axis=0)).max() < 1e-3
    rounds.close()


def test_a_file_that_is_gone_at_the_second_round_says_so(tmp_path: Path) -> None:
    file = signals.write("wav_16", tmp_path / "long", np.zeros((300_000, 2)))
    rounds, feed = Rounds(decode.open(file), 48_000), Feed(0, looping=True)
    while not feed.ahead > 300_000:
        rounds.fill(feed)
    file.write_bytes(b"")
    while not feed.failed:
        rounds.fill(feed)
    feed.take(10**7)
    assert feed.over
    assert feed.error == "The file cannot be read any more."
    rounds.close()


def test_one_channel_is_heard_on_both_sides() -> None:
    mono = HeldStream(np.full((480, 1), 0.5, np.float32), 48_000, ("FC",))
    out = heard(Rounds(mono, 48_000), Feed(0, looping=True), 100)
    assert out.tolist() == [[0.5, 0.5]] * 100
