"""``kill -9`` at any moment of a scan leaves a catalog that the next scan completes."""

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.sources.library import ids, rows, scan, wav

FILES = 1500


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill") / "Samples"
    for number in range(FILES):
        wav(folder / f"pack {number % 30}" / f"{number}.wav", number, frames=50)
    return folder


def kill_and_scan(home: Path, library: Path, rounds: int, seed: int) -> None:
    dice = random.Random(seed)
    before: dict[str, int] = {}
    for _ in range(rounds):
        process = subprocess.Popen([sys.executable, "-m", "ctk", "--home", str(home), "scan", str(library), "--full"])
        time.sleep(dice.uniform(0.1, 1.2))
        process.kill()
        process.wait()
        if not (home / "catalog.db").exists():
            continue
        with closing(sqlite3.connect(home / "catalog.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        now = ids(home, library)
        assert before.items() <= now.items(), "no row is lost and no id changes"
        before = now
    report = scan(home, library)
    assert (report.files, report.missing, report.moved, report.problems) == (FILES, 0, 0, ())
    after = ids(home, library)
    assert len(after) == FILES
    assert before.items() <= after.items()
    assert {row.state for row in rows(home)} == {"ok"}


def test_a_killed_scan(home: Path, library: Path) -> None:
    kill_and_scan(home, library, rounds=5, seed=1)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(5))
def test_a_scan_killed_a_hundred_times(home: Path, library: Path, seed: int) -> None:
    kill_and_scan(home, library, rounds=40, seed=seed)
