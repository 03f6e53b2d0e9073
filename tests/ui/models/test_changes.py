"""Plans proposed, carried out, stopped and taken back."""

import os
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.jobs import Job, Task
from ctk.records import Plan, Receipt
from ctk.toolkit import Toolkit
from ctk.ui.models.changes import Changes
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump
from tests.ui.clock import Clock
from tests.ui.doubles import in_place, tree


class Rig:
    """Changes on a clock, and what they told."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.clock = Clock()
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.work = Work(self.pump)
        self.changes = changes = Changes(toolkit.batch, self.work, self.pump)
        self.toolkit = toolkit
        self.plans: list[Plan] = []
        self.done: list[Receipt] = []
        self.undone: list[Receipt] = []
        self.stopped: list[Receipt] = []
        self.removed: list[int] = []
        self.troubles: list[str] = []
        self.withdrawn: list[bool] = []
        changes.proposed.connect(self.plans.append)
        changes.done.connect(self.done.append)
        changes.undone.connect(self.undone.append)
        changes.stopped.connect(self.stopped.append)
        changes.removed.connect(self.removed.extend)
        changes.trouble.connect(lambda sentence, _: self.troubles.append(sentence))
        changes.withdrawn.connect(lambda: self.withdrawn.append(True))

    def remove(self, query: str, *, at_once: bool = False) -> None:
        ids = self.toolkit.catalog.ids(query)
        self.changes.propose(lambda: self.toolkit.batch.plan_remove(ids), at_once=at_once)

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(toolkit: Toolkit, doubled: Path) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.pump.close()


def test_a_plan_waits_for_a_yes(rig: Rig, doubled: Path) -> None:
    before = tree(doubled)
    rig.remove("kick")
    rig.clock.run(lambda: rig.plans)
    assert len(rig.plans[0].steps) == 3 and tree(doubled) == before
    rig.changes.accept()
    rig.clock.run(lambda: rig.done)
    assert rig.done[0].done == 3 and rig.withdrawn and rig.changes.plan is None
    rig.changes.undo(rig.done[0].id)
    rig.clock.run(lambda: rig.undone)
    assert rig.undone[0].state == "undone" and tree(doubled) == before


def test_no_means_no(rig: Rig, doubled: Path) -> None:
    rig.remove("kick")
    rig.clock.run(lambda: rig.plans)
    rig.changes.withdraw()
    rig.changes.accept()
    rig.clock.step()
    assert not rig.work.running and len(in_place(doubled)) == 9


def test_a_few_go_at_once(rig: Rig, doubled: Path) -> None:
    rig.remove("kick", at_once=True)
    rig.clock.run(lambda: rig.done)
    assert rig.plans == [] and len(in_place(doubled)) == 6


def test_it_tells_which_sounds_were_put_aside_and_no_others(rig: Rig, doubled: Path) -> None:
    ids = [*rig.toolkit.catalog.ids("kick")]
    rig.remove("pad", at_once=True)
    rig.clock.run(lambda: rig.removed)
    rig.removed.clear()
    os.utime(doubled / "Pack A" / "kick.wav", (1, 1))
    rig.remove("kick")
    rig.clock.run(lambda: rig.plans)
    rig.changes.accept()
    rig.clock.run(lambda: rig.removed)
    refused = [refusal.sound_id for refusal in rig.plans[0].refused]
    assert len(refused) == 1 and sorted([*rig.removed, *refused]) == sorted(ids)


def test_a_refusal_is_never_passed_over(rig: Rig, doubled: Path) -> None:
    os.utime(doubled / "Pack A" / "kick.wav", (1, 1))
    rig.remove("kick", at_once=True)
    rig.clock.run(lambda: rig.plans)
    assert len(rig.plans[0].refused) == 1 and len(in_place(doubled)) == 9


def test_the_newest_is_taken_back_when_none_is_named(rig: Rig, doubled: Path) -> None:
    for query in ("pad", "hat"):
        rig.remove(query, at_once=True)
        rig.clock.run(lambda: len(rig.done) == 1 + (query == "hat"))  # noqa: B023
    rig.changes.undo()
    rig.clock.run(lambda: rig.undone)
    assert (doubled / "Pack A" / "hat.wav").exists() and not (doubled / "Pack B" / "pad.wav").exists()
    rig.changes.undo()
    rig.clock.run(lambda: len(rig.undone) == 2)
    rig.changes.undo()
    rig.clock.run(lambda: rig.troubles)
    assert "nothing to undo" in rig.troubles[0]


def test_a_plan_that_cannot_be_made_is_explained(rig: Rig, tmp_path: Path) -> None:
    ids = array("q", rig.toolkit.catalog.ids("pad"))
    rig.changes.propose(lambda: rig.toolkit.batch.plan_move(ids, tmp_path))
    rig.clock.run(lambda: rig.troubles)
    assert "none of your folders" in rig.troubles[0]


def test_of_a_stopped_change_what_was_done_can_be_taken_back(
    rig: Rig, doubled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, begun = rig.toolkit.batch.apply, threading.Event()

    def slow(plan: Plan) -> Job[Receipt]:
        def work(task: Task) -> Receipt:
            receipt = real(plan).result(30)
            begun.set()
            while True:
                task.check()
                threading.Event().wait(0.005)
            return receipt

        return rig.toolkit.jobs.start("Slow", work)

    monkeypatch.setattr(rig.toolkit.batch, "apply", slow)
    rig.remove("pad", at_once=True)
    rig.clock.run(begun.is_set)
    rig.work.cancel()
    rig.clock.run(lambda: rig.stopped)
    assert rig.stopped[0].done == 1
    rig.clock.run(lambda: len(rig.removed) == 1)
    rig.changes.undo(rig.stopped[0].id)
    rig.clock.run(lambda: rig.undone)
    assert len(in_place(doubled)) == 9


def test_history_and_recovery_are_handed_over(rig: Rig) -> None:
    rig.remove("pad", at_once=True)
    rig.clock.run(lambda: rig.done)
    told: list[object] = []
    rig.changes.history(told.append)
    rig.clock.run(lambda: told)
    assert [receipt.kind for receipt in told[0]] == ["remove"]  # type: ignore[attr-defined]
    rig.changes.recovered(told.append)
    rig.clock.run(lambda: len(told) == 2)
    assert tuple(told[1]) == ()  # type: ignore[arg-type]
