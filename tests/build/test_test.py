"""The command that checks everything: every step is done and reported, and one failure is a failure."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

PROJECT = """\
[tool.mypy]
files = ["sound.py"]
[tool.pytest.ini_options]
markers = ["long: long"]
"""

TESTS = """\
import pytest


def test_short() -> None:
    pass


@pytest.mark.long
def test_long() -> None:
    pass
"""

DRIVER = """\
import sys
sys.path.insert(0, {build!r})
import debian, environment
from pathlib import Path
environment.ROOT = Path({root!r})
environment.prepare = lambda *names, **options: Path(sys.executable)
environment.add = lambda *names: None
debian.missing = lambda: []
debian.fetch_packs = lambda: ""
sys.argv = ["test.py", *{arguments!r}]
import test
sys.exit(test.main())
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two files in which everything is fine."""
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "sound.py").write_text("answer: int = 42\n")
    (tmp_path / "test_sound.py").write_text(TESTS)
    return tmp_path


def check(project: Path, *arguments: str) -> tuple[int, list[str]]:
    """Run build/test.py on ``project`` with the tools that run this test."""
    driver = DRIVER.format(build=str(house.ROOT / "build"), root=str(project), arguments=arguments)
    done = subprocess.run([sys.executable, "-c", driver], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_each_step_closes_with_its_time_and_pytest_with_its_own_line(project: Path) -> None:
    status, lines = check(project)
    steps = [match[1] for line in lines if (match := re.match(r"(\w+) +ok +\d+\.\d s$", line))]
    assert status == 0
    assert steps == ["tools", "packs", "torch", "lint", "format", "types"]
    assert re.search(r"1 passed in \d", lines[-1])


def test_all_adds_the_long_runs_and_pytest_gets_its_arguments(project: Path) -> None:
    status, lines = check(project, "--all", "-k", "long")
    assert status == 0
    assert re.search(r"1 passed, 1 deselected in \d", lines[-1])
    assert any("test_sound.py" in line for line in lines)


def test_later_steps_are_done_after_a_failure_which_is_named(project: Path) -> None:
    (project / "sound.py").write_text("import os\nanswer: int = 'x'\n")
    status, lines = check(project)
    assert status == 1
    assert any(re.match(r"lint +FAILED", line) for line in lines)
    assert any(re.match(r"types +FAILED", line) for line in lines)
    assert any("1 passed" in line for line in lines)
    assert lines[-1] == "Failed: lint, format, types"
