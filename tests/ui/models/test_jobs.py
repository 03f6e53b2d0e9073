"""Scans as the window sees them: one at a time, the next wait, progress and outcome in words."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ctk.jobs import Job
from ctk.records import JobStatus, ScanReport
from ctk.toolkit import Toolkit
from ctk.ui.models.jobs import Scans
from ctk.ui.pump import Pump
from tests.sounds import make
from tests.ui.clock import Clock


class Rig:
    """Scans on a clock, and what they told."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.clock = Clock()
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.begun: list[tuple[str, ...] | None] = []
        self.scans = Scans(self._begin, self.pump)
        self.toolkit = toolkit
        self.statuses: list[JobStatus | None] = []
        self.said: list[str] = []
        self.failed: list[str] = []
        self.scans.changed.connect(self.statuses.append)
        self.scans.ended.connect(self.said.append)
        self.scans.failed.connect(lambda sentence, _: self.failed.append(sentence))

    def _begin(self, folders: Sequence[str] | None, /, *, accept_missing: bool = False) -> Job[ScanReport]:
        self.begun.append(None if folders is None else tuple(folders))
        return self.toolkit.sources.scan(folders)

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(toolkit: Toolkit) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.pump.close()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(400):
        make("wav_16", folder / f"{number}.wav", seconds=0.02)
    return folder


def test_a_scan_ends_with_a_sentence(rig: Rig, samples: Path) -> None:
    rig.scans.scan([str(samples)])
    assert rig.scans.running
    rig.clock.run(lambda: rig.said)
    assert rig.said == ["Scanned 10 sounds: 10 new. One file cannot be read."]
    assert rig.statuses[-1] is None
    assert not rig.scans.running
    assert rig.toolkit.catalog.stats().files == 10


def test_folders_wait_their_turn_and_none_is_asked_for_twice(rig: Rig, samples: Path, large: Path) -> None:
    for folders in ([str(large)], [str(samples)], [str(samples)], None, None):
        rig.scans.scan(folders)
    rig.clock.run(lambda: len(rig.said) == 3)
    assert rig.begun == [(str(large),), (str(samples),), None]


def test_a_scan_that_is_cancelled_says_so_and_forgets_the_rest(rig: Rig, samples: Path, large: Path) -> None:
    rig.scans.scan([str(large)])
    rig.scans.scan([str(samples)])
    rig.clock.run(lambda: rig.scans._job is not None)
    rig.scans.cancel()
    assert rig.scans.cancelling
    rig.clock.run(lambda: rig.said)
    assert len(rig.begun) == 1
    assert rig.said in (["The scan was stopped; what was found so far stays."], ["Scanned 400 sounds: 400 new."])
    assert not rig.scans.cancelling


def test_a_folder_that_is_not_there_is_refused_in_words(rig: Rig, tmp_path: Path, samples: Path) -> None:
    rig.scans.scan([str(tmp_path / "nowhere")])
    rig.scans.scan([str(samples)])
    rig.clock.run(lambda: rig.said)
    assert "nowhere" in rig.failed[0]
    assert rig.said[0].startswith("Scanned 10 sounds")


def test_a_scan_that_breaks_says_why(rig: Rig, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folders: Sequence[str] | None) -> Job[ScanReport]:
        from ctk.errors import SourceError

        def work(task: object) -> ScanReport:
            raise SourceError("The drive was pulled out.")

        return rig.toolkit.jobs.start("Scan", work)

    monkeypatch.setattr(rig.scans, "_start", broken)
    rig.scans.scan()
    rig.clock.run(lambda: rig.failed)
    assert rig.failed == ["The drive was pulled out."]


@pytest.mark.logs_errors
def test_a_scan_that_breaks_in_a_way_that_nobody_foresaw_has_details(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(_: object) -> ScanReport:
        raise ZeroDivisionError("division by zero")

    told: list[str] = []
    rig.scans.failed.connect(lambda _, details: told.append(details))
    monkeypatch.setattr(rig.scans, "_start", lambda _: rig.toolkit.jobs.start("Scan", work))
    rig.scans.scan()
    rig.clock.run(lambda: rig.failed)
    assert rig.failed == ["The scan could not be finished."] and "division by zero" in told[0]


def test_cancelling_nothing_is_nothing(rig: Rig) -> None:
    rig.scans.cancel()
    assert not rig.scans.cancelling
    assert rig.statuses == []
