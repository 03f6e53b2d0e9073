"""Bytes at any offset of files of any size, from memory where they are, read where they are not."""

import io

import pytest

from ctk.sources.headers import content as module
from ctk.sources.headers.content import Content, TooSlow

DATA = bytes(index * 7 % 256 for index in range(300_000))
SIZES = (0, 1, 65_536, 65_537, 131_072, 131_073, 300_000)


@pytest.mark.parametrize("size", SIZES)
def test_any_stretch_is_what_the_file_holds(size: int) -> None:
    data = DATA[:size]
    content = Content.of_bytes(data)
    for offset in (0, 1, 65_535, 65_536, 65_537, 131_071, 234_463, 299_999, 400_000):
        for count in (0, 1, 2, 70_000, 400_000):
            assert content.at(offset, count) == data[offset : offset + count]
            assert content.after(offset).at(3, count) == data[offset + 3 : offset + 3 + count]


@pytest.mark.parametrize("size", SIZES)
def test_the_ending_is_the_last_64_kb(size: int) -> None:
    content = Content.of_bytes(DATA[:size])
    assert content.ending(0) == DATA[:size][-65_536:]
    assert content.ending(size - 10 if size > 10 else 0) == DATA[:size][-10:]


def test_edges_are_not_read_again() -> None:
    asked: list[tuple[int, int]] = []

    def read(offset: int, count: int) -> bytes:
        asked.append((offset, count))
        return DATA[offset : offset + count]

    content = Content(DATA[:65_536], DATA[-65_536:], len(DATA), read)
    content.at(0, 65_536)
    content.at(len(DATA) - 65_536, 65_536)
    assert asked == []
    assert content.at(65_535, 2) == DATA[65_535:65_537]
    assert asked == [(65_535, 2)]


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("ctk.sources.headers.content.time.monotonic", lambda: now)
    content = Content.of_bytes(DATA)
    file, rest = content.file(), content.after(5)
    assert content.at(100_000, 10) == DATA[100_000:100_010]
    now += module.PATIENCE_S + 0.01
    for late in (content, rest):
        with pytest.raises(TooSlow):
            late.at(100_000, 10)
    with pytest.raises(TooSlow):
        file.read(1)
    assert content.at(0, 10) == DATA[:10]
    assert content.file().read(10) == DATA[:10]


def test_a_file_object_reads_and_seeks_as_files_do() -> None:
    ours, theirs = Content.of_bytes(DATA).file(), io.BytesIO(DATA)
    for offset, whence, count in [(0, 0, 10), (99_000, 0, 70_000), (-5, 1, 20), (-100, 2, 1_000), (5, 2, 10)]:
        assert ours.seek(offset, whence) == theirs.seek(offset, whence) == ours.tell()
        assert ours.read(count) == theirs.read(count)
    ours.seek(0)
    assert ours.read() == DATA
