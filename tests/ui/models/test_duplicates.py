"""The list of duplicates: searches, pages, numbers, what is left out for good, what follows the catalog."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ctk.errors import CtkError
from ctk.records import Copy, Group, Groups, Problem
from ctk.toolkit import Toolkit
from ctk.ui.models import duplicates as module
from ctk.ui.models.choices import Choices
from ctk.ui.models.duplicates import PAGE, Duplicates, Shown
from ctk.ui.models.work import Work
from ctk.ui.pump import Pump
from tests.ui.clock import Clock
from tests.ui.doubles import GROUPS, SPARES


class Rig:
    """The model on a clock, and what it told."""

    def __init__(self, toolkit: Toolkit, core: object = None) -> None:
        self.clock = Clock()
        self.pump = Pump(self.clock, toolkit.events, self._unexpected)
        self.model = Duplicates(core or toolkit.duplicates, Choices(), Work(self.pump), self.pump)  # type: ignore[arg-type]
        self.found: list[tuple[str, Sequence[Problem]]] = []
        self.troubles: list[str] = []
        self.dismissed: list[Group] = []
        self.model.found.connect(lambda sentence, problems: self.found.append((sentence, problems)))
        self.model.trouble.connect(lambda sentence, _: self.troubles.append(sentence))
        self.model.dismissed.connect(self.dismissed.append)

    @property
    def lines(self) -> list[Shown | None]:
        return self.model.rows(0, self.model.outline.total)

    def search(self) -> None:
        self.model.show(True)
        self.model.find()
        self.clock.run(lambda: self.found and self.model.outline.total, "the groups")

    def _unexpected(self, error: Exception) -> None:
        raise error


@pytest.fixture
def rig(toolkit: Toolkit, doubled: Path) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.pump.close()


def test_nothing_is_asked_for_before_anyone_looks(rig: Rig) -> None:
    rig.clock.step()
    assert not rig.model.loaded and rig.model.summary == ""
    rig.model.show(True)
    rig.clock.run(lambda: rig.model.loaded)
    assert rig.model.outline.total == 0 and not rig.model.searched


def test_a_search_lists_groups_with_their_copies(rig: Rig) -> None:
    rig.search()
    assert rig.found[0][0].startswith(f"{GROUPS} groups, ") and rig.found[0][1] == ()
    assert rig.model.summary.startswith(f"{GROUPS} groups, ") and rig.model.can_clean
    kinds = ["head" if line and line.copy is None else "copy" for line in rig.lines]
    assert kinds == ["head", *["copy"] * 3, "head", *["copy"] * 2, "head", *["copy"] * 2]
    sizes = [line.group.wasted_bytes for line in rig.lines if line and line.group and line.copy is None]
    assert sizes == sorted(sizes, reverse=True)


def test_a_position_is_found_again(rig: Rig) -> None:
    rig.search()
    line = rig.model.row(5)
    assert line is not None and line.group is not None and line.copy is not None
    assert rig.model.position(line.group.id, line.copy.id) == 5
    assert rig.model.position(line.group.id, None) == 4
    assert rig.model.position(line.group.id, -1) == 4
    assert rig.model.position(999_999, None) is None


def test_what_is_left_out_is_in_the_numbers(rig: Rig) -> None:
    rig.search()
    line = rig.model.row(0)
    assert line is not None and line.group is not None
    rig.model.choices.toggle(line.group)
    assert "2 files left out" in rig.model.summary
    assert len(rig.model.plan()().steps) == SPARES - 2


def test_what_is_no_duplicate_goes_and_comes_back(rig: Rig) -> None:
    rig.search()
    line = rig.model.row(0)
    assert line is not None and line.group is not None
    rig.model.dismiss(line.group)
    rig.clock.run(lambda: rig.model.outline.groups == GROUPS - 1)
    assert rig.dismissed == [line.group]
    rig.model.restore(line.group)
    rig.clock.run(lambda: rig.model.outline.groups == GROUPS)


def test_the_list_follows_the_catalog_while_anyone_looks(rig: Rig, toolkit: Toolkit, doubled: Path) -> None:
    rig.search()
    shutil.rmtree(doubled / "Downloads")
    toolkit.sources.scan([doubled]).result(30)
    rig.clock.run(lambda: rig.model.outline.groups == 1)
    rig.model.show(False)
    shutil.rmtree(doubled / "Track")
    toolkit.sources.scan([doubled]).result(30)
    assert rig.model.outline.groups == 1
    rig.model.show(True)
    rig.clock.run(lambda: rig.model.outline.groups == 0)


def test_nothing_twice_is_said(toolkit: Toolkit, samples: Path) -> None:
    rig = Rig(toolkit)
    rig.model.show(True)
    rig.model.find()
    rig.clock.run(lambda: rig.found)
    assert rig.found[0][0] == "Nothing is there twice." and rig.model.searched
    rig.pump.close()


def test_a_stopped_search_is_said(rig: Rig, toolkit: Toolkit) -> None:
    rig.model.show(True)
    rig.model.find()
    assert rig.model.searching
    rig.model._work.cancel()
    rig.clock.run(lambda: rig.found or rig.model.searched)
    assert not rig.model.searching


@dataclass
class Many:
    """Thousands of groups, some of them similar, as the core hands them out; counts what is asked for."""

    count: int = 3000
    asked: list[tuple[int, int]] = field(default_factory=list)
    broken: bool = False

    def summary(self, *, offset: int = 0, limit: int = 200) -> Groups:
        if self.broken:
            raise CtkError("The catalog cannot be read.")
        self.asked.append((offset, limit))
        last = min(offset + limit, self.count)
        return Groups(self.count, 10_000, [self.group(at) for at in range(offset, last)])

    def group(self, at: int) -> Group:
        copies = [Copy(at * 10 + n, f"/{n}/{at}.wav", n == 0, "") for n in range(2 + at % 2)]
        return Group(at + 1, "near" if at % 10 == 9 else "exact", "", 5, copies, 5)

    def folders(self, *, limit: int = 100) -> Sequence[object]:
        return ()


def test_of_many_only_what_is_in_sight_is_kept(toolkit: Toolkit) -> None:
    core = Many()
    rig = Rig(toolkit, core)
    model = rig.model
    filled: list[bool] = []
    model.filled.connect(lambda: filled.append(True))
    model.show(True)
    rig.clock.run(lambda: model.loaded)
    assert model.outline.groups == 2700 and model.outline.similar == 300
    core.asked.clear()
    for position in range(0, model.outline.total, 100):
        rig.clock.run(lambda position=position: None not in model.rows(position, 40), "the page")  # type: ignore[misc]
        for at, line in enumerate(model.rows(position, 40)):
            spot = model.outline.spot(position + at)
            assert line is not None and line.group is not None and spot.offset is not None
            assert line.group.id == spot.offset + 1
    assert {limit for _, limit in core.asked} == {PAGE}
    assert len(model._pages) <= module.PAGES_KEPT
    rig.pump.close()


def test_similar_ones_are_listed_below_a_line_when_wanted(toolkit: Toolkit) -> None:
    rig = Rig(toolkit, Many(40))
    model = rig.model
    model.show(True)
    rig.clock.run(lambda: model.loaded)
    before = model.outline.total
    model.set_near(True)
    assert model.outline.total == before + 1 + sum(1 + 2 + at % 2 for at in range(9, 40, 10))
    assert model.row(before) == Shown()
    after = model.row(before + 1)
    assert after is not None and after.group is not None and after.group.kind == "near"
    assert "4 similar" in model.summary
    rig.pump.close()


def test_what_cannot_be_listed_is_explained(toolkit: Toolkit) -> None:
    rig = Rig(toolkit, Many(broken=True))
    rig.model.show(True)
    rig.clock.run(lambda: rig.troubles)
    assert rig.troubles[0] == "The catalog cannot be read."
    rig.pump.close()
