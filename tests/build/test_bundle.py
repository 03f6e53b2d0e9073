"""The light bundle, made in earnest and tried as a user has it: without Python, and moved to another folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bundle
import ctk
import identity
import notices
from environment import SetupError
from tests import house, sounds
from tests.display import display

LIMIT_S = 100


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, at another place than it was made at."""
    out = house.ROOT / "dist" / ".work" / "tested"
    done = bundle.build("light", out)
    return Path(shutil.move(done, tmp_path_factory.mktemp("moved") / f"{done.stem} ünd more{done.suffix}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound of every kind."""
    made = tmp_path / "Söunds"
    made.mkdir()
    for kind, about in sounds.KINDS.items():
        sounds.make(kind, made / f"{kind}.{about.extension}")
    return made


@pytest.fixture
def program(made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What to run of it, where neither Python nor any other program can be found."""
    for name in [name for name in os.environ if name.startswith(("PYTHON", "VIRTUAL_ENV", "TCL_", "TK_"))]:
        monkeypatch.delenv(name)
    if sys.platform == "linux":
        monkeypatch.setenv("PATH", "/nowhere")
    return str(bundle.program(made))


def ask(program: str, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.long
@pytest.mark.timeout(900)
def test_it_tests_itself_with_a_window(made: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with display():
        done = subprocess.run(
            [str(bundle.program(made)), "--selftest", "--json", "--report", str(report)],
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    found = json.loads(report.read_text("utf-8"))
    assert [step for step in found["steps"] if not step["ok"]] == []
    assert (done.returncode, found["ok"]) == (0, True)
    assert (found["version"], found["variant"], found["frozen"]) == (ctk.__version__, "light", True)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_it_finds_and_hears_sounds_of_every_kind(program: str, folder: Path) -> None:
    count = len(sounds.KINDS)
    assert ask(program, "--version").strip() == f"Creator's Toolkit {ctk.__version__}"
    assert f"{count} new" in ask(program, "scan", str(folder))
    assert json.loads(ask(program, "search", "--json"))["total"] == count
    for file in folder.iterdir():
        assert ask(program, "peaks", str(file)), file.name
    assert "CNN14 comes with the full edition" in ask(program, "classify", "--status")


@pytest.mark.long
@pytest.mark.timeout(900)
def test_everything_in_it_is_accounted_for_and_no_more_is_in_it_than_is_used(made: Path) -> None:
    inside = made / "Contents" / "Resources" if sys.platform == "darwin" else made / bundle.INSIDE
    text = (inside / notices.FILE).read_text("utf-8")
    for name in ("PyAV", "x264", "x265", "FFmpeg", "Python", "Tcl/Tk", "numpy", "pystray"):
        assert name in text
    assert (inside / "ctk" / "edition").read_text("utf-8") == "light"
    names = {part.name for part in made.rglob("*")}
    assert not names & {"torch", "matplotlib", "librosa", "scipy", "libasound.so.2", "libmvec.so.1"}
    assert len([folder for folder in made.rglob("tkdnd") if folder.is_dir() for _ in folder.iterdir()]) == 1


def test_a_bundle_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / identity.FOLDER
    (folder / bundle.INSIDE / "av.libs").mkdir(parents=True)
    (folder / bundle.INSIDE / "av.libs" / "libx.so").write_bytes(b"\0" * 3_000_000)
    bundle.report(folder, "light")
    monkeypatch.setattr(bundle, "BUDGET_MB", 2)
    bundle.report(folder, "full")
    with pytest.raises(SetupError, match="may take 2 MB"):
        bundle.report(folder, "light")


def test_a_bundle_that_fails_its_test_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = {"name": "Play", "ok": False, "seconds": 0.5, "detail": "nothing is heard"}
    made = talking(tmp_path, json.dumps({"ok": False, "steps": [step]}))
    with pytest.raises(SetupError, match="does not hold"):
        bundle.selftest(made)
    assert "FAILED   0.50 s  Play: nothing is heard" in capsys.readouterr().out


def test_a_bundle_that_does_not_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="did not test itself"):
        bundle.selftest(talking(tmp_path, ""))


def talking(folder: Path, report: str) -> Path:
    """A program in a bundle's place, which writes ``report``."""
    program = bundle.program(folder)
    program.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        pytest.skip("only on POSIX systems a script can be a program")
    lines = ["#!/bin/sh", *([f"cat > \"$4\" <<'END'\n{report}\nEND"] if report else []), "exit 1", ""]
    program.write_text("\n".join(lines))
    program.chmod(0o755)
    return folder
