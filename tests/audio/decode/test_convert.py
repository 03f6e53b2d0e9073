"""Another rate, fewer channels: pitch, level, length and place stay."""

from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.convert import Resampler
from tests.audio import signals


def resampled(samples: signals.Samples, from_hz: int, to_hz: int, block: int) -> signals.Samples:
    resampler = Resampler(from_hz, to_hz, 2)
    parts = [resampler.push(samples[at : at + block]) for at in range(0, len(samples), block)]
    return np.concatenate([*parts, resampler.flush()])


@pytest.mark.parametrize(("from_hz", "to_hz"), [(44_100, 48_000), (48_000, 44_100), (96_000, 48_000), (11_025, 48_000)])
def test_a_tone_stays_the_same_tone(from_hz: int, to_hz: int) -> None:
    freq = 0.35 * min(from_hz, to_hz)
    tone = signals.sine(1, from_hz, freq).astype(np.float32)
    made = resampled(tone, from_hz, to_hz, 1_000)
    assert len(made) == to_hz
    error = made - signals.sine(1, to_hz, freq)
    assert np.abs(error[500:-500]).max() < 0.5 * 10 ** (-70 / 20)


def test_blocks_of_any_size_make_the_same() -> None:
    tone = signals.chirp(0.5, 44_100).astype(np.float32)
    once = resampled(tone, 44_100, 48_000, len(tone))
    assert np.abs(once - resampled(tone, 44_100, 48_000, 37)).max() < 1e-6


@pytest.mark.parametrize("frames", [1, 2, 7, 30, 999])
def test_the_shortest_sounds_keep_their_length(frames: int) -> None:
    for from_hz, to_hz in ((8_000, 48_000), (44_100, 48_000), (192_000, 48_000)):
        made = resampled(np.full((frames, 2), 0.5, np.float32), from_hz, to_hz, 4_096)
        assert len(made) == -(-frames * to_hz // from_hz)


def test_what_the_new_rate_cannot_hold_is_left_out() -> None:
    high = signals.sine(1, 96_000, 30_000).astype(np.float32)
    assert np.abs(resampled(high, 96_000, 48_000, 4_096)[500:-500]).max() < 0.001


def test_a_file_is_converted_from_any_place(tmp_path: Path) -> None:
    file = signals.write("wav_float32", tmp_path / "sound", signals.chirp(2, 44_100))
    with decode.open(file, rate=32_000, channels=1) as stream:
        assert (stream.sample_rate_hz, stream.channels, stream.frames, stream.duration_s) == (32_000, 1, 64_000, 2.0)
        samples = stream.read(10**6)
        assert samples.shape == (64_000, 1)
        expected = signals.chirp(2, 32_000).mean(axis=1, keepdims=True)
        assert np.abs(samples - expected)[50:-50].max() < 1e-3
        stream.seek(40_000)
        assert np.abs(stream.read(5_000)[50:] - expected[40_050:45_000]).max() < 1e-3
    with decode.open(file, rate=32_000, channels=1, start_s=1.0) as stream:
        assert np.abs(stream.read(5_000)[50:] - expected[32_050:37_000]).max() < 1e-3


def test_surround_becomes_stereo(tmp_path: Path) -> None:
    six = np.zeros((4_410, 6))
    six[:, 4] = 0.5
    signals.write("flac_16", tmp_path / "surround", six)
    with decode.open(tmp_path / "surround", channels=2) as stream:
        left, right = stream.read(4_410).T
    assert 0.05 < left.mean() < 0.5
    assert not right.any()
