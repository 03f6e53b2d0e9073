"""``kill -9`` at any line of the engine: no byte is lost, nothing half-written bears a name, and the next start puts
everything right."""

import errno
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import ctk
from ctk.batch import rename
from ctk.errors import NotFound
from ctk.records import Step
from ctk.toolkit import Toolkit
from tests.batch.crash import dies
from tests.batch.library import (
    Tree,
    assert_true_to_disk,
    do,
    fill,
    ids,
    named,
    places,
    scanned,
    tree,
    undo,
)
from tests.batch.volumes import mounted, mounts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems that fork")
SAME_TIME_NS = 1_600_000_000_000_000_000
TRIED = 10
"""Points at which each piece of work is killed in the gate."""


class Stage:
    """A library with its home that can be put back as it was, as often as it is wrecked."""

    def __init__(self, folder: Path, drive: Path) -> None:
        self.home = folder / "home"
        self.root = fill(folder / "Samples", 4)
        self.drive = drive
        self._saved = folder / "saved"
        for number in range(2):
            shutil.copy2(self.root / "Drums" / f"kick {number}.wav", self.root / f"copy {number}.wav")
        shutil.copy2(self.root / "loop.wav", drive / "far.wav")
        for path in (self.root / "Drums").iterdir():
            os.utime(path, ns=(SAME_TIME_NS, SAME_TIME_NS))
        with scanned(self.home, self.root, drive) as toolkit:
            self.sounds = sounds(toolkit)
        self.save()

    def save(self) -> None:
        shutil.rmtree(self._saved, ignore_errors=True)
        for name, folder in self._parts():
            shutil.copytree(folder, self._saved / name)
        self.before = self.tree()

    def reset(self) -> None:
        for name, folder in self._parts():
            for entry in os.scandir(folder):
                shutil.rmtree(entry.path) if entry.is_dir() else os.unlink(entry.path)
            shutil.copytree(self._saved / name, folder, dirs_exist_ok=True)

    def tree(self) -> Tree:
        return tree(self.root, self.drive, held=True)

    def _parts(self) -> list[tuple[str, Path]]:
        return [("home", self.home), ("root", self.root), ("drive", self.drive)]


def sounds(toolkit: Toolkit) -> dict[int, bytes]:
    """What every sound of the catalog sounds like."""
    return {id: Path(path).read_bytes() for id, (path, _) in places(toolkit).items()}


def remove(toolkit: Toolkit, stage: Stage) -> object:
    return do(toolkit.batch, toolkit.batch.plan_remove(ids(toolkit, "kick")))


def clean(toolkit: Toolkit, stage: Stage) -> object:
    pairs = [(named(toolkit, f"copy {number}.wav"), named(toolkit, f"kick {number}.wav")) for number in range(2)]
    return do(toolkit.batch, toolkit.batch.plan_clean(pairs))


def move(toolkit: Toolkit, stage: Stage) -> object:
    return do(toolkit.batch, toolkit.batch.plan_move(ids(toolkit, "kick"), stage.root / "New" / "Place"))


def across(toolkit: Toolkit, stage: Stage) -> object:
    return do(toolkit.batch, toolkit.batch.plan_move(ids(toolkit, "kick"), stage.drive / "Far"))


def ring(toolkit: Toolkit, stage: Stage) -> object:
    """Four kicks take each other's names in a circle; size and time are the same for all."""
    plan = toolkit.batch.plan_rename(ids(toolkit, "kick"), "other {n}")
    paths = [step.path for step in plan.steps]

    def turned(number: int, step: Step) -> Step:
        target = paths[(number + 1) % len(paths)]
        sides = tuple((path, target + path[len(step.path) :]) for path, _ in step.side_files)
        return replace(step, target=target, side_files=sides)

    return do(toolkit.batch, replace(plan, steps=tuple(turned(*item) for item in enumerate(plan.steps))))


WORK = {work.__name__: work for work in (remove, clean, move, across, ring)}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with mounted(tmp_path / "Here", "64m") as here, mounted(tmp_path / "Drive") as drive:
        yield Stage(here, drive)


def kill_everywhere(stage: Stage, work: Callable[[Toolkit], object], points: list[int], *, again: int = 0) -> int:
    """Kill ``work`` at each of ``points`` from a fresh start, and look at what is left; how often it was in time.

    The program that puts things right is itself killed ``again`` times, each time later.
    """
    killed = 0
    for point in points:
        stage.reset()
        if dies(stage.home, work, point):
            killed += 1
            for number in range(again):
                dies(stage.home, lambda toolkit: None, 1 + (point * 7 + number * 61) % 600, opening=True)
            check_after_crash(stage, point)
    return killed


def check_after_crash(stage: Stage, point: int) -> None:
    known = {content for content, _ in stage.before.values()}
    whole = {path: content for path, (content, _) in stage.tree().items() if ".ctk-copy-" not in path}
    assert known <= set(whole.values()), f"a sound is lost at line {point}"
    assert set(whole.values()) <= known, f"something is half-written at line {point}"
    with ctk.open(stage.home) as toolkit:
        assert not [path for path in stage.tree() if ".ctk-copy-" in path or ".ctk-move-" in path], point
        assert {content for content, _ in stage.tree().values()} == known, point
        states = [receipt.state for receipt in toolkit.batch.history()]
        assert set(states) <= {"done", "undone", "partly undone"}, point
        assert sounds(toolkit) == stage.sounds, point
        assert_true_to_disk(toolkit)
        with pytest.raises(NotFound):
            while True:
                undo(toolkit.batch)
        for receipt in toolkit.batch.history():
            if receipt.state == "partly undone":
                undo(toolkit.batch, receipt.id)
        assert stage.tree() == stage.before, point
        assert sounds(toolkit) == stage.sounds, point
        assert_true_to_disk(toolkit)


def spread(seed: str, count: int, lines: int) -> list[int]:
    dice = random.Random(seed)
    return sorted(dice.sample(range(1, lines), count))


def lines_of(stage: Stage, work: Callable[[Toolkit], object]) -> int:
    """About how many lines ``work`` runs: the largest power of 1.3 at which it still was killed."""
    point = 200.0
    while dies(stage.home, work, int(point)):
        stage.reset()
        point *= 1.3
    stage.reset()
    return int(point)


def begun(stage: Stage, name: str, *, back: bool) -> Callable[[Toolkit], object]:
    """The piece of work ``name``; on the way ``back`` it was done, and is to be undone."""
    if not back:
        return lambda toolkit: WORK[name](toolkit, stage)
    before = stage.before
    with ctk.open(stage.home) as toolkit:
        WORK[name](toolkit, stage)
    assert stage.tree() != before
    stage.save()
    stage.before = before
    return lambda toolkit: undo(toolkit.batch)


def no_exclusive_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on systems that cannot rename without overwriting."""
    monkeypatch.setattr(rename, "_exclusive", None)


def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on drives that have no hard links either."""

    def refuse(path: str, target: str, *, follow_symlinks: bool) -> None:
        raise PermissionError(errno.EPERM, "no links here", path)

    monkeypatch.setattr(rename, "_exclusive", None)
    monkeypatch.setattr(os, "link", refuse)


@mounts
@pytest.mark.parametrize("back", [False, True], ids=["apply", "undo"])
@pytest.mark.parametrize("name", WORK)
def test_killed(name: str, back: bool, stage: Stage) -> None:
    work = begun(stage, name, back=back)
    assert kill_everywhere(stage, work, spread(name, TRIED, lines_of(stage, work))) > TRIED / 2


@mounts
@pytest.mark.parametrize("poorer", [no_exclusive_rename, no_links])
@pytest.mark.parametrize("name", ["move", "ring"])
def test_killed_on_poorer_drives(
    name: str, poorer: Callable[[pytest.MonkeyPatch], None], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    poorer(monkeypatch)
    work = begun(stage, name, back=False)
    assert kill_everywhere(stage, work, spread(name, TRIED // 2, lines_of(stage, work))) > TRIED / 4


@mounts
@pytest.mark.parametrize("back", [False, True], ids=["apply", "undo"])
@pytest.mark.parametrize("name", ["across", "ring"])
def test_killed_again_while_it_is_put_right(name: str, back: bool, stage: Stage) -> None:
    work = begun(stage, name, back=back)
    points = spread(name, TRIED // 2, lines_of(stage, work))
    assert kill_everywhere(stage, work, points, again=2) > TRIED / 4


@mounts
@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("back", [False, True], ids=["apply", "undo"])
@pytest.mark.parametrize("name", WORK)
def test_killed_at_500_points(name: str, back: bool, stage: Stage) -> None:
    work = begun(stage, name, back=back)
    points = spread(name, 500, lines_of(stage, work))
    assert kill_everywhere(stage, work, points[::2]) + kill_everywhere(stage, work, points[1::2], again=2) > 300
