"""The rows in sight get their outlines once scrolling rests; those that are missing are made."""

from collections.abc import Collection, Iterator, Sequence

import pytest

from ctk.events import WaveformsMade
from ctk.records import Row
from ctk.toolkit import Toolkit
from ctk.ui.models import outlines as module
from ctk.ui.models.making import Making
from ctk.ui.models.outlines import POINTS, Outlines
from tests.ui.models.conftest import Room


class Sight(Room):
    """Outlines of a list, and what they told."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        self.told: list[Collection[int]] = []
        making = Making(self.waveforms, self.pump)
        self.outlines = Outlines(self.waveforms, making, toolkit.settings, self.pump, points=POINTS)
        self.outlines.changed.connect(lambda ids: self.told.append(list(ids)))
        self.rows = toolkit.catalog.search("").rows

    def have(self, rows: Sequence[Row]) -> bool:
        return all(self.outlines.get(row.id) for row in rows)


@pytest.fixture
def sight(filled: Toolkit) -> Iterator[Sight]:
    sight = Sight(filled)
    yield sight
    sight.pump.close()


def good(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.state == "ok"]


def test_what_is_kept_is_fetched_and_the_rest_is_made(sight: Sight) -> None:
    first = good(sight.rows)[0]
    sight.toolkit.waveforms.build([first.id]).result(30)
    sight.outlines.look(lambda: sight.rows)
    sight.run(lambda: sight.have(good(sight.rows)), "all outlines")
    assert sight.told[0] == [first.id]
    peaks = sight.outlines.get(first.id)
    assert peaks is not None and len(peaks.low) == POINTS


def test_nothing_is_asked_before_the_view_rests(sight: Sight) -> None:
    looked: list[int] = []

    def rows(number: int) -> Sequence[Row]:
        looked.append(number)
        return sight.rows[:2]

    for number in range(10):
        sight.outlines.look(lambda number=number: rows(number))  # type: ignore[misc]
        sight.rest(5)
    sight.run(lambda: sight.told)
    assert looked == [9]


def test_switched_off_nothing_is_asked(sight: Sight) -> None:
    sight.toolkit.settings.waveforms = False
    sight.outlines.look(lambda: sight.rows)
    sight.rest(200)
    assert not sight.outlines.on and sight.told == []


def test_an_outline_that_became_another_is_fetched_again_only_in_sight(sight: Sight) -> None:
    sight.outlines.look(lambda: sight.rows)
    sight.run(lambda: sight.have(good(sight.rows)))
    seen, away = good(sight.rows)[:2]
    sight.outlines.look(lambda: [seen])
    sight.rest(150)
    sight.told.clear()
    sight.toolkit.events.emit(WaveformsMade((seen.id,)))
    sight.toolkit.events.emit(WaveformsMade((away.id,)))
    sight.run(lambda: sight.told == [[seen.id]], "the outline")
    assert sight.outlines.get(away.id) is None
    assert sight.outlines.get(seen.id) is not None


def test_only_so_many_are_held(sight: Sight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    sight.toolkit.waveforms.build().result(30)
    sight.outlines.look(lambda: sight.rows)
    sight.run(lambda: sight.told)
    assert len(sight.outlines._found) == 3


def test_rows_that_are_not_here_are_not_asked_for(sight: Sight) -> None:
    sight.outlines.look(lambda: [None, None])
    sight.rest(150)
    assert sight.told == []
