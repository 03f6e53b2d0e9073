"""Listening gives outlines that agree with every sample, of any sound and any part, and finds what ails it."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ctk.errors import CannotDecode, UsageError
from ctk.records import Ailment
from ctk.waveforms import listening
from ctk.waveforms.health import findings
from ctk.waveforms.listening import listen, part
from tests.sounds import KINDS, make
from tests.waveforms.reference import Values, agrees, decoded
from tests.writers import aiffs, encoded, waves

RATE = 44_100
POINTS = (1, 7, 64, 1_024, 3_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sound"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_number_of_points(kind: str, path: Path) -> None:
    make(kind, path, seconds=0.4)
    samples = decoded(path)
    for points in POINTS:
        found = part(str(path), points)
        assert (found.start, found.end, found.frames) == (0, len(samples), len(samples))
        assert agrees(found.outline, samples, points), points
    heard = listen(str(path))
    assert heard.numbers.frames == len(samples)
    assert heard.numbers.sample_rate_hz == found.sample_rate_hz
    for points in (64, 128, 1_024):
        assert agrees(heard.outline.reduced(points), samples, points)
    assert list(findings(heard.numbers)) == (["silent"] if kind == "ape" else [])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ape"])
def test_a_part_of_every_kind(kind: str, path: Path) -> None:
    make(kind, path, seconds=1.0)
    samples = decoded(path)
    rate = part(str(path), 1).sample_rate_hz
    exact = KINDS[kind].codec in ("pcm", "float", "flac", "alac", "wavpack", "tta", "alaw", "mulaw")
    for start_s, end_s in ((0.25, 0.5), (0.0, 0.01), (0.7, None), (0.9, 99.0)):
        found = part(str(path), 50, start_s, end_s)
        start, end = round(start_s * rate), min(len(samples), round((end_s or 99.0) * rate))
        assert (found.start, found.end) == (start, end)
        known = KINDS[kind].slack_s == 0 or end == len(samples)
        assert found.frames == (len(samples) if known else pytest.approx(len(samples), rel=0.3))
        assert part(str(path), 1, start_s, end_s, frames=len(samples)).frames == len(samples)
        unit = 1 / 32_768 if exact or start_s == 0 else 0.003
        assert agrees(found.outline, samples[start:end], 50, unit=unit), (start_s, end_s)


def test_parts_that_are_none(path: Path) -> None:
    make("wav_16", path, seconds=0.5)
    with pytest.raises(UsageError, match=r"has ended before 0.70 s\.$"):
        part(str(path), 10, 0.7)
    found = part(str(path), 4, 0.25, 0.250001)
    assert found.end == found.start + 1
    assert found.outline.steps == 4


@pytest.mark.parametrize("frames", [1, 2, 3, 63, 64, 65, 1_023, 1_024, 1_025])
def test_very_short_sounds(frames: int, path: Path) -> None:
    samples = np.random.default_rng(frames).uniform(-0.9, 0.9, (frames, 2))
    path.write_bytes(waves.wav(samples, RATE, 16))
    heard = listen(str(path))
    assert heard.outline.steps == min(frames, listening.STEPS)
    for points in POINTS:
        assert agrees(part(str(path), points).outline, decoded(path), points)
        if heard.outline.gives(points):
            assert agrees(heard.outline.reduced(points), decoded(path), points)


@pytest.mark.parametrize("remembered", [listening._REMEMBERED, 1_000])
def test_sounds_that_do_not_know_how_long_they_are(
    remembered: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_REMEMBERED", remembered)
    for kind in ("aac", "mp3_vbr_bare", "mp3_cbr_bare", "flac_16"):
        make(kind, path, seconds=2.0)
        if kind == "flac_16":  # a stream that was written without knowing its end
            data = bytearray(path.read_bytes())
            data[21] &= 0xF0
            data[22:26] = bytes(4)
            path.write_bytes(data)
        samples = decoded(path)
        assert agrees(part(str(path), 300).outline, samples, 300)
        heard = listen(str(path))
        assert heard.numbers.frames == len(samples)
        assert agrees(heard.outline, samples, 1_024)


def test_no_sound(path: Path) -> None:
    path.write_bytes(waves.wav(np.zeros((0, 1)), RATE, 16))
    for ask in (lambda: listen(str(path)), lambda: part(str(path), 10)):
        with pytest.raises(CannotDecode, match=r"sound.*\.$"):
            ask()


def test_memory_does_not_grow_with_the_sound(path: Path) -> None:
    header = waves.wav(np.zeros((0, 2)), RATE, 24)
    size = 3 * 3_600 * RATE * 6
    with open(path, "wb") as file:
        file.write(header[:-4] + size.to_bytes(4, "little"))
        file.truncate(len(header) + size)
    tracemalloc.start()
    try:
        found = part(str(path), 1_000, 3_600.0, 3_660.0)
        assert found.frames == 3 * 3_600 * RATE
        listen(str(path), check=stop_after(200))
    except StopIteration:
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 8 << 20


def stop_after(count: int) -> Callable[[], None]:
    left = iter(range(count))
    return lambda: None if next(left, None) is not None else stop()


def stop() -> None:
    raise StopIteration


def test_what_is_asked_between_blocks_can_stop_it(path: Path) -> None:
    make("mp3_cbr", path, seconds=10.0)
    with pytest.raises(StopIteration):
        listen(str(path), check=stop_after(2))


def sine(seconds: float = 2.0, channels: int = 2, level: float = 0.5, freq: float = 440.0) -> Values:
    times = np.arange(round(seconds * RATE)) / RATE
    return np.repeat(level * np.sin(2 * np.pi * freq * times)[:, None], channels, axis=1)


def wav(bits: int, *, floating: bool = False) -> Callable[[Path, Values], None]:
    return lambda path, samples: void(path.write_bytes(waves.wav(samples, RATE, bits, floating=floating)))


def aiff(bits: int, kind: bytes = b"") -> Callable[[Path, Values], None]:
    return lambda path, samples: void(path.write_bytes(aiffs.aiff(samples, RATE, bits, kind=kind)))


def coded(muxer: str, codec: str, sample_format: str, **options: int) -> Callable[[Path, Values], None]:
    return lambda path, samples: encoded.write(
        path, samples, RATE, muxer=muxer, codec=codec, sample_format=sample_format, bit_rate=options.get("bit_rate", 0)
    )


def void(result: object) -> None:
    """Writers return nothing."""


LOSSLESS: dict[str, Callable[[Path, Values], None]] = {
    "wav 16": wav(16),
    "wav 24": wav(24),
    "wav 32": wav(32),
    "wav float": wav(32, floating=True),
    "aiff 16": aiff(16),
    "aiff 24": aiff(24),
    "aifc float": aiff(32, b"fl32"),
    "flac": coded("flac", "flac", "s16"),
    "alac": coded("ipod", "alac", "s16p"),
    "wavpack": coded("wv", "wavpack", "s16p"),
}
LOSSY: dict[str, Callable[[Path, Values], None]] = {
    "mp3": coded("mp3", "libmp3lame", "s16p", bit_rate=192_000),
    "aac": coded("ipod", "aac", "fltp", bit_rate=192_000),
    "opus": lambda path, samples: encoded.write(
        path, samples, 48_000, muxer="opus", codec="libopus", sample_format="flt"
    ),
}
EVERY = LOSSLESS | LOSSY


def ailments(path: Path) -> list[Ailment]:
    return list(findings(listen(str(path)).numbers))


@pytest.mark.parametrize("format", EVERY)
def test_sounds_that_are_well(format: str, path: Path) -> None:
    for samples in (sine(), sine(level=1.0), sine(0.01), sine(freq=30.0, level=1.0), sine(level=0.001)):
        EVERY[format](path, samples)
        assert ailments(path) == []


@pytest.mark.parametrize("format", EVERY)
def test_silence(format: str, path: Path) -> None:
    EVERY[format](path, np.zeros((RATE, 2)))
    assert ailments(path) == ["silent"]
    assert listen(str(path)).numbers.loudness_db is None


@pytest.mark.parametrize("format", EVERY)
def test_a_dead_channel(format: str, path: Path) -> None:
    for channel, words in ((0, "The left channel is silent."), (1, "The right channel is silent.")):
        samples = sine()
        samples[:, channel] = 0.0
        EVERY[format](path, samples)
        assert findings(listen(str(path)).numbers) == {"dead-channel": words}


@pytest.mark.parametrize("format", LOSSLESS)
def test_recorded_too_loud(format: str, path: Path) -> None:
    LOSSLESS[format](path, sine(level=2.0).clip(-1.0, 1.0))
    assert ailments(path) == ["clipped"]


def test_beyond_full_scale_nothing_is_lost(path: Path) -> None:
    wav(32, floating=True)(path, sine(level=2.0))
    heard = listen(str(path))
    assert findings(heard.numbers) == {}
    assert heard.numbers.peak == pytest.approx(2.0, abs=0.001)
    assert agrees(heard.outline, decoded(path), 1_024, unit=1 / 16_384)


@pytest.mark.parametrize("format", [*LOSSLESS, "mp3", "aac"])
def test_off_the_middle(format: str, path: Path) -> None:
    samples = sine()
    samples[:, 1] += 0.04
    EVERY[format](path, samples)
    found = findings(listen(str(path)).numbers)
    assert found in ({}, {"offset": "Off the middle: it swings around 4 % above zero (DC offset)."})
    assert found or format in LOSSY  # encoders may filter it out


def cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@pytest.mark.parametrize("format", [*LOSSLESS, "mp3"])
def test_cut_off(format: str, path: Path) -> None:
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (3 * RATE, 2))
    EVERY[format](path, noise)
    cut(path, 0.5)
    if format == "alac":  # what the sound is stands at the end of the file
        with pytest.raises(CannotDecode):
            listen(str(path))
        return
    found = findings(listen(str(path)).numbers)
    assert found["truncated"].startswith("Ends early: 1.")
    assert found["truncated"].endswith(" s of 3.00 s are there.")
    assert set(found) <= {"truncated", "damaged"}


@pytest.mark.parametrize("format", ["flac", "wavpack", "mp3", "aac"])
def test_damaged_within(format: str, path: Path) -> None:
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (3 * RATE, 2))
    EVERY[format](path, noise)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3_000] = b"\x55" * 3_000
    path.write_bytes(data)
    # Of FLAC and WavPack, FFmpeg passes over what is no packet, and only the length tells.
    assert ailments(path) == (["damaged"] if format in LOSSY else ["truncated"])


def test_levels(path: Path) -> None:
    wav(24)(path, np.concatenate([sine(1.0, level=0.5), np.zeros((3 * RATE, 2))]))
    numbers = listen(str(path)).numbers
    assert numbers.peak_db == pytest.approx(-6.02, abs=0.01)
    assert numbers.loudness_db == pytest.approx(-9.03, abs=0.1)
    assert numbers.rms == pytest.approx(0.5 / np.sqrt(2) / 2, abs=0.001)
