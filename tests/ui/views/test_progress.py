"""How far work is: words, a bar, a button that stops it."""

import threading

import pytest

from ctk.jobs import Job, Task
from ctk.records import ScanReport
from tests.ui.conftest import Rig


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
    strip = rig.window.status.progress[0]
    rig.window.scans.scan()
    rig.wait(strip.winfo_ismapped, "the progress")
    rig.wait(lambda: "12 sounds" in str(strip._words.cget("text")))
    assert str(strip._bar.cget("mode")) == "indeterminate"
    counted.set()
    rig.wait(lambda: str(strip._words.cget("text")) == "Reading 30 of 40")
    assert str(strip._bar.cget("mode")) == "determinate"
    assert float(strip._bar.cget("value")) == pytest.approx(0.75)
    rig.hands.click(strip._cancel, 10, 10)
    rig.wait(lambda: not strip.winfo_ismapped(), "the end")
    assert "stopped" in rig.status
