"""AIFF and AIFC: odd rates, lost sizes, loops, encrypted packs."""

import struct

import pytest

from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from tests.writers import aiffs
from tests.writers.samples import tone

RATE = 44_100
LONG = tone(4.0, RATE, 2, 440.0)


def read(data: bytes) -> Header:
    return describe(Content.of_bytes(data))


@pytest.mark.parametrize(
    ("rate", "told"), [(8_000, 8_000), (22_254.5454, 22_255), (44_100, 44_100), (192_000, 192_000), (1, 1)]
)
def test_rates_are_80_bit_floats(rate: float, told: int) -> None:
    data = aiffs.aiff(LONG[:1_000], 44_100, 16).replace(aiffs.rate_bytes(44_100), aiffs.rate_bytes(rate))
    assert read(data).sample_rate_hz == told


def test_an_interrupted_recording_lasts_to_the_end_of_the_file() -> None:
    data = aiffs.aiff(LONG, RATE, 16)
    frames, sizes = struct.pack(">I", len(LONG)), struct.pack(">I", 8 + 4 * len(LONG))
    lost = data.replace(frames, bytes(4), 1).replace(sizes, bytes(4), 1)
    assert (read(lost).duration_s, read(lost).reason) == (4.0, None)


def test_a_sound_that_ends_early_says_so() -> None:
    data = aiffs.aiff(LONG, RATE, 24)
    header = read(data[: len(data) // 2])
    assert header.reason == "The file is cut off: 2.0 s of 4.0 s are there."
    assert header.duration_s == pytest.approx(2.0, abs=0.001)
    assert read(data[:30]).reason == "The file is cut off before its sound begins."


def test_encrypted_pack_audio_is_labelled() -> None:
    header = read(aiffs.aiff(LONG, RATE, 16, kind=b"able"))
    assert header.reason == "Ableton pack audio, encrypted: it plays only in Live."
    assert (header.format, header.codec, header.duration_s) == ("aifc", "able", 4.0)


def test_texts_of_all_chunks() -> None:
    frame = b"TBPM" + struct.pack(">IH", 3, 0) + b"\x0098"
    id3 = b"ID3\x03\0\0" + bytes((0, 0, 0, len(frame))) + frame
    data = aiffs.aiff(LONG, RATE, 16, metadata={"title": "Näme", "artist": "Who"}, after=[(b"ID3 ", id3)])
    assert read(data).metadata == {"title": "Näme", "artist": "Who", "bpm": "98"}
