"""Renaming by a template: tried while it is typed, and only the newest counts."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.records import Plan
from ctk.toolkit import Toolkit
from ctk.ui.models.rename import FIELDS, Rename
from ctk.ui.pump import Pump
from tests.ui.clock import Clock


class Rig:
    """A template on a clock, and what it told."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.clock = Clock()
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.rename = Rename(toolkit.batch, self.pump)
        self.plans: list[Plan] = []
        self.troubles: list[str] = []
        self.rename.planned.connect(self.plans.append)
        self.rename.trouble.connect(self.troubles.append)
        self.rename.begin(array("q", toolkit.catalog.ids("kick")))

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(toolkit: Toolkit, doubled: Path) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.pump.close()


def test_what_was_typed_is_tried_once_it_rests(rig: Rig) -> None:
    for end in range(1, 9):
        rig.rename.type("drum {n}"[:end])
    rig.clock.run(lambda: rig.plans)
    assert len(rig.plans) == 1 and rig.rename.plan is rig.plans[0]
    assert [step.target.rpartition("/")[2] for step in rig.plans[0].steps] == ["drum 1.wav", "drum 2.wav", "drum 3.wav"]


def test_a_plan_for_older_words_is_never_at_hand(rig: Rig) -> None:
    rig.rename.type("drum {n}")
    rig.rename.hurry()
    rig.rename.type("other {n}")
    assert rig.rename.plan is None
    rig.clock.run(lambda: rig.plans)
    assert "other" in rig.plans[0].steps[0].target and len(rig.plans) == 1


def test_what_cannot_be_read_is_explained(rig: Rig) -> None:
    rig.rename.type("{")
    rig.clock.run(lambda: rig.troubles)
    assert "cannot be read" in rig.troubles[0] and rig.rename.plan is None


def test_the_end_forgets_everything(rig: Rig) -> None:
    rig.rename.type("drum {n}")
    rig.rename.hurry()
    rig.rename.end()
    assert not rig.rename.ids and rig.rename.plan is None
    rig.rename.type("drum {n}")
    rig.rename.hurry()
    rig.clock.step()
    assert rig.plans == []


@pytest.mark.parametrize("name", [name for name, _ in FIELDS])
def test_every_field_that_is_offered_is_one(toolkit: Toolkit, doubled: Path, name: str) -> None:
    toolkit.batch.plan_rename(toolkit.catalog.ids("kick"), f"{{{name}}}")
