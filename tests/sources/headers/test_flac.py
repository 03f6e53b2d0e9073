"""FLAC: unknown lengths, cut files, comments and covers."""

import struct
from pathlib import Path

import pytest

from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from tests.sounds import make

TOTAL_AT = 21
"""Where the low 32 bits of STREAMINFO's sample count lie, after four more in the byte before."""


def read(data: bytes) -> Header:
    return describe(Content.of_bytes(data))


@pytest.fixture(scope="module", params=["flac_16", "flac_24"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("flac")
    return make(request.param, folder / "a.flac", seconds=9.0, metadata={"title": "Flötе"}).read_bytes()


def test_a_stream_of_unknown_length_is_measured_by_its_last_frame(whole: bytes) -> None:
    unknown = whole[:TOTAL_AT] + bytes((whole[TOTAL_AT] & 0xF0,)) + bytes(4) + whole[TOTAL_AT + 5 :]
    assert (read(unknown).duration_s, read(unknown).reason) == (9.0, None)


def test_a_cut_file_says_how_much_is_there(whole: bytes) -> None:
    header = read(whole[: len(whole) // 3])
    assert header.reason is not None
    assert header.reason.startswith("The file is cut off: ")
    assert header.reason.endswith(" of 9.0 s are there.")
    assert header.duration_s == pytest.approx(3.0, abs=0.6)


@pytest.mark.parametrize("length", [4, 20, 41, 60])
def test_a_file_cut_in_its_header_says_so(length: int, whole: bytes) -> None:
    assert read(whole[:length]).reason == "The file is cut off before its sound begins."


def test_covers_of_any_size_are_hopped_over(whole: bytes) -> None:
    cover = b"\x06" + (500_000).to_bytes(3, "big") + bytes(500_000)
    assert read(whole[:42] + cover + whole[42:]) == read(whole)


def test_comments_are_bounded(whole: bytes) -> None:
    words = [b"TITLE=Kick", b"COMMENT=" + b"x" * 100_000, b"nonsense", *(b"F%d=v" % number for number in range(300))]
    block = struct.pack("<II", 0, len(words)) + b"".join(struct.pack("<I", len(word)) + word for word in words)
    comments = b"\x04" + len(block).to_bytes(3, "big") + block
    metadata = read(whole[:42] + comments + whole[42:]).metadata
    assert metadata["title"] == "Kick"
    assert metadata["comment"] == "x" * 500
    assert len(metadata) == 40


def test_an_id3_tag_before_the_stream_is_skipped(whole: bytes) -> None:
    tag = b"ID3\x04\0\0\0\x10\0\0" + bytes(0x10 << 14)
    header = read(tag + whole)
    assert (header.format, header.duration_s, header.reason) == ("flac", 9.0, None)
