"""WAV and its large kin: sizes that lie, chunks in odd places, texts."""

import struct

import pytest

from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from tests.writers import waves
from tests.writers.samples import tone

RATE = 44_100
SECOND = tone(1.0, RATE, 2, 440.0)
LONG = tone(4.0, RATE, 2, 440.0)
PCM = waves.wav(SECOND, RATE, 16)
DATA_SIZE_AT = 40


def read(data: bytes) -> Header:
    return describe(Content.of_bytes(data))


def with_sizes(data: bytes, riff: int, sound: int) -> bytes:
    return data[:4] + struct.pack("<I", riff) + data[8:DATA_SIZE_AT] + struct.pack("<I", sound) + data[44:]


@pytest.mark.parametrize(
    ("riff", "sound"),
    [
        (0, 0),
        (36, 0),
        (0xFFFF_FFFF, 0xFFFF_FFFF),
        (0xFFFF_FFFF, 0xFFFF_FFD8),
        (0x7FFF_0024, 0x7FFF_F000),
        (12, 176_400),
        (0xFFFF_FFFF, 176_400),
        (176_436, 176_436),
    ],
)
def test_sizes_left_by_streams_and_crashes_mean_all_there_is(riff: int, sound: int) -> None:
    header = read(with_sizes(PCM, riff, sound))
    assert (header.duration_s, header.reason) == (1.0, None)


def test_a_sound_that_ends_early_says_how_much_is_there() -> None:
    whole = waves.wav(LONG, RATE, 16)
    header = read(whole[: len(whole) // 4])
    assert header.reason == "The file is cut off: 1.0 s of 4.0 s are there."
    assert header.duration_s == pytest.approx(1.0, abs=0.001)
    assert (header.sample_rate_hz, header.channels, header.bit_depth) == (RATE, 2, 16)


@pytest.mark.parametrize("length", [11, 12, 20, 30, 40])
def test_a_file_cut_in_its_header_says_so(length: int) -> None:
    reason = read(PCM[:length]).reason
    assert reason is not None
    assert "cut off before its sound" in reason or "not a sound" in reason


def test_a_header_without_sound_says_so() -> None:
    assert read(with_sizes(PCM[:44], 36, 0)).reason == "The file has a header but no sound in it."
    empty = waves.wav(SECOND[:0], RATE, 16, metadata={"title": "Nothing"})
    assert read(empty).reason == "The file has a header but no sound in it."


def test_big_chunks_before_the_sound_are_hopped_over() -> None:
    data = waves.wav(SECOND, RATE, 24, before=[(b"JUNK", bytes(300_001)), (b"bext", bytes(602))])
    header = read(data)
    assert (header.duration_s, header.bit_depth, header.reason) == (1.0, 24, None)


def test_a_missing_pad_byte_is_forgiven() -> None:
    odd = b"odd " + struct.pack("<I", 3) + b"\1\2\3"
    header = read(PCM[:12] + odd + PCM[12:])
    assert header.duration_s == 1.0


def test_a_depth_that_contradicts_the_block_is_measured_by_the_block() -> None:
    loose = PCM[:32] + struct.pack("<HH", 8, 24) + PCM[36:]
    assert read(loose).duration_s == 0.5
    impossible = PCM[:32] + struct.pack("<HH", 3, 16) + PCM[36:]
    assert read(impossible).duration_s == 1.0


@pytest.mark.parametrize("name", [b"RF64", b"BW64"])
def test_large_files_keep_their_sizes_apart(name: bytes) -> None:
    data = waves.rf64(LONG, RATE, 24, name=name)
    assert (read(data).duration_s, read(data).reason) == (4.0, None)
    assert read(data[: len(data) // 2]).reason == "The file is cut off: 2.0 s of 4.0 s are there."


def test_wave64_and_its_cut() -> None:
    data = waves.w64(LONG, RATE, 16)
    assert read(data).duration_s == 4.0
    assert read(data[: len(data) // 2]).reason == "The file is cut off: 2.0 s of 4.0 s are there."


def test_big_endian_waves_go_to_the_general_reader() -> None:
    body = b"WAVEfmt " + struct.pack(">IHHIIHH", 16, 1, 2, RATE, RATE * 4, 4, 16)
    body += b"data" + struct.pack(">I", 4 * RATE) + bytes(4 * RATE)
    header = read(b"RIFX" + struct.pack(">I", len(body)) + body)
    assert (header.format, header.codec, header.duration_s, header.reason) == ("wav", "pcm", 1.0, None)


def test_texts_from_every_chunk() -> None:
    bext = b"Thunder, far".ljust(256, b"\0") + b"Recorder".ljust(32, b"\0") + bytes(32) + b"2019-05-04" + bytes(272)
    ixml = b"<BWFXML><PROJECT>Storm &amp; Rain</PROJECT><SCENE>12</SCENE><NOTE></NOTE></BWFXML>"
    frame = b"TKEY" + struct.pack(">IH", 3, 0) + b"\0Am"
    id3 = b"ID3\x03\0\0" + bytes((0, 0, 0, len(frame))) + frame
    data = waves.wav(
        SECOND,
        RATE,
        16,
        before=[(b"bext", bext)],
        after=[(b"iXML", ixml), (b"id3 ", id3), (b"LIST", waves.info({"title": "Donner", "genre": "FX"}))],
    )
    assert read(data).metadata == {
        "description": "Thunder, far",
        "originator": "Recorder",
        "date": "2019-05-04",
        "project": "Storm & Rain",
        "scene": "12",
        "key": "Am",
        "title": "Donner",
        "genre": "FX",
    }


@pytest.mark.parametrize(("at", "value"), [(24, 0), (24, 0xFFFF_FFFF), (22, 0)])
def test_absurd_numbers_are_not_believed(at: int, value: int) -> None:
    size = 2 if at == 22 else 4
    header = read(PCM[:at] + value.to_bytes(size, "little") + PCM[at + size :])
    assert header.reason == "The header of this file is broken, so its sound cannot be found."
    assert (header.sample_rate_hz if at == 24 else header.channels) is None
