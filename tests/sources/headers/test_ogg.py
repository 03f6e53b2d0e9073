"""Ogg: which codec, how long, where it was cut."""

from pathlib import Path

import pytest

from ctk.sources.headers.content import Content
from ctk.sources.headers.header import Header
from ctk.sources.headers.reading import describe
from tests.sounds import make

KINDS = ["ogg_vorbis", "ogg_flac", "opus"]


def read(data: bytes) -> Header:
    return describe(Content.of_bytes(data))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seconds", [0.05, 1.0, 30.0])
def test_length_comes_from_the_last_page(kind: str, seconds: float, tmp_path: Path) -> None:
    data = make(kind, tmp_path / "a", seconds=seconds).read_bytes()
    assert read(data).duration_s == pytest.approx(seconds, abs=0.03)
    assert read(data + bytes(1_000)).duration_s == read(data).duration_s


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_in_a_page_says_so(kind: str, tmp_path: Path) -> None:
    data = make(kind, tmp_path / "a", seconds=30.0).read_bytes()
    header = read(data[: len(data) // 2])
    assert header.reason is not None
    assert header.reason.startswith("The file is cut off after 1")
    assert header.duration_s == pytest.approx(15.0, abs=3.0)
    assert read(data[:200]).reason == "The file is cut off before its sound begins."


def test_long_comments_over_several_pages_are_read(tmp_path: Path) -> None:
    texts = {"title": "Long", "comment": "x" * 200_000, "artist": "After"}
    metadata = read(make("ogg_vorbis", tmp_path / "a", metadata=texts).read_bytes()).metadata
    assert (metadata["title"], metadata["artist"], metadata["comment"]) == ("Long", "After", "x" * 500)


def test_a_stream_cut_out_of_a_broadcast_does_not_count_what_was_before(tmp_path: Path) -> None:
    data = bytearray(make("opus", tmp_path / "a", seconds=3.0).read_bytes())
    at = -1
    while (at := data.find(b"OggS", at + 1)) >= 0:
        granule = int.from_bytes(data[at + 6 : at + 14], "little")
        if granule:
            data[at + 6 : at + 14] = (granule + 48_000 * 10_000).to_bytes(8, "little")
    assert read(bytes(data)).duration_s == pytest.approx(3.0, abs=1.1)
