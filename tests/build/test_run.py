"""The command that runs the program: first use, later use, no display, and everything that can go wrong on the way."""

import ast
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests import house
from tests.build import checkout

ODD_NAME = "Ünï çopy of it"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with an odd name that was run once."""
    folder = checkout.make(tmp_path_factory.mktemp("run") / ODD_NAME)
    status, said, complained = checkout.run(folder)
    assert (status, complained) == (0, "")
    assert said.startswith("Setting up in .venv")
    return folder


def test_without_a_display_it_scans_prints_the_stats_and_says_how_to_get_the_window(ready: Path) -> None:
    status, said, complained = checkout.run(ready, "My Packs", "ålso/this")
    scan, stats, *rest = said.splitlines()
    assert (status, complained) == (0, "")
    assert scan == f"called with {['scan', str(ready / 'My Packs'), str(ready / 'ålso/this')]}"
    assert stats == "called with ['stats']"
    assert "There is no display here" in " ".join(rest)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11 the environment names the display")
def test_with_a_display_it_opens_the_window_on_the_folders(ready: Path, tmp_path: Path) -> None:
    status, said, complained = checkout.run(ready, "packs", cwd=tmp_path, DISPLAY=":99")
    assert (status, said, complained) == (0, f"called with {[str(tmp_path / 'packs')]}\n", "")


def test_it_passes_on_how_the_program_ended(ready: Path) -> None:
    status, said, _ = checkout.run(ready, "will fail")
    assert status == 3
    assert "stats" not in said


def test_modules_in_the_folder_of_the_caller_do_no_harm(ready: Path, tmp_path: Path) -> None:
    (tmp_path / "ctk.py").write_text("raise SystemExit('the wrong ctk')")
    status, said, complained = checkout.run(ready, cwd=tmp_path)
    assert (status, complained) == (0, "")
    assert "called with ['scan']" in said


def test_an_interrupted_installation_is_not_trusted(tmp_path: Path) -> None:
    folder = checkout.make(tmp_path / "checkout")
    (folder / "wait").touch()
    with checkout.start(folder) as process:
        wait_for(folder / "waiting")
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert (folder / ".venv").is_dir()
    (folder / ".venv" / "half").touch()
    (folder / "wait").unlink()
    status, said, complained = checkout.run(folder)
    assert (status, complained) == (0, "")
    assert "called with ['stats']" in said
    assert not (folder / ".venv" / "half").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX can a test press Ctrl-C for one process group")
def test_ctrl_c_while_installing_ends_quietly(tmp_path: Path) -> None:
    folder = checkout.make(tmp_path / "checkout")
    (folder / "wait").touch()
    with checkout.start(folder) as process:
        wait_for(folder / "waiting")
        os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate(timeout=60)
    assert process.returncode == 130
    assert complained == ""
    assert said.splitlines()[1:] == []


@pytest.mark.parametrize("script", ["run.py", "test.py"])
def test_an_older_python_can_read_the_sentence_for_it(script: str) -> None:
    text = (house.ROOT / "build" / script).read_text("utf-8")
    tree = ast.parse(text, feature_version=(3, 6))
    guard = next(node for node in tree.body if isinstance(node, ast.If))
    before = [node for node in tree.body if node.lineno < guard.lineno]
    own = {"debian", "environment"}
    assert "needs Python 3.11 or newer" in ast.unparse(guard)
    assert not [node for node in before if isinstance(node, ast.Import) and own & {name.name for name in node.names}]


def wait_for(file: Path) -> None:
    while not file.exists():
        time.sleep(0.02)
