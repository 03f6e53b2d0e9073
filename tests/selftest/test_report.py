"""Lines for people, JSON for programs."""

import json
import sys
from pathlib import Path

import pytest

import ctk
from ctk import paths
from ctk.selftest import report
from ctk.selftest.report import Outcome

GOOD = Outcome("Search", True, 0.0123456, "by name")
BAD = Outcome("Play", False, 1.5, "There is no sound device to play on.")


def test_a_line_has_verdict_time_and_name() -> None:
    assert GOOD.line().split() == ["ok", "12", "ms", "Search", "by", "name"]
    assert BAD.line().startswith("FAILED   1500 ms  Play        There is no sound")
    assert Outcome("Tray", True, 0.0, "").line() == "ok          0 ms  Tray"


def test_one_step_that_fails_is_a_failure() -> None:
    assert report.ok([GOOD]) and not report.ok([GOOD, BAD]) and not report.ok([])
    assert report.verdict([GOOD, BAD]) == "1 of 2 steps failed."
    assert report.verdict([GOOD, GOOD]) == "Everything works: 2 steps in 0.0 s."


def test_the_document_has_what_was_agreed() -> None:
    made = json.loads(report.document([GOOD, BAD]))
    assert made.keys() == {"ok", "version", "variant", "frozen", "steps"}
    assert (made["ok"], made["version"], made["frozen"]) == (False, ctk.__version__, False)
    assert made["steps"][0] == {"name": "Search", "ok": True, "seconds": 0.0123, "detail": "by name"}


def test_which_edition_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "edition", lambda: "full")
    assert report.variant() == "full"
    monkeypatch.setattr(paths, "edition", lambda: "light")
    assert report.variant() == "light"


def test_without_an_edition_it_is_what_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "paths.py"))
    monkeypatch.setitem(sys.modules, "torch", None)
    assert (report.variant(), report.frozen()) == ("light", True)
