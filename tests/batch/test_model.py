"""Random batches, undos, edits and crashes against a model of the disk: what was there once still exists somewhere.

Every content is unique, so that a byte gone missing shows. The user may edit and delete in between; only then, and when
held files are emptied, does the model forget.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import ctk
from ctk.errors import NotFound, UsageError
from ctk.records import Plan
from ctk.toolkit import Toolkit
from tests.batch.crash import dies
from tests.batch.library import Tree, assert_true_to_disk, contents, do, tree
from tests.sources.library import wav

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems that fork")

SHARED = Path("/dev/shm")
NAMES = ["kick", "Kick", "snare 1", "snare 2", "été", "x" * 60]
PLACES = ["", "Drums", "Drums/Deep", "New"]
TEMPLATES = ["{name}", "{name} x", "kick {n}", "snare {n}", "{n}", "{folder}_{n:03}", "{title|name}"]

picks = st.lists(st.integers(0, 30), min_size=1, max_size=8)
moments = st.one_of(st.none(), st.integers(1, 1500))
"""The line of the engine at which it dies; most often it does not."""


class Disk(RuleBasedStateMachine):
    """Two sources on two volumes, where the system has two."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="ctk-model-"))
        shared = SHARED if SHARED.is_dir() else None
        self.drive = Path(tempfile.mkdtemp(prefix="ctk-model-", dir=shared))
        self.home, self.root = self.base / "home", self.base / "Samples"
        self.made = 0
        self.lost: set[str] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.base)
        shutil.rmtree(self.drive)

    @initialize(count=st.integers(2, 8))
    def library(self, count: int) -> None:
        for number in range(count):
            self._write(self.root / ("Drums" if number % 2 else "") / f"{NAMES[number % 6]}{number}.wav")
        self._write(self.drive / "far.wav")
        (self.root / "Drums" / "Kick1.wav.asd").write_bytes(b"markers")
        with ctk.open(self.home) as toolkit:
            toolkit.sources.scan([self.root, self.drive]).result(60)
        self.known = self._contents()

    @rule(chosen=picks, at=moments)
    def remove(self, chosen: list[int], at: int | None) -> None:
        self._plan(lambda toolkit: toolkit.batch.plan_remove(_some(toolkit, chosen)), at)

    @rule(chosen=picks, place=st.sampled_from(PLACES), far=st.booleans(), at=moments)
    def move(self, chosen: list[int], place: str, far: bool, at: int | None) -> None:
        folder = (self.drive if far else self.root) / place
        self._plan(lambda toolkit: toolkit.batch.plan_move(_some(toolkit, chosen), folder), at)

    @rule(chosen=picks, template=st.sampled_from(TEMPLATES), at=moments)
    def rename(self, chosen: list[int], template: str, at: int | None) -> None:
        self._plan(lambda toolkit: toolkit.batch.plan_rename(_some(toolkit, chosen), template), at)

    @rule(chosen=picks, at=moments, spoiled=st.booleans())
    def clean(self, chosen: list[int], at: int | None, spoiled: bool) -> None:
        """Copies of some sounds appear and are cleaned away; one of those that stay may be spoiled just before."""
        with ctk.open(self.home) as toolkit:
            sounds = [row for row in toolkit.catalog.search("", limit=1000, sort="id").rows if row.state == "ok"]
            sounds = [row for row in sounds if os.path.isfile(row.path)]
            kept = {sounds[number % len(sounds)].id: sounds[number % len(sounds)].path for number in chosen if sounds}
            copies = {id: f"{path[:-4]} copy{self.made}.wav" for id, path in kept.items()}
            for id, path in kept.items():
                shutil.copy2(path, copies[id])
            toolkit.sources.scan().result(60)
            by_path = {row.path: row.id for row in toolkit.catalog.search("", limit=1000).rows if row.state == "ok"}
            pairs = [(by_path[copies[id]], id) for id in kept if copies[id] in by_path]
        self.made += 1
        if spoiled and kept:
            with open(next(iter(kept.values())), "r+b") as file:
                file.seek(100)
                file.write(bytes([self.made % 256, 1, 2, 3]))
        self.known = self._contents()
        self._plan(lambda toolkit: toolkit.batch.plan_clean(pairs), at)

    @rule(which=st.integers(0, 5), at=moments)
    def undo(self, which: int, at: int | None) -> None:
        def work(toolkit: Toolkit) -> None:
            receipts = toolkit.batch.history()
            chosen = receipts[which - 1].id if 0 < which <= len(receipts) else None
            _grudgingly(lambda: toolkit.batch.undo(chosen).result(60))

        self._work(work, at)

    @rule(at=moments)
    def empty(self, at: int | None) -> None:
        self.known = {digest for digest, _ in tree(self.root, self.drive).values()}
        self._work(lambda toolkit: toolkit.batch.empty(permanently=True).result(60), at)

    @rule(name=st.sampled_from(NAMES), place=st.sampled_from(PLACES), scan=st.booleans())
    def somebody_writes(self, name: str, place: str, scan: bool) -> None:
        self._write(self.root / place / f"{name}.wav")
        self.known = self._contents()
        if scan:
            self.scan()

    @rule(which=st.integers(0, 30))
    def somebody_deletes(self, which: int) -> None:
        files = sorted(tree(self.root, self.drive))
        if files:
            top = {self.root.name: self.root, self.drive.name: self.drive}
            first, _, rest = files[which % len(files)].partition(os.sep)
            (top[first] / rest).unlink()
            self.known = self._contents()

    @rule(on=st.booleans())
    def protect(self, on: bool) -> None:
        (self.root / "Drums").mkdir(exist_ok=True)
        with ctk.open(self.home) as toolkit:
            toolkit.batch.protect(self.root / "Drums", on=on)

    @rule()
    def scan(self) -> None:
        with ctk.open(self.home) as toolkit:
            toolkit.sources.scan().result(60)
            assert_true_to_disk(toolkit)

    @invariant()
    def everything_exists(self) -> None:
        assert self.known <= self._contents()

    def _plan(self, make: Callable[[Toolkit], Plan], at: int | None) -> None:
        def work(toolkit: Toolkit) -> None:
            _grudgingly(lambda: do(toolkit.batch, make(toolkit)))

        self._work(work, at)

    def _work(self, work: Callable[[Toolkit], Any], at: int | None) -> None:
        known = self.known
        before = self._contents()
        if at is not None:
            dies(self.home, work, at)
            now: Tree = tree(self.root, self.drive, held=True)
            whole = {digest for path, (digest, _) in now.items() if ".ctk-copy-" not in path}
            assert whole <= before, "something half-written has a name"
            assert known <= whole, "lost by a crash"
        with ctk.open(self.home) as toolkit:
            if at is None:
                work(toolkit)
        now = tree(self.root, self.drive, held=True)
        assert not [path for path in now if ".ctk-copy-" in path or ".ctk-move-" in path]
        assert known <= {digest for digest, _ in now.values()} <= before

    def _contents(self) -> set[str]:
        return contents(self.root, self.drive)

    def _write(self, path: Path) -> None:
        self.made += 1
        wav(path, self.made, frames=50)


def _some(toolkit: Toolkit, chosen: list[int]) -> list[int]:
    ids = toolkit.catalog.ids("", sort="id")
    return [ids[number % len(ids)] for number in chosen] if ids else []


def _grudgingly(work: Callable[[], object]) -> None:
    """Do ``work``; that there is nothing to do, or to undo, is fine."""
    try:
        work()
    except (NotFound, UsageError) as exc:
        assert str(exc).endswith(".")


def play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Disk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_is_ever_lost() -> None:
    play(examples=12, steps=12)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_nothing_is_ever_lost_in_long_games() -> None:
    play(examples=400, steps=30)
