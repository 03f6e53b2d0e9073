"""Files that are gone: very many at once are only reported, missing ones are kept until they are forgotten."""

import os
import shutil
from pathlib import Path

import pytest

import ctk
from ctk.records import ScanReport
from tests.sources.library import ids, rows, scan, unplug, wav


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Samples"
    for number in range(200):
        wav(folder / f"Pack {number % 10}" / f"{number}.wav", number, frames=20)
    return folder


def lose(root: Path, *packs: int) -> None:
    for pack in packs:
        shutil.rmtree(root / f"Pack {pack}")


def states(home: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows(home):
        found[row.state] = found.get(row.state, 0) + 1
    return found


def accept(home: Path) -> ScanReport:
    with ctk.open(home) as toolkit:
        return toolkit.sources.scan(accept_missing=True).result(60)


def test_very_many_at_once_are_only_reported(home: Path, root: Path) -> None:
    scan(home, root)
    lose(root, 0, 1, 2)
    for _ in range(2):
        report = scan(home)
        (vanished,) = report.vanished
        assert (vanished.path, vanished.gone, vanished.files) == (str(root), 60, 200)
        assert (report.missing, report.unchanged, states(home)) == (0, 140, {"ok": 200})
    report = accept(home)
    assert (report.vanished, report.missing, states(home)) == ((), 60, {"ok": 140, "missing": 60})
    assert (scan(home).vanished, scan(home).missing) == ((), 0)


@pytest.mark.parametrize(("packs", "more", "asks"), [(2, 10, False), (2, 11, True), (3, 0, True)])
def test_more_than_fifty_and_more_than_a_fifth(home: Path, root: Path, packs: int, more: int, asks: bool) -> None:
    scan(home, root)
    lose(root, *range(packs))
    for path in sorted((root / "Pack 9").iterdir())[:more]:
        path.unlink()
    assert bool(scan(home).vanished) is asks


def test_a_fifth_of_many_is_a_fifth(home: Path, root: Path) -> None:
    for number in range(100):
        wav(root / "More" / f"{number}.wav", 1000 + number, frames=20)
    scan(home, root)
    lose(root, 0, 1, 2)
    assert (scan(home).missing, scan(home).vanished) == (60, ())


def test_what_came_at_the_same_time_does_not_hide_what_went(home: Path, root: Path) -> None:
    scan(home, root)
    lose(root, 0, 1, 2)
    for number in range(300):
        wav(root / "New" / f"{number}.wav", 2000 + number, frames=20)
    (vanished,) = scan(home).vanished
    assert (vanished.gone, vanished.files) == (60, 200)


def test_other_sources_are_not_concerned(home: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    for number in range(5):
        wav(other / f"{number}.wav", 3000 + number)
    scan(home, root, other)
    lose(root, *range(5))
    (other / "0.wav").unlink()
    report = scan(home)
    assert ([gone.path for gone in report.vanished], report.missing) == ([str(root)], 1)


def test_what_moved_is_not_gone(home: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    wav(other / "own.wav", 3000)
    scan(home, root, other)
    before = ids(home, tmp_path)
    for pack in range(3):
        (root / f"Pack {pack}").rename(other / f"Pack {pack}")
    for pack in range(3, 6):  # copied and deleted: told by the contents
        shutil.copytree(root / f"Pack {pack}", other / "Copies" / f"{pack}", copy_function=shutil.copyfile)
        lose(root, pack)
    report = scan(home)
    assert (report.moved, report.missing, report.vanished, report.added) == (120, 0, (), 0)
    after = ids(home, tmp_path)
    assert after[os.path.join("Other", "Pack 1", "1.wav")] == before[os.path.join("Samples", "Pack 1", "1.wav")]
    assert after[os.path.join("Other", "Copies", "4", "4.wav")] == before[os.path.join("Samples", "Pack 4", "4.wav")]
    assert sorted(after.values()) == sorted(before.values())


def test_an_emptied_source_is_offline_until_somebody_says_that_it_is_empty(home: Path, root: Path) -> None:
    scan(home, root)
    lose(root, *range(10))
    assert scan(home).offline == (str(root),)
    report = accept(home)
    assert (report.offline, report.missing) in (((), 200), ((str(root),), 0))  # where the drive cannot be told
    assert len(rows(home)) == 200


class TestForget:
    @pytest.fixture
    def gone(self, home: Path, root: Path) -> list[int]:
        """The ids of 20 sounds that are missing."""
        scan(home, root)
        lose(root, 0)
        assert scan(home).missing == 20
        return [row.id for row in rows(home) if row.state == "missing"]

    def test_all_of_them(self, home: Path, gone: list[int]) -> None:
        with ctk.open(home) as toolkit:
            assert toolkit.sources.forget_missing() == len(gone) == 20
            assert toolkit.sources.forget_missing() == 0
            assert toolkit.catalog.search().total == 180
            assert toolkit.sources.list()[0].missing == 0

    def test_some_of_them(self, home: Path, gone: list[int]) -> None:
        there = next(row.id for row in rows(home) if row.state == "ok")
        with ctk.open(home) as toolkit:
            assert toolkit.sources.forget_missing([*gone[:3], there, 99_999]) == 3
            assert toolkit.catalog.get(there).state == "ok"
            assert toolkit.catalog.search("is:missing").total == 17

    def test_never_those_of_a_drive_that_is_not_here(self, home: Path, root: Path, gone: list[int]) -> None:
        drawer = unplug(root)
        with ctk.open(home) as toolkit:  # not noticed yet
            assert toolkit.sources.forget_missing(gone) == 0
        scan(home)
        with ctk.open(home) as toolkit:
            assert toolkit.sources.forget_missing() == 0
        drawer.rename(root)
        scan(home)
        with ctk.open(home) as toolkit:
            assert toolkit.sources.forget_missing() == 20

    def test_never_those_that_are_back_unnoticed(self, home: Path, root: Path, gone: list[int]) -> None:
        wav(root / "Pack 0" / "0.wav", 0, frames=20)
        with ctk.open(home) as toolkit:
            assert toolkit.sources.forget_missing() == 19

    def test_never_held_ones(self, home: Path, gone: list[int]) -> None:
        with ctk.open(home) as toolkit:
            id = toolkit.catalog.search("11").rows[0].id
            toolkit.batch.apply(toolkit.batch.plan_remove([id])).result(60)
            assert toolkit.sources.forget_missing([id, *gone]) == 20
            assert toolkit.catalog.get(id).state == "held"
            assert toolkit.batch.undo().result(60).state == "undone"


def test_what_was_missing_for_long_is_the_same_sound_elsewhere(home: Path, root: Path, tmp_path: Path) -> None:
    scan(home, root)
    before = ids(home, root)
    away = tmp_path / "somewhere else"
    (root / "Pack 0").rename(away)
    assert scan(home).missing == 20
    wav(root / "new.wav", 5000)
    for _ in range(2):
        scan(home)
    other = tmp_path / "Other"
    other.mkdir()
    away.rename(other / "Found again")
    report = scan(home, other)
    assert (report.moved, report.added) == (20, 0)
    after = ids(home, other)
    assert after[os.path.join("Found again", "10.wav")] == before[os.path.join("Pack 0", "10.wav")]
    assert states(home) == {"ok": 201}
