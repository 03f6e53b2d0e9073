"""Beginnings in memory: decoded once, the newest wish first, never more than allowed, and never of another file."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ctk.audio.shelf import AHEAD_S, Shelf, Target
from ctk.errors import NotFound
from tests import sounds
from tests.audio import signals
from tests.audio.conftest import wait_for

MANY = 1 << 30
SECOND = 48_000 * 2 * 4
"""Bytes of it in memory."""


class Stand:
    """A shelf with files to put on it, each ``seconds`` long; ``asked`` tells what was looked for."""

    def __init__(self, folder: Path) -> None:
        self.most = MANY
        self.asked: list[Target] = []
        self.hold = threading.Event()
        self.hold.set()
        self.shelf = Shelf(self._find, lambda: self.most)
        self._folder = folder

    def file(self, name: str, seconds: float = 1.0) -> str:
        return str(signals.write("wav_16", self._folder / name, signals.chirp(seconds, 48_000), 48_000))

    def has(self, path: str) -> bool:
        stream = self.shelf.take(path)
        return stream is not None

    def _find(self, target: Target) -> str:
        self.asked.append(target)
        assert self.hold.wait(20)
        if isinstance(target, int):
            raise NotFound("There is no such sound.")
        return os.fspath(target)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    stand = Stand(tmp_path)
    yield stand
    stand.hold.set()
    stand.shelf.close()


def test_what_was_prepared_is_the_sound_from_its_beginning(stand: Stand) -> None:
    files = [stand.file("short", 0.3), stand.file("long", 4)]
    assert not stand.has(files[0])
    stand.shelf.prepare(files)
    for file, seconds in zip(files, (0.3, 4), strict=True):
        wait_for(lambda file=file: stand.has(file))  # type: ignore[misc]
        stream = stand.shelf.take(file)
        assert stream is not None
        with stream:
            sound = np.concatenate([stream.read(70_000), stream.read(500_000)])
        assert np.abs(sound - signals.chirp(seconds, 48_000)).max() < 1e-4
    assert stand.shelf.bytes == pytest.approx((0.3 + AHEAD_S) * SECOND, abs=10)


@pytest.mark.skipif(sys.platform == "win32", reason="only on Linux and macOS: files are counted by their descriptors")
def test_reading_ahead_leaves_no_file_open_and_taking_opens_none(stand: Stand) -> None:
    file = stand.file("long", 4)
    before = len(os.listdir("/dev/fd"))
    stand.shelf.prepare([file])
    wait_for(lambda: stand.has(file))
    stream = stand.shelf.take(file)
    assert stream is not None
    assert len(stream.read(48_000)) == 48_000
    wait_for(lambda: len(os.listdir("/dev/fd")) == before)


def test_the_newest_wish_wins_and_the_likeliest_comes_first(stand: Stand) -> None:
    files = [stand.file(str(number), 0.1) for number in range(6)]
    stand.hold.clear()
    stand.shelf.prepare(files[:3])
    wait_for(lambda: stand.asked == files[:1])
    stand.shelf.prepare(files[3:])
    stand.hold.set()
    wait_for(lambda: stand.has(files[5]))
    assert stand.asked == [files[0], *files[3:]]


def test_what_is_here_is_not_looked_for_again(stand: Stand) -> None:
    files = [stand.file(str(number), 0.1) for number in range(3)]
    stand.shelf.prepare(files[:2])
    wait_for(lambda: stand.has(files[1]))
    stand.shelf.prepare([files[1], files[0], files[2]])
    wait_for(lambda: stand.has(files[2]))
    assert stand.asked == files


def test_what_cannot_be_read_is_passed_over(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "notes.wav").write_text("Buy milk.")
    file = stand.file("sound", 0.1)
    stand.shelf.prepare([7, tmp_path / "gone.wav", tmp_path / "notes.wav", tmp_path, file])
    wait_for(lambda: stand.has(file))
    assert stand.shelf.bytes == pytest.approx(0.1 * SECOND, abs=10)


def test_memory_stays_within_bounds_and_the_longest_unused_goes(stand: Stand) -> None:
    stand.most = round(2.5 * SECOND)
    files = [stand.file(str(number)) for number in range(4)]
    for file in files[:2]:
        stand.shelf.prepare([file])
        wait_for(lambda file=file: stand.has(file))  # type: ignore[misc]
    assert stand.has(files[0])
    stand.shelf.prepare([files[2]])
    wait_for(lambda: stand.has(files[2]))
    assert [stand.has(file) for file in files] == [True, False, True, False]
    assert stand.shelf.bytes <= stand.most


def test_nothing_goes_for_what_is_less_wanted(stand: Stand) -> None:
    stand.most = round(2.5 * SECOND)
    files = [stand.file(str(number)) for number in range(5)]
    stand.shelf.prepare(files)
    wait_for(lambda: len(stand.asked) == 3)
    time.sleep(0.1)
    assert [stand.has(file) for file in files] == [True, True, False, False, False]


def test_no_room_means_nothing_is_read(stand: Stand) -> None:
    stand.most = 0
    stand.shelf.prepare([stand.file("sound", 0.1)])
    time.sleep(0.05)
    assert (stand.asked, stand.shelf.bytes) == ([], 0)


def test_a_file_that_changed_or_went_is_not_played_from_memory(stand: Stand) -> None:
    changed, gone = stand.file("changed", 0.1), stand.file("gone", 0.1)
    stand.shelf.prepare([changed, gone])
    wait_for(lambda: stand.has(gone))
    sounds.make("wav_16", Path(changed), seconds=0.2)
    os.remove(gone)
    assert not stand.has(changed)
    assert not stand.has(gone)
    assert stand.shelf.bytes == 0
    stand.shelf.prepare([gone, changed])
    wait_for(lambda: stand.has(changed))


def test_what_is_dropped_stays_away_until_it_is_wanted_anew(stand: Stand) -> None:
    first, second = stand.file("first", 0.1), stand.file("second", 0.1)
    stand.shelf.prepare([first])
    wait_for(lambda: stand.has(first))
    assert stand.shelf.drop(first)
    assert not stand.has(first)
    stand.hold.clear()
    stand.shelf.prepare([first, second])
    wait_for(lambda: len(stand.asked) == 2)
    assert stand.shelf.drop(first, 1)
    stand.hold.set()
    wait_for(lambda: stand.has(second))
    assert not stand.has(first)


def test_closing_frees_all_and_ends_the_thread(stand: Stand) -> None:
    file = stand.file("sound", 0.1)
    stand.shelf.prepare([file])
    wait_for(lambda: stand.has(file))
    stand.shelf.close()
    stand.shelf.close()
    stand.shelf.prepare([file])
    assert not stand.has(file)
    assert stand.shelf.bytes == 0
    assert "audio-ahead" not in [thread.name for thread in threading.enumerate()]
