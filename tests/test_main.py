"""The whole program tries itself out, as a process of its own, and leaves no trace; what is broken in it is noticed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctk.remote import door
from ctk.selftest.run import STEPS
from tests import house
from tests.display import display

NAMES = [step.name for step in STEPS]
LIMIT_S = 100


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with display() as name:
        yield name


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has nothing yet, and whose things are where they usually are."""
    folder = tmp_path / "user"
    (folder / "tmp").mkdir(parents=True)
    for name in list(os.environ):
        if name.startswith("XDG_") or name in ("CTK_HOME", "CTK_AUDIO_BACKEND"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder / "tmp"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return folder


def selftest(*args: str, root: Path = house.ROOT) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-m", "ctk", "--selftest", *args]
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(
        command, env=environment, cwd=root, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


def left(user: Path) -> list[Path]:
    return [path for path in user.rglob("*") if path != user / "tmp"]


def steps_of(made: dict[str, Any]) -> dict[str, tuple[bool, str]]:
    return {step["name"]: (step["ok"], step["detail"]) for step in made["steps"]}


def test_everything_works_and_leaves_no_trace(screen: str, user: Path, tmp_path: Path) -> None:
    done = selftest("--report", str(tmp_path / "report.json"))
    assert (done.returncode, done.stderr) == (0, ""), done
    *lines, last = done.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines) and len(lines) == len(NAMES)
    assert last.startswith(f"Everything works: {len(NAMES)} steps in ")
    made = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert made["ok"] and [step["name"] for step in made["steps"]] == NAMES
    assert "rows painted" in steps_of(made)["Window"][1]
    assert left(user) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on Linux is a display another program")
def test_without_a_display_and_without_a_console(user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    code = """
import sys
sys.stdin = sys.stdout = sys.stderr = None
from ctk.__main__ import main
sys.exit(main(["--selftest", "--json", "--report", sys.argv[1]]))
"""
    file = tmp_path / "report.json"
    command = [sys.executable, "-c", code, str(file)]
    done = subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    made = json.loads(file.read_text("utf-8"))
    assert made["ok"] and steps_of(made)["Window"] == steps_of(made)["Tray"] == (True, "no display here")
    assert left(user) == []


def test_it_disturbs_nobody(screen: str, home: Path) -> None:
    core = subprocess.Popen([sys.executable, "-m", "ctk", "serve"], stdout=subprocess.PIPE, cwd=house.ROOT, text=True)
    try:
        assert core.stdout is not None and "Listening" in core.stdout.readline()
        there = door.read(home)
        before = sorted(home.rglob("*"))
        done = selftest("--json")
        assert done.returncode == 0 and json.loads(done.stdout)["ok"], done
        assert door.read(home) == there and core.poll() is None
        assert sorted(home.rglob("*")) == before
    finally:
        core.terminate()
        core.communicate(timeout=LIMIT_S)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The program's own files in another place, where some can be taken away."""
    root = tmp_path / "program"
    for name in ("ctk", "assets"):
        shutil.copytree(house.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_what_is_missing_is_noticed_and_the_rest_is_tried(screen: str, user: Path, broken: Path) -> None:
    shutil.rmtree(broken / "assets" / "tray")
    (broken / "ctk" / "classify" / "builtin.npz").unlink()
    (broken / "ctk" / "ui" / "theme.py").write_text("raise ImportError('nothing to paint with')\n")
    (broken / "ctk" / "audio" / "decode" / "file.py").write_text("raise RuntimeError('no samples')\n")
    done = selftest("--json", root=broken)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done
    made = steps_of(json.loads(done.stdout))
    assert list(made) == NAMES
    failed = {name for name, (held, _) in made.items() if not held}
    assert failed >= {"Files", "Decode", "Play", "Classifier", "Tray", "Window"}, made
    assert not failed & {"Catalog", "Sounds", "Scan", "Search", "Duplicates", "Clean up", "Undo", "Door", "Tidy up"}
    assert "tray/idle.ico" in made["Files"][1] and "builtin.npz" in made["Files"][1]
    assert "nothing to paint with" in made["Window"][1]
    assert left(user) == []


def test_a_python_without_tk_has_no_window(user: Path, broken: Path) -> None:
    (broken / "tkinter").mkdir()
    (broken / "tkinter" / "__init__.py").write_text("raise ModuleNotFoundError('no tk', name='_tkinter')\n")
    made = steps_of(json.loads(selftest("--json", root=broken).stdout))
    assert made["Window"] == (True, "no display here: this Python has no tkinter")
