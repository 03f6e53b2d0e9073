"""Going to sounds by their ids, also those that the search hides or that are not listed yet."""

from ctk.toolkit import Toolkit
from ctk.ui.models.finding import Finding
from ctk.ui.models.search import Ask, Search
from ctk.ui.models.selection import Selection
from ctk.ui.pump import Pump
from tests.ui.clock import Clock
from tests.ui.models.conftest import COUNT


class Found:
    """A list with a search, and a way to go to sounds in it."""

    def __init__(self, toolkit: Toolkit, pump: Pump, clock: Clock) -> None:
        self.clock = clock
        self.search = Search(toolkit.catalog, pump, Ask())
        self.selection = Selection(self.search.ids)
        self.search.answered.connect(
            lambda answer, new_text, new_order: self.selection.reset(
                answer.focus, keep=not new_text, same_order=not new_order
            )
        )
        self.finding = Finding(toolkit.catalog, pump, self.search, self.selection, lambda: self.search.type(""))
        self.search.start()
        clock.run(lambda: self.search.total == COUNT)

    @property
    def at(self) -> int | None:
        return self.selection.focus


def test_a_sound_far_down_is_gone_to(many: Toolkit, pump: Pump, clock: Clock) -> None:
    found = Found(many, pump, clock)
    order = many.catalog.ids()
    found.finding.show([order[1500], order[3]])
    clock.run(lambda: found.at == 1500)
    assert set(found.selection.marks.ids()) == {order[1500], order[3]}


def test_a_search_that_hides_it_is_cleared(many: Toolkit, pump: Pump, clock: Clock) -> None:
    found = Found(many, pump, clock)
    found.search.type("nothing is called like this")
    clock.run(lambda: found.search.total == 0)
    order = many.catalog.ids()
    found.finding.show([order[7]])
    clock.run(lambda: found.at == 7)
    assert found.search.total == COUNT


def test_one_that_is_nowhere_is_given_up(many: Toolkit, pump: Pump, clock: Clock) -> None:
    found = Found(many, pump, clock)
    found.finding.show([10**9])
    clock.run(lambda: not found.finding._wanted)
    assert found.at is None
