"""Measuring block by block gives what measuring all at once does, and sees what ails a sound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.waveforms.blocks import Block
from ctk.waveforms.meter import Meter, clips
from tests.waveforms.reference import Values, agrees, expected

RATE = 44_100


def metered(samples: Values, points: int = 64, *, cuts: list[int] | None = None, promised: int | None = None) -> Meter:
    """The meter after ``samples`` (frames x channels) went by, cut at some frames."""
    frames = len(samples) if promised is None else promised
    meter = Meter(frames, samples.shape[1], points)
    for part in np.split(samples, sorted(cuts or [])):
        values = np.ascontiguousarray(part).ravel()
        if len(values):
            meter.take(Block(values, lambda values=values: values))  # type: ignore[misc]
    return meter


def noise(frames: int, channels: int, kind: str = "float32") -> Values:
    values = np.random.default_rng(frames).uniform(-0.9, 0.9, (frames, channels))
    return (values * 32_768).astype(np.int16) if kind == "int16" else values.astype(np.float32)


def tone(seconds: float = 1.0, freq: float = 440.0, level: float = 1.0, bits: int = 16) -> Values:
    """A mono sine as int16; ``bits`` of them count."""
    unit = 1 << (16 - bits)
    most = 32_768 // unit - 1
    times = np.arange(round(seconds * RATE)) / RATE
    return (np.rint(level * most * np.sin(2 * np.pi * freq * times)) * unit).astype(np.int16)[:, None]


@settings(deadline=None)
@given(
    st.integers(1, 5_000),
    st.integers(1, 7),
    st.sampled_from([1, 3, 64, 1024, 6_000]),
    st.sampled_from(["int16", "float32"]),
    st.lists(st.integers(0, 5_000), max_size=4),
)
def test_however_it_is_cut(frames: int, channels: int, points: int, kind: str, cuts: list[int]) -> None:
    samples = noise(frames, channels, kind)
    meter = metered(samples, points, cuts=[min(cut, frames) for cut in cuts])
    values = samples / 32_768 if kind == "int16" else samples
    assert meter.seen == frames
    assert agrees(meter.outline, values, min(points, frames))
    assert meter.powers == pytest.approx(expected(values, min(points, frames))[2] ** 2, rel=1e-4)
    assert meter.peak == pytest.approx(float(np.abs(values).max()))
    assert meter.quiet == ()


def test_long_steps() -> None:
    samples = noise(200_000, 2, "int16")
    assert agrees(metered(samples, 10, cuts=[60_000, 130_000]).outline, samples / 32_768, 10)


def test_what_comes_after_the_promised_end_is_only_counted() -> None:
    samples = noise(1_000, 2)
    meter = metered(samples, 10, cuts=[300, 800], promised=700)
    assert meter.seen == 1_000
    assert agrees(meter.outline, samples[:700], 10)


def test_nothing_promised_and_nothing_there() -> None:
    assert metered(np.zeros((0, 2), np.float32)).seen == 0
    assert metered(noise(100, 2), promised=0).seen == 100


def test_quiet_channels() -> None:
    samples = noise(3_000, 4)
    samples[:, 1] = 0
    samples[:, 3] = np.float32(3 / 32_768)
    samples[2_999, 0] = 0
    assert metered(samples, cuts=[1_000, 2_000]).quiet == (1, 3)
    samples[2_500, 3] = np.float32(-5 / 32_768)
    assert metered(samples, cuts=[1_000, 2_000]).quiet == (1,)
    assert metered(np.zeros((100, 2), np.int16)).quiet == (0, 1)


def test_an_offset_is_there_all_the_time() -> None:
    low = tone(freq=43.0, level=0.5).astype(np.float32) / 32_768
    assert metered(low + np.float32(0.03)).offset == pytest.approx(0.03, abs=0.003)
    both = np.concatenate([low, low - np.float32(0.05)], axis=1)
    assert metered(both, cuts=[20_000]).offset == pytest.approx(-0.05, abs=0.003)
    faded = (low + np.float32(0.04)) * np.linspace(1, 0.3, len(low), dtype=np.float32)[:, None]
    assert metered(faded).offset == pytest.approx(0.026, abs=0.004)


def test_part_of_a_wave_is_no_offset() -> None:
    wave = tone(seconds=0.08, freq=20.0).astype(np.float32) / 32_768
    assert abs(float(wave.mean())) > 0.1
    assert metered(wave).offset == 0.0


def clip_count(mono: Values, *, top: int = 32_767, unit: int = 1) -> int:
    values = np.ascontiguousarray(mono).ravel()
    return clips(values, values, 1, top, unit)


def too_loud(db: float, **about: float) -> Values:
    sound = tone(**about).astype(np.int64) * 10 ** (db / 20)  # type: ignore[arg-type]
    clipped: Values = np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16)
    return clipped


@pytest.mark.parametrize("freq", [20.0, 30.0, 41.2, 55.0, 110.0, 440.0, 3_000.0, 11_025.0, 22_049.0])
@pytest.mark.parametrize("bits", [8, 16])
def test_a_tone_brought_to_full_scale_is_not_clipped(freq: float, bits: int) -> None:
    unit = 1 << (16 - bits)
    assert clip_count(tone(freq=freq, bits=bits), top=32_768 - unit, unit=unit) == 0


@pytest.mark.parametrize("freq", [41.2, 110.0, 440.0, 1_000.0])
@pytest.mark.parametrize("db", [1.0, 6.0, 20.0])
def test_a_tone_recorded_too_loud_is_clipped(freq: float, db: float) -> None:
    assert clip_count(too_loud(db, freq=freq)) >= freq


def test_clipped_the_same_in_each_channel_and_kind() -> None:
    mono = too_loud(3.0, freq=440.0)
    count = clip_count(mono)
    stereo = np.concatenate([mono, tone(freq=100.0, level=0.5)], axis=1).ravel()
    assert clips(stereo, stereo, 2, 32_767, 1) == count
    floats = mono.ravel().astype(np.float32) / 32_768
    assert clips(floats, floats, 1, 32_767, 1) == count


def test_full_scale_that_is_not_flat_in_every_bit_is_not_clipped() -> None:
    top = too_loud(3.0, freq=440.0).ravel()
    whole = top.astype(np.int32) << 8
    whole += np.random.default_rng(1).integers(0, 200, len(whole), dtype=np.int32)
    assert clips(top, whole, 1, 32_767, 1) == 0


def test_square_waves_and_silence_are_not_clipped() -> None:
    square = np.where(np.arange(10_000) // 100 % 2, 32_767, -32_768).astype(np.int16)
    assert clip_count(square) == 0
    assert clip_count(np.zeros(10_000, np.int16)) == 0
    assert clip_count(np.full(3, 32_767, np.int16)) == 0


def test_the_meter_counts_clips() -> None:
    assert metered(too_loud(3.0), cuts=[5_000, 17_000]).clips >= 850
    assert metered(tone()).clips == 0
