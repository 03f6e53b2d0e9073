"""Blocks for the device: the sound as it is, changed over and scaled without a click."""

from collections.abc import Callable

import numpy as np
import pytest

from ctk.audio.decode.samples import Samples, silence
from ctk.audio.feed import Feed
from ctk.audio.mixer import FADE_S, Mixer
from tests.audio import signals

RATE = 48_000
FADE = round(RATE * FADE_S)


def fed(samples: object, *, start: int = 0, ended: bool = False) -> Feed:
    feed = Feed(start, looping=False)
    feed.put(np.asarray(samples, np.float32))
    if ended:
        feed.put_end()
    return feed


def flat(level: float, frames: int) -> Samples:
    return np.full((frames, 2), level, np.float32)


@pytest.fixture
def mixer() -> Mixer:
    return Mixer(RATE, 1.0, lambda feed: None)


def rendered(mixer: Mixer, blocks: int, frames: int = 480, each: Callable[[int], None] = lambda at: None) -> Samples:
    parts = []
    for at in range(blocks):
        each(at)
        parts.append(mixer.render(frames))
    return np.concatenate(parts)


def test_nothing_is_silence(mixer: Mixer) -> None:
    assert not rendered(mixer, 3).any()


def test_a_sound_passes_bit_for_bit_from_its_first_frame(mixer: Mixer) -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, (2_000, 2)).astype(np.float32)
    mixer.target = fed(noise, ended=True)
    out = rendered(mixer, 6)
    assert np.array_equal(out[:2_000], noise)
    assert not out[2_000:].any()


@pytest.mark.parametrize("frames", [1, 50, 480, 4_800])
def test_a_change_fades_one_out_and_lets_the_other_begin(frames: int, mixer: Mixer) -> None:
    mixer.target = fed(flat(0.5, 20_000))
    rendered(mixer, 1, 960)
    mixer.target = fed(flat(0.25, 20_000))
    out = rendered(mixer, 4_800 // frames, frames)[:, 0]
    assert out[0] == pytest.approx(0.75)
    assert out[FADE:] == pytest.approx(0.25)
    assert np.abs(np.diff(out)).max() < 1.1 * 0.5 / (FADE - 1)


def test_what_begins_inside_fades_in(mixer: Mixer) -> None:
    mixer.target = fed(flat(0.5, 5_000), start=100)
    out = rendered(mixer, 5)[:, 0]
    assert out[0] == 0
    assert out[FADE:] == pytest.approx(0.5)
    assert np.abs(np.diff(out)).max() < 1.1 * 0.5 / (FADE - 1)


def test_pause_and_resume_lose_no_frame(mixer: Mixer) -> None:
    feed = fed(flat(0.5, 5_000))
    mixer.target = feed
    rendered(mixer, 2)
    mixer.target = None
    paused = rendered(mixer, 2)[:, 0]
    assert paused[0] == 0.5
    assert not paused[FADE:].any()
    assert feed.at == 960 + FADE
    mixer.target = feed
    assert rendered(mixer, 1)[-1, 0] == 0.5
    assert feed.at == 960 + FADE + 480


def test_any_number_of_changes_makes_no_click() -> None:
    mixer = Mixer(RATE, 1.0, lambda feed: None)
    sounds = [fed(signals.sine(0.1, RATE, 100 + number)) for number in range(100)]

    def change(at: int) -> None:
        mixer.target = sounds[at]

    out = rendered(mixer, 100, 64, change)
    assert signals.steepest(out) < 4 * (0.5 / FADE + 2 * np.pi * 200 * 0.5 / RATE)


def test_the_level_changes_within_a_block_and_smoothly(mixer: Mixer) -> None:
    mixer.target = fed(flat(0.5, 5_000))
    rendered(mixer, 1)
    mixer.gain = 0.1
    out = rendered(mixer, 2)[:, 0]
    assert out[0] == pytest.approx(0.5)
    assert out[480:] == pytest.approx(0.05)
    assert np.abs(np.diff(out)).max() < 0.002
    mixer.gain = 0.0
    assert not rendered(mixer, 2)[480:].any()


def test_too_loud_is_cut_off_after_the_volume() -> None:
    mixer = Mixer(RATE, 0.5, lambda feed: None)
    mixer.target = fed(flat(1.5, 480))
    assert rendered(mixer, 1)[:, 0] == pytest.approx(0.75)
    mixer.target = fed(flat(4, 4_800))
    assert rendered(mixer, 5).max() == 1


def test_falling_behind_is_counted_but_not_at_the_beginning_or_end() -> None:
    over: list[Feed] = []
    mixer = Mixer(RATE, 1.0, over.append)
    feed = Feed(0, looping=False)
    mixer.target = feed
    rendered(mixer, 2)
    assert mixer.underruns == 0
    feed.put(flat(0.5, 700))
    rendered(mixer, 2)
    assert mixer.underruns == 1
    feed.put(flat(0.5, 700))
    feed.put_end()
    rendered(mixer, 3)
    assert (mixer.underruns, over) == (1, [feed])
    assert not rendered(mixer, 1).any()


def test_nothing_is_heard_of_a_sound_before_a_block_of_it_is_there(mixer: Mixer) -> None:
    feed = Feed(0, looping=False)
    feed.put(flat(0.5, 400))
    mixer.target = feed
    assert not rendered(mixer, 2).any()
    mixer.target = fed(flat(0.25, 4_800))
    assert (rendered(mixer, 1) == 0.25).all()
    assert not feed.heard


def test_it_is_quiet_when_the_fading_end_is_over(mixer: Mixer) -> None:
    assert mixer.is_quiet
    mixer.target = fed(flat(0.5, 5_000))
    assert not mixer.is_quiet
    rendered(mixer, 1)
    mixer.target = None
    assert not mixer.is_quiet
    rendered(mixer, 1, FADE // 2)
    assert not mixer.is_quiet
    rendered(mixer, 1, FADE)
    assert mixer.is_quiet


def test_silence_is_what_it_says() -> None:
    assert silence(3, 2).shape == (3, 2)
