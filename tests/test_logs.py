"""The log, and what the user reads when something unforeseen happens: a real process that crashes."""

import subprocess
import sys
from pathlib import Path

CRASH = """
import sys, threading
from pathlib import Path
from ctk import logs

logs.start(Path(sys.argv[1]))
logs.catch_crashes(lambda sentence: print(sentence, file=sys.stderr))
if sys.argv[2] == "thread":
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
else:
    1 / 0
"""


def crash(home: Path, where: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(home), where], capture_output=True, text=True, check=False, timeout=30
    )
    return done.stderr, (home / "logs" / "ctk.log").read_text("utf-8")


def test_a_crash_is_one_sentence_and_the_rest_is_in_the_log(home: Path) -> None:
    for where in ("main", "thread"):
        said, logged = crash(home, where)
        assert said.count("\n") == 1
        assert "ZeroDivisionError" in said
        assert str(home / "logs" / "ctk.log") in said
        assert "Traceback" in logged


def test_a_home_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path / "home"), "main"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert "could not be written" in done.stderr
