"""The layout of sounds that are plain numbers is told from their header, and of nothing else."""

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ctk.audio.decode import pcm
from ctk.audio.decode.pcm import Layout
from tests.sounds import KINDS, make
from tests.writers import aiffs, waves
from tests.writers.samples import Samples, pack, tone

PLAIN = {
    "wav_8": ("unsigned", 1, False),
    "wav_16": ("int", 2, False),
    "wav_24": ("int", 3, False),
    "wav_32": ("int", 4, False),
    "wav_float32": ("float", 4, False),
    "wav_float64": ("float", 8, False),
    "wav_extensible": ("int", 3, False),
    "wav_20_in_24": ("int", 3, False),
    "rf64": ("int", 3, False),
    "bw64": ("int", 2, False),
    "w64": ("int", 2, False),
    "w64_float32": ("float", 4, False),
    "aiff_8": ("int", 1, True),
    "aiff_16": ("int", 2, True),
    "aiff_24": ("int", 3, True),
    "aiff_32": ("int", 4, True),
    "aifc_sowt": ("int", 2, False),
    "aifc_in24": ("int", 3, True),
    "aifc_fl32": ("float", 4, True),
    "aifc_fl64": ("float", 8, True),
    "caf_16": ("int", 2, True),
    "caf_24": ("int", 3, False),
    "caf_float32": ("float", 4, False),
}
"""Of every kind of file that is: the numbers, their bytes, and whether the high byte comes first."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sound"


def layout(path: Path) -> Layout | None:
    with io.FileIO(path) as file:
        return pcm.layout(file)


def of(path: Path, data: bytes) -> Layout | None:
    path.write_bytes(data)
    return layout(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind(kind: str, channels: int, path: Path) -> None:
    make(kind, path, seconds=0.25, rate=32_000, channels=channels, metadata={"title": "x" * 33})
    found = layout(path)
    if kind not in PLAIN:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.sample_bytes, found.big or found.sample_bytes == 1) == (
        *PLAIN[kind][:2],
        PLAIN[kind][2] or found.sample_bytes == 1,
    )
    assert (found.sample_rate_hz, found.channels, found.frames, found.promised) == (32_000, channels, 8_000, 8_000)
    sound = tone(0.25, 32_000, channels, 440.0)
    floating, depth = found.kind == "float", 8 * found.sample_bytes
    if kind == "caf_24":  # FFmpeg wrote it, from samples of 32 bits
        return
    data = pack(sound, depth, floating=floating, big=found.big, unsigned=found.kind == "unsigned")
    if kind != "caf_float32":
        assert path.read_bytes()[found.offset :][: len(data)] == data
    assert found.frame_bytes * found.frames == len(data)


def mono(seconds: float = 0.1) -> Samples:
    return tone(seconds, 8_000, 1, 440.0)


def test_cut_off(path: Path) -> None:
    whole = waves.wav(mono(), 8_000, 16)
    found = of(path, whole[:-801])
    assert found is not None
    assert (found.frames, found.promised) == (399, 800)
    assert of(path, whole[:44]) is None
    assert of(path, b"") is None


@pytest.mark.parametrize(
    "write",
    [
        lambda sound: waves.wav(sound, 8_000, 16, before=[(b"JUNK", bytes(70_001)), (b"bext", bytes(602))]),
        lambda sound: waves.wav(sound, 8_000, 16, after=[(b"LIST", b"INFOxyz ")]),
        lambda sound: aiffs.aiff(sound, 8_000, 16, after=[(b"ANNO", b"some")]),
    ],
)
def test_other_chunks_around_it(write: Callable[[Samples], bytes], path: Path) -> None:
    found = of(path, write(mono()))
    assert found is not None
    assert found.frames == 800


def replaced(at: int, format: str, value: int) -> bytes:
    """A WAV of 16 bits with another number somewhere in its header."""
    data = bytearray(waves.wav(mono(), 8_000, 16))
    struct.pack_into(format, data, at, value)
    return bytes(data)


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("compressed", replaced(20, "<H", 2)),
        ("no channels", replaced(22, "<H", 0)),
        ("other channels than in a block", replaced(22, "<H", 2)),
        ("an absurd rate", replaced(24, "<I", 3)),
        ("12 bits", replaced(34, "<H", 12)),
        ("a size that was never set", replaced(40, "<I", 0)),
        ("a size that means all there is", replaced(40, "<I", 0xFFFF_FFFF)),
        ("the size a crashed recorder leaves", replaced(40, "<I", 0x7FFF_F000)),
        ("no sound", waves.wav(mono(), 8_000, 16)[:36]),
        ("big-endian", b"RIFX" + waves.wav(mono(), 8_000, 16)[4:]),
        ("text", b"RIFF is a word"),
        ("an encrypted pack", aiffs.aiff(mono(), 8_000, 16, kind=b"able")),
        (
            "a rate with a fraction",
            aiffs.aiff(mono(), 8_000, 16).replace(aiffs.rate_bytes(8_000), aiffs.rate_bytes(8_000.5)),
        ),
    ],
)
def test_whatever_is_not_beyond_doubt(what: str, data: bytes, path: Path) -> None:
    assert of(path, data) is None, what


def test_an_aiff_that_counts_other_frames_than_it_holds(path: Path) -> None:
    data = bytearray(aiffs.aiff(mono(), 8_000, 16))
    struct.pack_into(">I", data, 22, 700)
    assert of(path, bytes(data)) is None


def test_a_caf_that_was_not_closed(path: Path) -> None:
    make("caf_16", path, seconds=0.1, rate=8_000, channels=1)
    data = bytearray(path.read_bytes())
    at = data.index(b"data")
    struct.pack_into(">q", data, at + 4, -1)
    found = of(path, bytes(data))
    assert found is not None
    assert found.frames == found.promised >= 800


def test_any_bytes_at_all(path: Path) -> None:
    chance = random.Random(1)
    samples = [make(kind, path, seconds=0.02, channels=1).read_bytes() for kind in PLAIN]
    for _ in range(3_000):
        data = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(min(len(data), 120))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        found = of(path, bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))
        if found is not None:
            size = path.stat().st_size
            assert 0 < found.frames <= found.promised
            assert 0 < found.offset <= size - found.frames * found.frame_bytes
            assert 1 <= found.channels <= 256 and found.sample_bytes in (1, 2, 3, 4, 8)
            assert np.iinfo(np.int32).max > found.sample_rate_hz >= 100
