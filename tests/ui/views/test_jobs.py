"""The status line: news for a while, bad news with a sign, the scan with its button."""

import threading

import pytest

from ctk.jobs import Job, Task
from ctk.records import ScanReport
from ctk.ui.views import jobs
from tests.ui.conftest import Rig


def test_news_comes_and_goes(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "NEWS_MS", 50)
    line = rig.window.status
    line.rest("at rest")
    line.say("It is done.")
    assert line.text == "It is done."
    line.rest("resting elsewhere")
    assert line.text == "It is done."
    rig.wait(lambda: line.text == "resting elsewhere", "the rest")


def test_bad_news_has_a_sign_and_can_be_taken_back(rig: Rig) -> None:
    line = rig.window.status
    line.rest("at rest")
    line.complain("It broke.")
    rig.wait(line._icon.winfo_ismapped, "the sign")
    assert str(line._news.cget("style")) == "Trouble.TLabel"
    line.complain("")
    assert line.text == "at rest"
    rig.wait(lambda: not line._icon.winfo_ismapped())
    line.say("It is done.")
    line.complain("")
    assert line.text == "It is done."


def test_a_scan_shows_words_bar_and_a_button_that_stops_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = threading.Event()

    def work(task: Task) -> ScanReport:
        task.report("Looking through folders: 12 sounds so far")
        while not counted.is_set():
            task.check()
            counted.wait(0.01)
        while True:
            task.check()
            task.report("Reading 30 of 40", 30, 40)
            threading.Event().wait(0.02)

    def begin(_: object) -> Job[ScanReport]:
        return rig.toolkit.jobs.start("Scan", work)

    monkeypatch.setattr(rig.window.scans, "_start", begin)
    line = rig.window.status
    rig.window.scans.scan()
    rig.wait(line._scan.winfo_ismapped, "the progress")
    rig.wait(lambda: "12 sounds" in str(line._words.cget("text")))
    assert str(line._bar.cget("mode")) == "indeterminate"
    counted.set()
    rig.wait(lambda: str(line._words.cget("text")) == "Reading 30 of 40")
    assert str(line._bar.cget("mode")) == "determinate"
    assert float(line._bar.cget("value")) == pytest.approx(0.75)
    rig.hands.click(line._cancel, 10, 10)
    rig.wait(lambda: not line._scan.winfo_ismapped(), "the end")
    assert "stopped" in line.text


def test_the_totals_stand_at_the_end(rig: Rig) -> None:
    rig.wait(lambda: str(rig.window.status._totals.cget("text")).startswith("10 sounds"))
