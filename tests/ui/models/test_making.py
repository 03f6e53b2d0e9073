"""Outlines are made for whoever looks, once, and not for those who looked away."""

from collections.abc import Iterator, Sequence

import pytest

from ctk.errors import CatalogError
from ctk.events import CatalogChanged
from ctk.jobs import Job
from ctk.toolkit import Toolkit
from ctk.ui.models.making import Making
from tests.ui.models.conftest import Room


class Made(Room):
    """The real waveforms, and what was asked of them."""

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(toolkit)
        self.built: list[tuple[int, ...]] = []
        self.jobs: list[Job[int]] = []
        self.ids = [row.id for row in toolkit.catalog.search("is:ok").rows]
        self._real = toolkit.waveforms.build
        toolkit.waveforms.build = self._build  # type: ignore[method-assign]
        self.making = Making(self.waveforms, self.pump)

    def _build(self, ids: Sequence[int] | None = None) -> Job[int]:
        self.built.append(tuple(ids or ()))
        self.jobs.append(self._real(ids))
        return self.jobs[-1]


@pytest.fixture
def made(filled: Toolkit) -> Iterator[Made]:
    made = Made(filled)
    yield made
    made.pump.close()


def test_what_is_wanted_is_made(made: Made) -> None:
    made.making.make("list", made.ids[:3])
    made.run(lambda: len(made.toolkit.waveforms.kept(made.ids)) == 3, "the outlines")
    assert made.built == [tuple(made.ids[:3])]


def test_the_same_wish_again_is_no_new_work(made: Made) -> None:
    made.toolkit.jobs.step_aside(5.0)
    made.making.make("list", made.ids[:5])
    made.rest()
    made.making.make("list", made.ids[1:3])
    made.rest()
    assert len(made.built) == 1


def test_nobody_makes_what_is_being_made(made: Made) -> None:
    ids = made.ids
    made.toolkit.jobs.step_aside(5.0)
    made.making.make("list", ids[:4])
    made.rest()
    made.making.make("player", [ids[1]])
    made.making.make("detail", [ids[5]])
    made.rest()
    assert made.built == [tuple(ids[:4]), (ids[5],)]


def test_another_wish_takes_the_place_of_the_one_before(made: Made) -> None:
    made.toolkit.jobs.step_aside(5.0)
    made.making.make("list", made.ids[:4])
    made.rest()
    made.making.make("list", made.ids[4:])
    made.run(lambda: made.jobs[0].status.state == "cancelled")
    made.rest()
    made.making.stop("list")
    made.run(lambda: made.jobs[1].status.state == "cancelled")


def test_what_nothing_comes_of_is_not_tried_again_until_the_catalog_changes(made: Made) -> None:
    broken = made.row("is:bad").id
    made.toolkit.waveforms.build([broken]).result(30)
    made.rest()
    made.built.clear()
    made.jobs.clear()
    made.making.make("list", [broken])
    made.run(lambda: made.jobs and made.jobs[0].done)
    made.rest()
    made.making.make("list", [broken])
    made.rest()
    assert len(made.built) == 1
    made.toolkit.events.emit(CatalogChanged(99))
    made.rest()
    made.making.make("list", [broken])
    made.run(lambda: len(made.built) == 2)


def test_failing_to_begin_is_no_news(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_: Sequence[int] | None = None) -> Job[int]:
        raise CatalogError("The catalog is closed.")

    monkeypatch.setattr(made.toolkit.waveforms, "build", build)
    made.making.make("list", made.ids)
    made.rest()
