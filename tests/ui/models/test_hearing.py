"""What sounds are comes by itself, never beside a scan and never twice at once; and at once when asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.records import Classified, JobStatus
from ctk.toolkit import Toolkit
from ctk.ui.models import hearing as module
from ctk.ui.models.hearing import Hears, summary
from ctk.ui.models.jobs import Scans
from ctk.ui.models.listening import Listening
from tests.sounds import make
from tests.ui.models.conftest import Room

ALL, BROKEN = 10, 1


class Ears(Room):
    """Hearing, and what it told."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        self.scans = Scans(toolkit.sources.scan, self.pump)
        self.listening = Listening(self.waveforms, toolkit.settings, self.scans, self.pump)
        self.hears = Hears(lambda: toolkit.classify, toolkit.settings, self.scans, self.listening, self.pump)
        self.told: list[JobStatus | None] = []
        self.ended: list[str] = []
        self.failed: list[str] = []
        self.hears.changed.connect(self.told.append)
        self.hears.ended.connect(self.ended.append)
        self.hears.failed.connect(self.failed.append)

    @property
    def unheard(self) -> int:
        return self.toolkit.classify.status().unheard

    @property
    def titles(self) -> list[str]:
        """What runs now."""
        return [status.title for status in self.toolkit.jobs.running()]


@pytest.fixture
def ears(filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    for name in ("FIRST_MS", "AFTER_SCAN_MS", "AFTER_CHANGE_MS"):
        monkeypatch.setattr(module, name, 30)
    ears = Ears(filled)
    yield ears
    ears.pump.close()


def test_some_time_after_the_start_everything_is_heard(ears: Ears) -> None:
    ears.hears.start()
    assert ears.unheard == ALL
    ears.run(lambda: ears.told and ears.told[-1] is None, "the end")
    assert ears.unheard == BROKEN and ears.ended == ears.failed == []
    assert ears.row("kick 1").category == "drums"


def test_after_a_scan_what_is_new_is_heard(ears: Ears, tmp_path: Path) -> None:
    make("wav_16", tmp_path / "new.wav", seconds=0.2)
    ears.scans.scan([str(tmp_path)])
    ears.run(lambda: ears.toolkit.catalog.search("new -cat:none").total == 1, "what it is")


def test_what_comes_into_the_catalog_otherwise_is_heard_as_well(ears: Ears, tmp_path: Path) -> None:
    make("wav_16", tmp_path / "new.wav", seconds=0.2)
    ears.toolkit.sources.scan([tmp_path]).result(30)
    ears.run(lambda: ears.toolkit.catalog.search("new -cat:none").total == 1, "what it is")


def test_where_nothing_is_new_nothing_runs(ears: Ears) -> None:
    ears.toolkit.classify.run(engine="built-in").result(60)
    ears.hears.start()
    ears.run(lambda: ears.told and ears.told[-1] is None, "a look at the broken one")
    told = len(ears.told)
    ears.hears.start()
    ears.rest(200)
    assert len(ears.told) == told and ears.hears.beyond == BROKEN


def test_switched_off_nobody_hears_until_it_is_switched_on(ears: Ears) -> None:
    ears.toolkit.settings.hear_new = False
    ears.hears.start()
    ears.rest(150)
    assert ears.unheard == ALL and ears.told == []
    ears.toolkit.settings.hear_new = True
    ears.hears.switch()
    ears.run(lambda: ears.unheard == BROKEN)


def test_it_makes_room_for_a_scan(ears: Ears, samples: Path) -> None:
    ears.toolkit.jobs.step_aside(0.4)
    ears.hears.start()
    ears.run(lambda: ears.hears._job, "hearing")
    job = ears.hears._job
    assert job is not None
    ears.scans.scan([str(samples)])
    ears.run(lambda: job.done)
    assert job.status.state == "cancelled"
    ears.run(lambda: ears.unheard == BROKEN, "the rest, after the scan")


def test_it_waits_for_who_makes_waveforms(ears: Ears) -> None:
    ears.toolkit.jobs.step_aside(0.3)
    ears.listening.switch()
    ears.run(lambda: ears.listening.running, "listening")
    ears.hears.start()
    ears.rest(150)
    assert ears.listening.running and not ears.hears.running
    ears.run(lambda: ears.unheard == BROKEN, "what comes later")


def test_it_can_be_stopped_and_stays_so(ears: Ears) -> None:
    ears.toolkit.jobs.step_aside(0.3)
    ears.hears.start()
    ears.run(lambda: ears.hears._job)
    ears.hears.cancel()
    assert ears.hears.cancelling
    ears.run(lambda: not ears.hears.running)
    assert not ears.hears.cancelling
    ears.toolkit.facts.favourite([ears.row("kick 1").id])
    ears.rest(200)
    assert ears.unheard == ALL and ears.told[-1] is None and ears.ended == []


def test_what_is_asked_for_takes_the_place_of_what_runs_by_itself(ears: Ears) -> None:
    ears.toolkit.jobs.step_aside(0.3)
    ears.hears.start()
    ears.run(lambda: ears.hears._job)
    ears.hears.listen("built-in", "cpu")
    assert ears.hears.asked
    ears.hears.listen("built-in", "cpu")
    while not ears.ended:
        assert ears.titles.count("Hearing what sounds are") <= 1
        ears.clock.step()
    assert ears.ended[0].startswith("Listened to 9 sounds")
    assert ears.unheard == BROKEN and not ears.hears.asked


def test_asked_for_again_there_is_nothing_new(ears: Ears) -> None:
    ears.toolkit.classify.run(engine="built-in").result(60)
    ears.hears.listen()
    ears.run(lambda: ears.ended)
    assert ears.ended == ["Listened to 0 sounds. One could not be heard."]


def test_what_is_asked_for_can_be_stopped(ears: Ears) -> None:
    ears.toolkit.jobs.step_aside(0.3)
    ears.hears.listen()
    ears.hears.cancel()
    ears.run(lambda: ears.ended)
    assert ears.ended == ["Stopped; what was heard so far stays."] and ears.unheard == ALL


def test_an_engine_that_cannot_says_why(ears: Ears) -> None:
    ears.hears.listen("built-in", "the kitchen")
    ears.run(lambda: ears.failed)
    assert "is no device" in ears.failed[0] and not ears.hears.running
    ears.hears.listen()
    ears.run(lambda: ears.ended, "another try")


def test_what_it_came_to_in_a_sentence() -> None:
    assert summary(Classified("built-in", "cpu", 0, {})) == "There was nothing new to listen to."
    some = Classified("built-in", "cpu", 1200, {}, ("one: it is cut off.",), elapsed_s=10, files_per_s=120)
    assert summary(some) == "Listened to 1,200 sounds, 120 a second. One could not be heard."
