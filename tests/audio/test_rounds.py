"""Round after round at the device's rate: exact ends, no seam in a loop, no file for what is short."""

from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import HeldStream, Samples
from ctk.audio.feed import Feed
from ctk.audio.region import Region
from ctk.audio.rounds import JOIN_S, Rounds
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


def rounds_of(sound: object, rate: int, region: Region | None, gain: float = 1.0) -> tuple[Rounds, Feed]:
    """Rounds of a part of ``sound`` that loop, entered at its beginning."""
    first = 0 if region is None else round(region[0] * 48_000)
    rounds, feed = Rounds(held(sound, rate), 48_000, region=region, gain=gain), Feed(first, looping=True, first=first)
    rounds.enter(first)
    return rounds, feed


@pytest.mark.parametrize("rate", [48_000, 44_100, 96_000])
@pytest.mark.parametrize("region", [(0.5, 0.75), (0.0, 0.25), (0.75, 1.0), (0.1, 0.11)])
def test_a_region_that_fits_itself_loops_without_any_change(rate: int, region: Region) -> None:
    """100 rounds of whole periods of a tone are one long tone, wherever they are cut out."""
    rounds, feed = rounds_of(signals.sine(1, rate, 400), rate, region)
    length = region[1] - region[0]
    looped = heard(rounds, feed, round(100 * length * 48_000))
    assert np.abs(looped - signals.fitted(looped, 400))[100:].max() < 5e-4
    assert region[0] * 48_000 <= feed.at <= region[1] * 48_000


@pytest.mark.parametrize("region", [(0.5, 0.753), (0.0, 0.1213), (0.3, 2.0), (1.0, 1.012)])
def test_a_region_that_does_not_fit_itself_stays_in_time_and_does_not_click(region: Region) -> None:
    sound = signals.sine(2, 48_000, 110)
    rounds, feed = rounds_of(sound, 48_000, region)
    length = round((region[1] - region[0]) * 48_000)
    looped = heard(rounds, feed, 30 * length)
    one = sound[round(region[0] * 48_000) :][:length]
    fading = min(length // 4, round(JOIN_S * 48_000))
    for number in range(30):
        part = looped[number * length : (number + 1) * length]
        assert np.abs(part[:-fading] - one[:-fading]).max() < 1e-6
    assert signals.steepest(looped) < 3 * signals.steepest(sound) + 1 / fading


def test_an_attack_at_the_beginning_of_a_region_is_whole_in_every_round() -> None:
    sound = np.zeros((48_000, 2))
    sound[12_000:30_000] = 0.5
    rounds, feed = rounds_of(sound, 48_000, (0.25, 0.5))
    looped = heard(rounds, feed, 5 * 12_000).reshape(5, 12_000, 2)
    assert np.array_equal(looped[:, :11_800], np.full((5, 11_800, 2), 0.5, np.float32))


def test_a_region_in_the_middle_ends_with_a_fade_and_on_time() -> None:
    rounds, feed = rounds_of(np.full((48_000, 2), 0.5), 48_000, (0.25, 0.5))
    feed.looping = False
    for _ in range(8):
        rounds.fill(feed)
    out = feed.take(50_000)
    assert (len(out), feed.over, feed.error) == (12_000, True, None)
    fading = round(JOIN_S * 48_000)
    assert np.array_equal(out[:-fading], np.full((12_000 - fading, 2), 0.5, np.float32))
    assert out[-1].max() == 0
    assert signals.steepest(out) < 1 / fading


def test_a_region_that_ends_with_the_sound_keeps_its_last_frame() -> None:
    rounds, feed = rounds_of(np.full((48_000, 2), 0.5), 48_000, (0.5, 7.0))
    feed.looping = False
    for _ in range(12):
        rounds.fill(feed)
    assert np.array_equal(feed.take(50_000), np.full((24_000, 2), 0.5, np.float32))


def test_a_region_can_be_entered_anywhere() -> None:
    sound = signals.chirp(1, 48_000)
    rounds = Rounds(held(sound, 48_000), 48_000, region=(0.25, 0.5))
    feed = Feed(18_000, looping=True, first=12_000)
    rounds.enter(18_000)
    out = heard(rounds, feed, 6_000 + 11_000)
    assert np.abs(out[:5_800] - sound[18_000:23_800]).max() < 1e-6
    assert np.abs(out[6_000:] - sound[12_000:23_000]).max() < 1e-6


def test_the_level_is_that_of_the_gain() -> None:
    for places in (("FL", "FR"), ("FC",)):
        stream = HeldStream(np.full((480, len(places)), 0.5, np.float32), 48_000, places)
        out = heard(Rounds(stream, 48_000, gain=0.25), Feed(0, looping=True), 100)
        assert out.tolist() == [[0.125, 0.125]] * 100
