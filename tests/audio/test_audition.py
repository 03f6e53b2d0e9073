"""Going through a list with the arrow key held down: nothing piles up, whatever else is being done."""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ctk
from ctk.errors import Cancelled
from ctk.jobs import Job
from ctk.records import ScanReport
from ctk.toolkit import Toolkit
from tests import sounds
from tests.audio.conftest import wait_for

KINDS = "wav_16 wav_24 flac_24 mp3_vbr ogg_vorbis m4a_aac opus aiff_24 wv_16 m4a_alac wma caf_24 w64 tta_16".split()
A_SECOND = 30
BESIDE = 4
"""So many rows before and after the one in focus are prepared."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    for number, kind in enumerate(KINDS * 3):
        extension = sounds.KINDS[kind].extension
        sounds.make(kind, folder / f"{number:02}.{extension}", seconds=0.3 + number % 4, freq=200 + 20 * number)
    return folder


@contextmanager
def scanning(toolkit: Toolkit) -> Iterator[None]:
    """One full scan after another, as long as the ``with`` lasts."""
    ended, jobs = threading.Event(), list[Job[ScanReport]]()

    def scan() -> None:
        while not ended.is_set():
            jobs.append(toolkit.sources.scan(full=True))
            try:
                jobs[-1].result()
            except Cancelled:
                return

    thread = threading.Thread(target=scan)
    thread.start()
    yield
    ended.set()
    jobs[-1].cancel()
    thread.join(30)
    assert not thread.is_alive()


def hold(toolkit: Toolkit, ids: list[int], seconds: float) -> None:
    """Move on ``A_SECOND`` times a second."""
    begun = time.monotonic()
    for turn in range(round(seconds * A_SECOND)):
        at = turn % len(ids)
        toolkit.audio.play(ids[at])
        toolkit.audio.prepare([ids[(at + step) % len(ids)] for step in range(1, BESIDE + 1)])
        assert toolkit.audio.now().id == ids[at]
        time.sleep(max(0.0, begun + turn / A_SECOND - time.monotonic()))


def threads() -> Counter[str]:
    return Counter(thread.name for thread in threading.enumerate() if thread.name.startswith("audio"))


def open_files() -> int:
    return len(os.listdir("/dev/fd")) if sys.platform != "win32" else 0


def memory_mb() -> float:
    """What the process has in memory now; 0 where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.parametrize("seconds", [2, pytest.param(60, marks=pytest.mark.long)])
def test_holding_the_arrow_key_leaves_nothing_behind(seconds: float, home: Path, library: Path) -> None:
    with ctk.open(home) as toolkit:
        toolkit.settings.buffer_ms = 200
        toolkit.settings.read_ahead_mb = 4
        toolkit.sources.scan([library]).result()
        ids = [row.id for row in toolkit.catalog.search("").rows]
        assert len(ids) == len(KINDS) * 3
        hold(toolkit, ids, 1)
        wait_for(lambda: threads()["audio-decode"] == 1)
        before, files, memory = threads(), open_files(), memory_mb()
        with scanning(toolkit):
            hold(toolkit, ids, seconds)
        assert toolkit.audio.underruns <= 1
        assert toolkit.audio._files._shelf.bytes <= 4 << 20
        wait_for(lambda: threads() == before)
        wait_for(lambda: open_files() <= files + 2)
        assert memory_mb() < memory + 30
        toolkit.audio.stop()
        wait_for(lambda: threads()["audio-decode"] == 0)
    assert not +threads()
