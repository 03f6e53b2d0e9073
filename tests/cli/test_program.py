"""Trying the program out, having it quit, starting it with the computer: real processes, and what goes with what."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ctk.cli.parser import parse
from ctk.startup import startup
from tests import house


def ctk_(*args: str, **kwargs: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ctk", *args]
    return subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, timeout=100, check=False, **kwargs)


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        (["--selftest"], {"selftest": True, "selftest_json": False, "report": None}),
        (["--selftest", "--json", "--report", "a.json"], {"selftest": True, "selftest_json": True, "report": "a.json"}),
        (["--report=a.json", "--selftest"], {"selftest": True, "report": "a.json"}),
        (["--quit"], {"quit": True, "home": None}),
        (["--home", "h", "--quit"], {"quit": True, "home": "h"}),
        (["--startup", "on"], {"startup": "on"}),
        (["--startup=off", "--home", "h"], {"startup": "off", "home": "h"}),
    ],
)
def test_what_can_be_asked_of_the_program(argv: list[str], wanted: dict[str, object]) -> None:
    args = vars(parse(argv))
    assert args["command"] is None and args["folders"] == []
    assert {name: args[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "argv",
    [
        ["--json"],
        ["--json", "stats"],
        ["--report", "a.json"],
        ["--quit", "--json"],
        ["--selftest", "stats"],
        ["--selftest", "."],
        ["--quit", "."],
        ["--startup", "on", "scan"],
        ["--startup"],
        ["--startup", "maybe"],
        ["--selftest", "--quit"],
        ["--tray", "--quit"],
        ["--selftest", "--report"],
    ],
)
def test_what_does_not_go_together(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(argv)
    assert left.value.code == 2


def test_the_help_tells_of_them() -> None:
    told = " ".join(ctk_("--help").stdout.split())
    for words in ("--selftest try everything out", "--quit have the program", "--startup {on,off}", "--report FILE"):
        assert words in told


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux is it a file in a folder of our own")
def test_starting_with_the_computer(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    done = ctk_("--startup", "on")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Creator's Toolkit starts with the computer.\n", "")
    (entry,) = (tmp_path / "config" / "autostart").iterdir()
    assert "--tray" in entry.read_text("utf-8") and str(home) in entry.read_text("utf-8")
    assert startup(home).is_on()
    for _ in range(2):
        done = ctk_("--startup", "off")
        assert (done.returncode, done.stderr) == (0, "") and "does not start" in done.stdout
        assert not startup(home).is_on()
    assert not home.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux is it a file in a folder of our own")
def test_what_the_system_refuses_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    done = ctk_("--startup", "on")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("ctk: Starting with the computer could not be turned on")


def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    done = ctk_("--selftest", "--json", "--report", str(tmp_path / "no" / "a.json"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1) and "cannot be written" in done.stderr
    assert json.loads(done.stdout)["steps"]
