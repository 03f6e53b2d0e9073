"""The seek index: learned by listening once, kept as bytes, believed only as far as it proves true."""

import random
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ctk.audio import decode
from ctk.audio.decode.samples import Samples
from ctk.audio.decode.seeking import Landing, Learning, SeekIndex, landing
from tests.audio import signals
from tests.sounds import KINDS

LEARNED = [
    "mp3_cbr",
    "mp3_cbr_bare",
    "mp3_vbr",
    "mp3_vbr_bare",
    "mp3_mpeg2",
    "mp2",
    "aac",
    "ogg_flac",
    "wav_mp3",
    "wv_16",
]
SECONDS = 12
INDEX = SeekIndex(441_000, (0, 44_928, 89_856, 134_784), (45, 20_000, 39_000, 60_000))


def make(kind: str, path: Path, seconds: float = SECONDS) -> Path:
    rate = KINDS[kind].rate_hz or 44_100
    return signals.write(kind, path, signals.chirp(seconds, rate), rate)


def listen(file: Path) -> tuple[Samples, SeekIndex]:
    with decode.open(file) as stream:
        whole = stream.read(10**8)
        assert not len(stream.read(1))
        index = stream.index()
    assert index is not None
    return whole, index


def heard(file: Path, frame: int, index: SeekIndex | None) -> Samples:
    """Two thousand frames from ``frame`` on, in a stream that knows nothing yet."""
    with decode.open(file, index=index) as stream:
        stream.seek(frame)
        return stream.read(2_000)


@pytest.mark.parametrize("kind", LEARNED)
def test_every_place_is_exact_with_the_index_and_without(kind: str, tmp_path: Path) -> None:
    file = make(kind, tmp_path / "sound")
    whole, index = listen(file)
    assert index.total == len(whole)
    assert 0.4 * SECONDS <= len(index.frames) <= SECONDS + 1
    marks = [frame + step for frame in index.frames[1::3] for step in (-1, 0, 1)]
    chance = random.Random(kind)
    for frame in [0, len(whole) - 1, len(whole), *marks, *(chance.randrange(len(whole)) for _ in range(6))]:
        for known in (index, None):
            expected, block = whole[frame : frame + 2_000], heard(file, frame, known)
            assert (frame, block.shape) == (frame, expected.shape)
            assert not len(block) or np.abs(block - expected).max() < (0.05 if kind == "aac" else 1e-4), frame


def test_the_end_is_that_of_the_sound_and_not_of_its_padding(tmp_path: Path) -> None:
    file = make("mp3_cbr", tmp_path / "sound")
    _, index = listen(file)
    for known in (index, None):
        with decode.open(file, index=known) as stream:
            stream.seek(6 * 44_100)
            assert len(stream.read(10**8)) == 6 * 44_100
            assert stream.frames == SECONDS * 44_100


def test_the_length_of_a_file_that_does_not_say_is_known_from_its_index(tmp_path: Path) -> None:
    file = make("mp3_vbr_bare", tmp_path / "sound")
    whole, index = listen(file)
    with decode.open(file) as plain, decode.open(file, index=index) as told:
        assert plain.frames != len(whole)
        assert told.frames == len(whole)


def test_converted_sound_learns_the_index_of_its_file(tmp_path: Path) -> None:
    file = make("mp3_vbr", tmp_path / "sound")
    with decode.open(file, rate=32_000, channels=1) as stream:
        assert stream.index() is None
        while len(stream.read(50_000)):
            pass
        assert stream.index() == listen(file)[1]
        assert stream.promised == SECONDS * 32_000


@pytest.mark.parametrize("kind", ["wav_16", "flac_16", "m4a_aac", "ogg_vorbis", "wma", "wav_adpcm_ms"])
def test_formats_that_need_no_index_learn_none(kind: str, tmp_path: Path) -> None:
    with decode.open(make(kind, tmp_path / "sound", 4)) as stream:
        stream.read(10**8)
        assert stream.index() is None


def test_only_what_was_read_from_beginning_to_end_is_learned_from(tmp_path: Path) -> None:
    file = make("mp3_vbr", tmp_path / "sound")
    with decode.open(file) as stream:
        stream.read(400_000)
        assert stream.index() is None
        stream.seek(10)
        stream.seek(200_000)
        stream.read(10**8)
        assert stream.index() is None
        stream.seek(0)
        stream.read(10**8)
        assert stream.index() == listen(file)[1]
    with decode.open(make("mp3_vbr", tmp_path / "short", 1.5)) as stream:
        stream.read(10**8)
        assert stream.index() is None


def test_what_is_broken_is_passed_exactly(tmp_path: Path) -> None:
    """Only the index knows how many frames the broken packets would have been."""
    file = make("mp3_cbr", tmp_path / "sound")
    data = bytearray(file.read_bytes())
    data[100_000:104_000] = random.Random(1).randbytes(4_000)
    data[150_000:150_000] = bytes(5_000)
    file.write_bytes(data)
    whole, index = listen(file)
    assert 11 * 44_100 < len(whole) <= 12 * 44_100
    for frame in range(0, len(whole), 31_000):
        assert np.abs(heard(file, frame, index) - whole[frame : frame + 2_000]).max() < 1e-5


def test_bytes_and_back() -> None:
    empty = SeekIndex(0, (), ())
    for index in (INDEX, empty, SeekIndex(1 << 50, (0, 1 << 49), (5, 1 << 48))):
        assert SeekIndex.unpack(index.pack()) == index
    hours = SeekIndex(317_520_000, tuple(range(0, 317_520_000, 44_928)), tuple(range(45, 115_000_000, 16_274)))
    assert len(hours.pack()) < 2_000


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no index",
        INDEX.pack()[:-4],
        zlib.compress(b""),
        zlib.compress(bytes(7)),
        zlib.compress(bytes(16)),
        zlib.compress(b"\xff" * 24),
        zlib.compress(bytes(1 << 27)),
    ],
)
def test_other_bytes_are_no_index(packed: bytes) -> None:
    with pytest.raises(ValueError):
        SeekIndex.unpack(packed)


def test_an_index_fits_only_a_file_that_could_be_its_own() -> None:
    assert INDEX.fits(45, 60_001)
    assert not INDEX.fits(44, 60_001)
    assert not INDEX.fits(None, 60_001)
    assert not INDEX.fits(45, 60_000)
    assert not replace(INDEX, total=134_783).fits(45, 60_001)
    assert not replace(INDEX, total=1 << 40).fits(45, 60_001)
    assert not replace(INDEX, frames=(0, 1)).fits(45, 60_001)
    assert not replace(INDEX, frames=(0, 44_928, 44_928, 134_784)).fits(45, 60_001)
    assert not replace(INDEX, offsets=(45, 39_000, 20_000, 60_000)).fits(45, 60_001)
    assert not SeekIndex(0, (), ()).fits(45, 60_001)


def test_the_run_up_is_the_second_before() -> None:
    assert INDEX.landing(100_000) == Landing(20_000, 39_000, 89_856)
    assert INDEX.landing(44_928) == Landing(45, 20_000, 44_928)
    assert INDEX.landing(44_927) is None
    assert landing((), (), 5) is None


def test_marks_are_a_second_apart_and_can_be_found_again() -> None:
    class Packet:
        def __init__(self, pos: int | None) -> None:
            self.pos = pos

    learning = Learning()
    places = [10, 10, 20, None, 20, 30, 40, 40, 50, 60]
    for number, _ in enumerate(learning.watch(map(Packet, places))):  # type: ignore[arg-type]  # only their places count
        if number == 0:
            learning.begin(400, 1_000)
        else:
            learning.made += 400
    # Made before each packet: 0, 400, 800, 1200, 1600, 2000, 2400, 2800, 3200, 3600
    assert learning.learned(4_000) == SeekIndex(4_000, (0, 2_000, 3_200), (10, 30, 50))
    assert Learning().learned(0) is None


@pytest.mark.parametrize("kind", ["mp3_vbr", "mp3_vbr_bare", "aac", "ogg_flac", "wv_16", "mp2"])
def test_the_index_of_another_file_does_no_harm(kind: str, tmp_path: Path) -> None:
    """It cannot be told from a true one at once, but nothing is found where it says."""
    whole, true = listen(make(kind, tmp_path / "sound"))
    file = tmp_path / "sound"
    chance = random.Random(kind)
    others = [
        replace(true, offsets=[true.offsets[0], *(offset + chance.randint(1, 300) for offset in true.offsets[1:])]),
        replace(true, offsets=[true.offsets[0], *range(true.offsets[0] + 1, true.offsets[0] + len(true.offsets))]),
        replace(
            true,
            frames=[0, *(frame * 40 for frame in true.frames[1:])],
            total=true.total * 40,
            offsets=[true.offsets[0], *(true.offsets[-1] + number for number in range(1, len(true.offsets)))],
        ),
    ]
    for other in others:
        for frame in (0, 100_000, len(whole) - 50_000, len(whole) - 1, len(whole) + 10):
            with decode.open(file, index=other) as stream:
                stream.seek(frame)
                block, expected = stream.read(1_000), whole[frame : frame + 1_000]
                assert block.shape == expected.shape
                assert not len(block) or np.abs(block - expected).max() < (0.05 if kind == "aac" else 1e-4)
                stream.seek(0)
                assert len(stream.read(10**8)) in (len(whole), other.total)
