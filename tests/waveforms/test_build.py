"""Listening in the background: what is new, as it comes, out of the way, and never what must not be opened."""

import errno
import io
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import ctk
from ctk import cloud
from ctk.errors import Cancelled, CannotDecode
from ctk.events import CatalogChanged, WaveformsMade
from ctk.jobs import Job
from ctk.toolkit import Toolkit
from ctk.waveforms import build, keeping, listening
from ctk.waveforms.blocks import PlainBlocks
from tests.house import ROOT
from tests.sounds import make
from tests.sources.library import wav
from tests.waveforms.conftest import FORMATS, ids
from tests.writers import waves


class Told:
    """What was told of, and in which order files were listened to."""

    def __init__(self, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[tuple[int, ...]] = []
        self.opened: list[str] = []
        self.now = threading.Event()
        toolkit.events.subscribe(WaveformsMade, self._add)
        real = listening.listen

        def listen(path: str, *args: object) -> object:
            self.opened.append(os.path.basename(path))
            return real(path, *args)  # type: ignore[arg-type]

        monkeypatch.setattr(build, "listen", listen)

    def _add(self, event: WaveformsMade) -> None:
        self.events.append(event.ids)
        self.now.set()

    @property
    def ids(self) -> list[int]:
        return [id for event in self.events for id in event]


@pytest.fixture
def told(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(toolkit, monkeypatch)


def long_wav(path: Path, seconds: float) -> Path:
    """Silence of any length that takes no room on the disk."""
    header = waves.wav(np.zeros((0, 2)), 44_100, 16)
    size = int(seconds * 44_100) * 4
    with open(path, "wb") as file:
        file.write(header[:-4] + size.to_bytes(4, "little"))
        file.truncate(len(header) + size)
    return path


def slowly(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.02) -> None:
    """Blocks take their time, as from a slow drive."""
    real = listening._measured

    def measured(blocks: object, path: str, points: int, check: listening.Check, **part: int) -> object:
        def checked() -> None:
            time.sleep(seconds)
            check()

        return real(blocks, path, points, checked, **part)  # type: ignore[arg-type]

    monkeypatch.setattr(listening, "_measured", measured)


def test_everything_once(toolkit: Toolkit, told: Told) -> None:
    job = toolkit.waveforms.build()
    assert (job.title, job.result(60)) == ("Listening to sounds", len(FORMATS))
    assert (job.status.progress.words, job.status.progress.done) == ("Listening to sounds", len(FORMATS))
    assert sorted(told.ids) == sorted(ids(toolkit).values())
    assert toolkit.waveforms.build().result(60) == 0
    assert toolkit.waveforms.build(list(ids(toolkit).values())).result(60) == 0
    assert sorted(told.opened) == sorted(FORMATS)


def test_what_is_in_sight_comes_first_and_in_order(
    toolkit: Toolkit, told: Told, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        wav(samples / f"{number}.wav", number)
    toolkit.sources.scan().result(60)
    monkeypatch.setattr(build, "WORKERS", 1)
    wanted = [ids(toolkit)[f"{number}.wav"] for number in (7, 3, 20, 3, 11)]
    assert toolkit.waveforms.build(wanted).result(60) == 4
    assert told.opened == ["7.wav", "3.wav", "20.wav", "11.wav"]
    assert told.events[0][0] == wanted[0]
    assert set(told.ids) == set(wanted)


def test_another_build_does_not_wait_for_a_long_one(
    toolkit: Toolkit, told: Told, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    long_wav(samples / "a whole night.wav", 4_000)
    long_wav(samples / "another night.wav", 4_000)
    toolkit.sources.scan().result(60)
    nights = [id for name, id in ids(toolkit).items() if name.endswith("night.wav")]
    whole = toolkit.waveforms.build(nights)
    kick = ids(toolkit)["kick.wav"]
    assert toolkit.waveforms.build([kick]).result(60) == 1
    assert toolkit.waveforms.kept([kick])
    assert not whole.done
    whole.cancel()
    with pytest.raises(Cancelled):
        whole.result(60)


def test_cancelled_in_the_middle_of_a_file(toolkit: Toolkit, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    long_wav(samples / "a whole night.wav", 4_000)
    toolkit.sources.scan().result(60)
    night, kick = ids(toolkit)["a whole night.wav"], ids(toolkit)["kick.wav"]
    kept = threading.Event()
    toolkit.events.subscribe(WaveformsMade, lambda event: kept.set())
    job = toolkit.waveforms.build([kick, night])
    assert kept.wait(30)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(30)
    assert toolkit.waveforms.kept([kick, night]).keys() == {kick}
    assert workers() == []


def workers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("listen")]


def test_it_steps_aside(toolkit: Toolkit, told: Told, samples: Path) -> None:
    long_wav(samples / "a whole night.wav", 4_000)
    toolkit.sources.scan().result(60)
    toolkit.jobs.step_aside(3_600)
    job = toolkit.waveforms.build()
    assert not job.wait(0.5)
    assert told.ids == []
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(30)


def test_what_must_not_be_opened(toolkit: Toolkit, told: Told, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    away = samples.with_name("Away")
    wav(away / "away.wav", 1)
    for name in ("missing", "cloud", "held", "evicted", "changed"):
        wav(samples / f"{name}.wav", len(name))
    toolkit.sources.scan([samples, away]).result(60)
    for name in ("missing", "cloud", "held"):
        set_state(toolkit, ids(toolkit)[f"{name}.wav"], name)
    monkeypatch.setattr(cloud, "may_serve", lambda folder: True)
    evicted = os.stat(samples / "evicted.wav").st_ino
    monkeypatch.setattr(cloud, "is_hollow", lambda found: found.st_ino == evicted)
    wav(samples / "changed.wav", 99, frames=5)
    away.rename(away.with_name("Unplugged"))
    every = list(toolkit.catalog.ids("is:ok,missing,cloud,held,offline"))
    assert len(every) == len(FORMATS) + 6
    assert toolkit.waveforms.build(every).result(60) == len(FORMATS)
    assert toolkit.waveforms.build().result(60) == 0
    assert sorted(told.opened) == sorted(FORMATS)


def set_state(toolkit: Toolkit, id: int, state: str) -> None:
    toolkit._store.write(
        lambda catalog: catalog.execute("UPDATE sounds SET state = ?, revision = 999 WHERE id = ?", (state, id))
    ).result()


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    toolkit: Toolkit, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = listening.listen

    def listen(path: str, *args: object) -> object:
        heard = real(path, *args)  # type: ignore[arg-type]
        os.utime(path, ns=(5, 5))
        return heard

    monkeypatch.setattr(build, "listen", listen)
    everything = list(ids(toolkit).values())
    assert toolkit.waveforms.build().result(60) == 0
    assert toolkit.waveforms.kept(everything) == {}


def test_bad_sounds_are_listened_to_as_far_as_they_go(toolkit: Toolkit, told: Told, samples: Path) -> None:
    content = (samples / "kick.wav").read_bytes()
    (samples / "cut.wav").write_bytes(content[: len(content) // 2])
    (samples / "text.wav").write_text("no sound at all" * 100)
    (samples / "empty.wav").write_bytes(b"")
    toolkit.sources.scan().result(60)
    assert toolkit.catalog.search("is:bad").total == 3
    assert toolkit.waveforms.build().result(60) == len(FORMATS) + 3
    cut, text = ids(toolkit)["cut.wav"], ids(toolkit)["text.wav"]
    assert toolkit.waveforms.kept([cut, text]).keys() == {cut}
    assert toolkit.waveforms.health(cut).findings == ("Ends early: 0.25 s of 0.50 s are there.",)
    assert toolkit.waveforms.health(text).findings == ("Nothing of it can be played.",)
    assert toolkit.waveforms.build().result(60) == 0


def test_what_may_not_be_read_is_not_called_damaged(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *args: object) -> object:
        raise CannotDecode("You do not have permission to read it.")

    def forbid(path: str) -> io.FileIO:
        raise PermissionError

    monkeypatch.setattr(build, "listen", refuse)
    monkeypatch.setattr(io, "FileIO", forbid)
    assert toolkit.waveforms.build().result(60) == 0
    assert toolkit.waveforms.unwell().checked == 0


def test_a_drive_that_fails_says_nothing_about_a_sound(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: PlainBlocks, buffer: bytearray) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(PlainBlocks, "_fill", fail)
    plain = [id for name, id in ids(toolkit).items() if name in ("kick.wav", "snare.aif")]
    assert toolkit.waveforms.build().result(60) == len(FORMATS) - 2
    assert not any(toolkit.waveforms.health(id).checked for id in plain)
    with pytest.raises(CannotDecode, match=r"^kick\.wav cannot be read: Input/output error\.$"):
        toolkit.waveforms.peaks(ids(toolkit)["kick.wav"])


def test_trouble_that_nobody_expected_does_not_end_it(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = listening.listen

    def listen(path: str, *args: object) -> object:
        if path.endswith(".mp3"):
            raise ZeroDivisionError
        return real(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "listen", listen)
    assert toolkit.waveforms.build().result(60) == len(FORMATS) - 1
    assert "pad.mp3 could not be listened to" in caplog.text


def test_where_nothing_can_be_kept_it_ends(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping.Keeping, "keep", lambda self, found: False)
    with pytest.raises(Cancelled):
        toolkit.waveforms.build().result(60)


def test_a_closed_toolkit_ends_it(home: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    long_wav(samples / "a whole night.wav", 4_000)
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([samples]).result(60)
        job: Job[int] = toolkit.waveforms.build()
    assert job.wait(30)
    assert job.status.state == "cancelled"
    assert workers() == []


def test_health_is_a_change_of_the_catalog_only_where_there_is_any(toolkit: Toolkit, samples: Path) -> None:
    revisions: list[int] = []
    toolkit.events.subscribe(CatalogChanged, lambda event: revisions.append(event.revision))
    toolkit.waveforms.build().result(60)
    assert revisions == []
    (samples / "nothing.wav").write_bytes(waves.wav(np.zeros((9_000, 1)), 44_100, 16))
    toolkit.sources.scan().result(60)
    revisions.clear()
    toolkit.waveforms.build().result(60)
    assert len(revisions) == 1


@pytest.fixture
def many(samples: Path) -> Iterator[int]:
    for number in range(600):
        wav(samples / f"{number}.wav", number, frames=3_000)
    yield 600 + len(FORMATS)


LISTEN = "import ctk, sys\nwith ctk.open(sys.argv[1]) as toolkit: toolkit.waveforms.build().result()"


def test_killed_at_any_moment(home: Path, samples: Path, many: int) -> None:
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([samples]).result(60)
    dice = random.Random(1)
    known = 0
    for _ in range(4):
        child = subprocess.Popen([sys.executable, "-c", LISTEN, str(home)], cwd=ROOT)
        time.sleep(dice.uniform(0.4, 1.6))
        child.kill()
        child.wait()
        with ctk.open(home) as toolkit:
            found = toolkit.waveforms.unwell()
            assert found.checked + found.unchecked == many
            assert found.checked >= known
            known = found.checked
            assert len(toolkit.waveforms.kept(list(ids(toolkit).values()))) == known
    with ctk.open(home) as toolkit:
        assert toolkit.waveforms.build().result(60) == many - known
        with closing(toolkit.waveforms):
            assert toolkit.waveforms.unwell().unchecked == 0


def test_a_whole_library_while_rows_come_into_sight(toolkit: Toolkit, many: int, samples: Path) -> None:
    toolkit.sources.scan().result(60)
    everything = list(ids(toolkit).values())
    whole = toolkit.waveforms.build()
    sights = [toolkit.waveforms.build(random.Random(number).sample(everything, 20)) for number in range(5)]
    assert all(sight.result(60) <= 20 for sight in sights)
    assert whole.result(60) <= many
    assert len(toolkit.waveforms.kept(everything)) == many


def test_no_file_stays_open(toolkit: Toolkit, samples: Path) -> None:
    make("flac_16", samples / "again.flac", seconds=0.1)
    (samples / "text.flac").write_bytes(b"fLaC and no more")
    toolkit.sources.scan().result(60)
    toolkit.waveforms.build().result(60)
    for path in samples.iterdir():
        if path.name != "text.flac":
            toolkit.waveforms.peaks(path, 10, start_s=0.01)
    assert open_files(samples) == []
    assert workers() == []


def open_files(folder: Path) -> list[str]:
    """What this process has open in a folder, where the system tells."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        return []
    links = (os.readlink(link) for link in descriptors.iterdir() if link.is_symlink())
    return [link for link in links if link.startswith(str(folder))]
