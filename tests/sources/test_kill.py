"""``kill -9`` at any moment of a scan leaves a catalog that the next scan completes, whatever moves meanwhile."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import ctk
from ctk.records import Row
from ctk.toolkit import Toolkit
from tests.batch.crash import dies
from tests.sources.library import ids, rows, scan, wav

FILES = 1500
ENGINE = (os.path.join("ctk", "sources", ""), "rows.py", "relocation.py")
TRIED = 10
"""Points at which a scan is killed in the gate."""

forks = pytest.mark.skipif(sys.platform == "win32", reason="only on systems that fork")


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


class Stage:
    """Two sources with their catalog, that can be put back as they were."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "stage"
        self.home = self.folder / "home"
        self.roots = self.folder / "Samples", self.folder / "Other"
        for number in range(24):
            wav(self.roots[0] / f"Pack {number % 4}" / f"{number}.wav", number, frames=20)
        for number in range(24, 30):
            wav(self.roots[1] / f"{number}.wav", number, frames=20)
        scan(self.home, *self.roots)
        self.sounds = {Path(row.path).read_bytes(): row.id for row in rows(self.home)}
        self._saved = folder / "saved"
        shutil.copytree(self.folder, self._saved)

    def reset(self) -> None:
        """Renamed rather than copied, so that the files are those that the catalog knows."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._saved, self.folder)
        scan(self.home, full=True)  # these are other files of the same content

    def change(self) -> None:
        """What happened before the scan that is killed."""
        samples, other = self.roots
        (samples / "Pack 0").rename(samples / "Drums")
        (samples / "Pack 1").rename(other / "Pack 1")
        shutil.copytree(samples / "Pack 2", other / "Copied", copy_function=shutil.copyfile)
        shutil.rmtree(samples / "Pack 2")
        (samples / "Pack 3" / "3.wav").rename(samples / "boom.wav")
        (samples / "Pack 3" / "7.wav").unlink()
        wav(samples / "new.wav", 100)

    def change_again(self) -> None:
        """What happens until the next scan."""
        samples, other = self.roots
        (samples / "Drums").rename(other / "Drums")
        (other / "Pack 1").rename(other / "Pack 1 again")
        (other / "Copied").rename(samples / "Copied")
        (samples / "boom.wav").rename(samples / "Pack 3" / "bang.wav")
        (other / "29.wav").unlink()
        (samples / "new.wav").rename(other / "newer.wav")

    def check(self, point: int) -> None:
        """The catalog is as a fresh one would be, and every sound has the id that it always had."""
        fresh = self.folder / "fresh"
        scan(fresh, *self.roots)
        there = [row for row in rows(self.home) if row.state != "missing"]
        assert sorted(map(facts, there)) == sorted(map(facts, rows(fresh))), point
        kept = {Path(row.path).read_bytes(): row.id for row in there}
        assert {content: id for content, id in kept.items() if content in self.sounds} == {
            content: id for content, id in self.sounds.items() if content in kept
        }, point
        gone = set(self.sounds.values()) - set(kept.values())
        assert gone <= {row.id for row in rows(self.home) if row.state == "missing"}, point
        with closing(sqlite3.connect(self.home / "catalog.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def facts(row: Row) -> tuple[object, ...]:
    return row.path, row.size_bytes, row.format or "", row.duration_s or 0.0, row.state


def work(toolkit: Toolkit) -> object:
    return toolkit.sources.scan().result(60)


def lines_of(stage: Stage) -> int:
    """About how many lines the scan runs: the largest power of 1.3 at which it still was killed."""
    point = 1000.0
    while _is_killed(stage, int(point)):
        point *= 1.3
    return int(point)


def _is_killed(stage: Stage, point: int) -> bool:
    stage.reset()
    stage.change()
    return dies(stage.home, work, point, engine=ENGINE)


def kill_everywhere(stage: Stage, points: list[int], lines: int) -> int:
    """Kill a scan at each of ``points``, move folders, kill the next at another point; how often it was in time."""
    killed = 0
    for point in points:
        killed += _is_killed(stage, point)
        stage.change_again()
        if point % 2:
            dies(stage.home, work, 1 + point * 7 % lines, engine=ENGINE)
        with ctk.open(stage.home) as toolkit:
            report = toolkit.sources.scan().result(60)
        assert (report.vanished, report.offline, report.problems) == ((), (), ()), point
        stage.check(point)
    return killed


@forks
def test_killed_anywhere_while_folders_move(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    lines = lines_of(stage)
    points = sorted(random.Random(7).sample(range(1, lines), TRIED))
    assert kill_everywhere(stage, points, lines) >= TRIED // 2


@forks
@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(5))
def test_killed_at_500_points_while_folders_move(tmp_path: Path, part: int) -> None:
    stage = Stage(tmp_path)
    lines = lines_of(stage)
    points = [lines * (5 * number + part + 1) // 500 for number in range(100)]
    assert kill_everywhere(stage, points, lines) >= 60
