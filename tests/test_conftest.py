"""What surrounds every test: errors in the log fail it, and so do skips where everything can be had."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

SAMPLE = """\
import logging
import os
import pytest

def test_home(home):
    assert os.environ["CTK_HOME"] == str(home) and not home.exists()
    assert os.environ["CTK_AUDIO_BACKEND"] == "null"

def test_error():
    logging.getLogger("any").error("oh")

@pytest.mark.logs_errors
def test_error_on_purpose():
    logging.getLogger("any").error("oh")

def test_warning():
    logging.getLogger("any").warning("hm")

def test_needs():
    pytest.skip("needs a tool")

@pytest.mark.skipif(True, reason="only on another system")
def test_other_system(): ...

@pytest.mark.xfail(reason="known")
def test_known():
    assert False
"""


def outcomes(folder: Path, complete: str) -> dict[str, str]:
    """Run the sample with our conftest; what became of each test."""
    (folder / "test_sample.py").write_text(SAMPLE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = logs_errors: x\n")
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-v", "-rN"]
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    env = os.environ | {
        "CTK_TESTS_COMPLETE": complete,
        "PYTHONPATH": os.pathsep.join([str(house.ROOT), str(house.ROOT / "build")]),
    }
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return dict(re.findall(r"::test_(\w+) ([A-Z]+)", done.stdout))


@pytest.mark.parametrize("complete", ["", "1"])
def test_what_becomes_of_each_test(complete: str, tmp_path: Path) -> None:
    assert outcomes(tmp_path, complete) == {
        "home": "PASSED",
        "error": "ERROR",
        "error_on_purpose": "PASSED",
        "warning": "PASSED",
        "needs": "FAILED" if complete else "SKIPPED",
        "other_system": "SKIPPED",
        "known": "XFAIL",
    }
