"""What can be done over the door, and what cannot."""

import dataclasses
import os
import time
from pathlib import Path
from typing import Any

import pytest

from ctk.errors import CtkError, NotFound, UsageError
from ctk.events import WindowWanted
from ctk.remote import kept
from ctk.remote.calls import Calls, NoMethod
from ctk.remote.wire import Unfit
from ctk.toolkit import Toolkit
from tests.sources.library import wav


def outcome(calls: Calls, started: dict[str, str]) -> Any:
    return calls.call("jobs.result", {"id": started["job"], "wait_s": 30})["result"]


def ids(calls: Calls, query: str = "") -> list[int]:
    found: list[int] = calls.call("catalog.ids", {"query": query})
    return found


@pytest.fixture
def own(filled: Toolkit, tmp_path: Path) -> Calls:
    """A core with a folder whose files may be moved."""
    folder = tmp_path / "Own"
    for number in range(3):
        wav(folder / f"mine {number}.wav", number)
    filled.sources.scan([folder]).result(30)
    return Calls(filled, window=False)


def test_searching_and_looking(calls: Calls) -> None:
    page = calls.call("catalog.search", {"query": "kick"})
    assert (page["total"], [row["name"] for row in page["rows"]]) == (2, ["kick 1.wav", "kick 2.wav"])
    id = page["rows"][0]["id"]
    assert calls.call("catalog.get", [id])["path"] == page["rows"][0]["path"]
    assert len(calls.call("waveforms.peaks", {"target": id, "points": 10})["low"]) == 10
    assert calls.call("core.info", {})["window"] is False


def test_playing_by_id(calls: Calls) -> None:
    (id,) = ids(calls, "vocal")
    assert calls.call("audio.play", {"target": id}) is None
    assert calls.call("audio.now", {})["id"] == id
    with pytest.raises(NotFound):
        calls.call("audio.play", {"target": 4711})


@pytest.mark.parametrize(
    "name",
    ["nothing", "catalog.nothing", "catalog.__init__", "catalog._store", "window.show", "", "events.emit", "close"],
)
def test_what_is_not_offered(calls: Calls, name: str) -> None:
    with pytest.raises(NoMethod):
        calls.call(name, {})


@pytest.mark.parametrize("name", ["batch.empty", "facts.import_"])
def test_what_is_refused_says_why(calls: Calls, name: str) -> None:
    with pytest.raises(UsageError, match="not done over the door"):
        calls.call(name, {})


def test_a_job_is_an_id_and_its_result_is_kept(calls: Calls, samples: Path) -> None:
    started = calls.call("sources.scan", {})
    assert started.keys() == {"job", "title"}
    assert outcome(calls, started)["files"] == 4
    assert outcome(calls, started)["files"] == 4
    assert calls.call("jobs.status", {"id": started["job"]})["state"] == "done"
    calls.call("jobs.cancel", {"id": started["job"]})
    with pytest.raises(NotFound):
        calls.call("jobs.result", {"id": "job-4711"})


def test_a_job_of_the_window_is_seen_and_not_touched(calls: Calls, filled: Toolkit) -> None:
    job = filled.jobs.start("Waiting", lambda task: time.sleep(0.3))
    assert [status["id"] for status in calls.call("jobs.running", {})] == [job.id]
    assert calls.call("jobs.status", {"id": job.id})["title"] == "Waiting"
    with pytest.raises(NotFound):
        calls.call("jobs.cancel", {"id": job.id})


def test_a_job_that_runs_has_no_result_yet(calls: Calls, filled: Toolkit) -> None:
    keeping = kept.KeptJobs(filled.jobs)

    def work(_: object) -> int:
        time.sleep(0.4)
        return 7

    told = keeping.keep(filled.jobs.start("Waiting", work), lambda value: value)
    assert keeping.result(told["job"], wait_s=0.01).status.state == "running"
    assert keeping.result(told["job"], wait_s=30).result == 7


def test_results_are_kept_for_a_while_only(filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "JOBS", 3)
    keeping = kept.KeptJobs(filled.jobs)
    told = []
    for number in range(6):
        job = filled.jobs.start("Counting", lambda task, number=number: number)  # type: ignore[misc]
        told.append(keeping.keep(job, lambda value: value)["job"])
        job.result(10)
    assert keeping.result(told[-1]).result == 5
    with pytest.raises(NotFound):
        keeping.result(told[0])
    monkeypatch.setattr(kept, "JOBS_S", 0.0)
    with pytest.raises(NotFound):
        keeping.result(told[-1])


def test_only_a_plan_made_before_is_applied_and_once(own: Calls, tmp_path: Path) -> None:
    plan = own.call("batch.plan_move", {"ids": ids(own, "mine"), "folder": str(tmp_path / "Own" / "New")})
    assert len(plan["steps"]) == 3
    for forged in ({"plan": plan}, {"plan": "x"}, {"plan": None}, {}):
        with pytest.raises((Unfit, NotFound)):
            own.call("batch.apply", forged)
    receipt = outcome(own, own.call("batch.apply", {"plan": plan["id"]}))
    assert (receipt["done"], len(list((tmp_path / "Own" / "New").iterdir()))) == (3, 3)
    with pytest.raises(NotFound, match="make it anew"):
        own.call("batch.apply", {"plan": plan["id"]})
    assert outcome(own, own.call("batch.undo", {}))["done"] == 3
    assert not (tmp_path / "Own" / "New").exists() or not list((tmp_path / "Own" / "New").iterdir())


def test_a_plan_keeps_files_within_the_sources(own: Calls, toolkit: Toolkit, tmp_path: Path) -> None:
    for folder in (str(tmp_path), str(toolkit.home), "/" if os.name == "posix" else "C:\\"):
        with pytest.raises(UsageError, match="none of your folders"):
            own.call("batch.plan_move", {"ids": ids(own, "mine"), "folder": folder})
    for template in ("../{name}", "{name}/../../x", "/{name}", "..\\{name}"):
        with pytest.raises(UsageError, match="cannot hold"):
            own.call("batch.plan_rename", {"ids": ids(own, "mine"), "template": template})


def test_a_folder_that_is_scanned_shows_its_sounds_and_nothing_else(own: Calls, tmp_path: Path) -> None:
    wav(tmp_path / "Elsewhere" / "new.wav", 9)
    (tmp_path / "Elsewhere" / "letter.txt").write_text("secret")
    outcome(own, own.call("sources.scan", {"folders": [str(tmp_path / "Elsewhere")]}))
    rows = own.call("catalog.search", {})["rows"]
    assert [row["name"] for row in rows if "Elsewhere" in row["path"]] == ["new.wav"]


def test_too_many_plans_push_out_the_oldest(own: Calls) -> None:
    first = own.call("batch.plan_remove", {"ids": ids(own, "mine")})["id"]
    for _ in range(kept.PLANS):
        own.call("batch.plan_remove", {"ids": ids(own, "mine")})
    with pytest.raises(NotFound):
        own.call("batch.apply", {"plan": first})


def test_words_leave_as_text_and_not_as_a_file(calls: Calls, tmp_path: Path) -> None:
    calls.call("facts.tag", {"ids": ids(calls, "kick"), "tag": "dark"})
    exported = outcome(calls, calls.call("facts.export", {"format": "csv"}))
    assert exported["sounds"] == 2 and "dark" in exported["text"]


def test_settings_are_seen_and_changed(calls: Calls, filled: Toolkit) -> None:
    assert calls.call("settings.all", {}).keys() == dataclasses.asdict(filled.settings).keys() - {"open_with"}
    calls.call("settings.change", {"values": {"loop": True, "volume_db": -6}})
    assert (filled.settings.loop, filled.settings.volume_db) == (True, -6.0)
    assert '"loop": true' in (filled.home / "settings.json").read_text()
    for odd in ({"open_with": "/bin/sh"}, {"loop": 1}, {"nothing": 1}, {"_file": "/tmp/x"}):
        with pytest.raises(UsageError):
            calls.call("settings.change", {"values": odd})
    assert filled.settings.open_with == ""


def test_a_window_is_asked_for_only_where_there_is_one(filled: Toolkit) -> None:
    wanted: list[WindowWanted] = []
    filled.events.subscribe(WindowWanted, wanted.append)
    calls = Calls(filled, window=True)
    assert calls.call("core.info", {})["window"] is True
    calls.call("window.show", {"folders": ["/a"]})
    assert wanted == [WindowWanted(("/a",))]


def test_every_method_that_only_looks_answers(calls: Calls) -> None:
    id = ids(calls)[0]
    given = {
        "catalog.get": [id],
        "facts.of": [id],
        "waveforms.health": [id],
        "waveforms.peaks": [id],
        "waveforms.kept": [[id]],
    }
    for name in (
        "catalog.facets catalog.stats catalog.recent facts.tags facts.collections facts.searches sources.list "
        "sources.problems duplicates.summary duplicates.folders duplicates.rules batch.history batch.held "
        "batch.protected batch.recovered audio.devices audio.now classify.status doctor.report doctor.library "
        "jobs.running"
    ).split() + list(given):
        calls.call(name, given.get(name, []))
    for name in ("duplicates.find", "waveforms.build", "classify.map", "sources.scan"):
        try:
            outcome(calls, calls.call(name, {}))
        except CtkError as exc:
            assert name == "classify.map", exc
