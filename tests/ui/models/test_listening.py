"""The library is listened to by itself, but never beside a scan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.records import JobStatus
from ctk.toolkit import Toolkit
from ctk.ui.models import listening as module
from ctk.ui.models.jobs import Scans
from ctk.ui.models.listening import Listening
from tests.sounds import make
from tests.ui.models.conftest import Room


class Quiet(Room):
    """Listening, and how far it said it was."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        self.scans = Scans(toolkit.sources.scan, self.pump)
        self.listening = Listening(self.waveforms, toolkit.settings, self.scans, self.pump)
        self.told: list[JobStatus | None] = []
        self.listening.changed.connect(self.told.append)
        self.ids = [row.id for row in toolkit.catalog.search("is:ok").rows]

    @property
    def heard(self) -> int:
        """Of how many sounds of the start there is an outline."""
        return len(self.toolkit.waveforms.kept(self.ids))


@pytest.fixture
def quiet(filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Quiet]:
    monkeypatch.setattr(module, "FIRST_MS", 30)
    monkeypatch.setattr(module, "AFTER_SCAN_MS", 30)
    quiet = Quiet(filled)
    yield quiet
    quiet.pump.close()


def test_some_time_after_the_start_everything_is_heard(quiet: Quiet) -> None:
    quiet.listening.start()
    assert quiet.heard == 0
    quiet.run(lambda: quiet.heard == len(quiet.ids), "the library")
    quiet.run(lambda: quiet.told and quiet.told[-1] is None, "the end")


def test_after_a_scan_what_is_new_is_heard(quiet: Quiet, tmp_path: Path) -> None:
    make("wav_16", tmp_path / "new.wav", seconds=0.2)
    quiet.scans.scan([str(tmp_path)])
    quiet.run(lambda: quiet.toolkit.catalog.search("new").total == 1, "the scan")
    quiet.run(lambda: quiet.toolkit.waveforms.kept([quiet.row("new").id]), "its outline")


def test_switched_off_nobody_listens_until_it_is_switched_on(quiet: Quiet) -> None:
    quiet.toolkit.settings.waveforms = False
    quiet.listening.start()
    quiet.rest(150)
    assert quiet.heard == 0 and quiet.told == []
    quiet.toolkit.settings.waveforms = True
    quiet.listening.switch()
    quiet.run(lambda: quiet.heard == len(quiet.ids))


def test_it_makes_room_for_a_scan(quiet: Quiet, samples: Path) -> None:
    quiet.toolkit.jobs.step_aside(0.4)
    quiet.listening.start()
    quiet.run(lambda: quiet.listening._job, "listening")
    job = quiet.listening._job
    assert job is not None
    quiet.scans.scan([str(samples)])
    quiet.run(lambda: job.done)
    assert job.status.state == "cancelled"
    quiet.run(lambda: quiet.heard == len(quiet.ids), "the rest, after the scan")


def test_it_can_be_stopped_and_stays_so(quiet: Quiet) -> None:
    quiet.toolkit.jobs.step_aside(0.3)
    quiet.listening.start()
    quiet.run(lambda: quiet.listening._job)
    quiet.listening.cancel()
    assert quiet.listening.cancelling
    quiet.run(lambda: quiet.listening._job is None)
    assert not quiet.listening.cancelling
    quiet.rest(120)
    assert quiet.heard == 0 and quiet.told[-1] is None


def test_switching_off_ends_it(quiet: Quiet) -> None:
    quiet.toolkit.jobs.step_aside(0.3)
    quiet.listening.start()
    quiet.run(lambda: quiet.listening._job)
    quiet.toolkit.settings.waveforms = False
    quiet.listening.switch()
    quiet.run(lambda: quiet.listening._job is None)
    assert quiet.heard == 0
