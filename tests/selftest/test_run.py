"""One step's trouble is its own: it is told, the others are tried, and nothing is left behind."""

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ctk.__main__ import _Parts
from ctk.errors import CtkError, NotFound
from ctk.selftest import library
from ctk.selftest.bench import Bench, Failed
from ctk.selftest.run import STEPS, Step, run, tidy
from tests import house

SCREENLESS = [step for step in STEPS if step.name not in ("Window", "CNN14")]
"""A window wants a process of its own."""


def raising(error: BaseException) -> Step:
    def fail(bench: Bench) -> str:
        raise error

    return Step("Broken", fail)


def report_of(tmp_path: Path, *steps: Step, code: int = 1) -> list[tuple[str, bool, str]]:
    """What came of these steps."""
    file = tmp_path / "report.json"
    assert run(_Parts(), report=str(file), steps=steps) == code
    made = json.loads(file.read_text("utf-8"))
    assert made["ok"] == (code == 0)
    return [(step["name"], step["ok"], step["detail"]) for step in made["steps"]]


def test_everything_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_Parts(), steps=SCREENLESS) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert [line.split("ms  ")[1][:11].strip() for line in lines] == [step.name for step in SCREENLESS]
    assert all(line.startswith("ok ") for line in lines) and last.startswith("Everything works")


def test_with_json_nothing_else_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_Parts(), json=True, steps=[STEPS[0]]) == 0
    assert json.loads(capsys.readouterr().out)["steps"][0]["name"] == "Files"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Failed("It is not so."), "It is not so."),
        (NotFound("There is no sound 7."), "There is no sound 7."),
        (ValueError("of\n  use"), "ValueError: of use"),
        (TimeoutError("It is still running."), "TimeoutError: It is still running."),
    ],
)
def test_a_step_that_fails_keeps_no_other_from_being_tried(error: Exception, words: str, tmp_path: Path) -> None:
    catalog = Step("Catalog", library.catalog)
    found = report_of(tmp_path, catalog, raising(error), STEPS[0], Step("Tidy up", tidy))
    assert [(name, held) for name, held, _ in found] == [
        ("Catalog", True),
        ("Broken", False),
        ("Files", True),
        ("Tidy up", True),
    ]
    assert found[1][2] == words


def test_without_a_catalog_every_step_says_so(tmp_path: Path) -> None:
    steps = [step for step in SCREENLESS if step.name not in ("Files", "Catalog", "Tray")]
    found = report_of(tmp_path, *steps)
    assert not any(held for _, held, _ in found)
    assert all("There" in words or "Nothing" in words for _, _, words in found), found


@pytest.mark.logs_errors
def test_what_goes_wrong_out_of_sight_fails_the_step(tmp_path: Path) -> None:
    def quietly(bench: Bench) -> str:
        logging.getLogger("ctk.somewhere").error("the disk\nis full")
        return "fine"

    def elsewhere(bench: Bench) -> str:
        thread = threading.Thread(target=lambda: int("none"))
        thread.start()
        thread.join()
        return "fine"

    found = report_of(tmp_path, Step("Quietly", quietly), Step("Elsewhere", elsewhere), STEPS[0])
    assert [held for _, held, _ in found] == [False, False, True]
    assert found[0][2] == "the disk is full." and "ValueError" in found[1][2]


def test_a_folder_that_stays_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    library.catalog(bench)
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", refuse)
        patched.setattr("ctk.selftest.run.LET_GO_S", 0.0)
        with pytest.raises(Failed, match=r"is left behind \(Permission denied\)"):
            tidy(bench)
    assert bench.opened is None


def test_when_it_is_stopped_nothing_is_left_behind() -> None:
    folders: list[Path] = []

    def stop(bench: Bench) -> str:
        folders.append(bench.place)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(_Parts(), steps=[Step("Catalog", library.catalog), Step("Stop", stop)])
    assert len(folders) == 1 and not folders[0].exists()


def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CtkError, match=r"The report cannot be written to .*: No such file"):
        run(_Parts(), report=str(tmp_path / "no" / "report.json"), steps=[STEPS[0]])


def test_a_step_that_hangs_ends_with_a_report(tmp_path: Path) -> None:
    code = """
import sys, threading
from ctk.__main__ import _Parts
from ctk.selftest import library
from ctk.selftest.run import STEPS, Step, run
def hang(bench):
    print(bench.place, flush=True)
    threading.Event().wait()
run(_Parts(), report=sys.argv[1], steps=[Step("Catalog", library.catalog), Step("Hanging", hang), STEPS[0]], limit_s=3)
"""
    file = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=house.ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1, done
    made = json.loads(file.read_text("utf-8"))
    assert [(step["name"], step["ok"]) for step in made["steps"]] == [("Catalog", True), ("Hanging", False)]
    assert made["steps"][1]["detail"] == "It did not end within 3 seconds."
    assert not Path(done.stdout.splitlines()[1]).exists()
