"""When a sound leaves the list for what was done to it, the one that took its place is in focus."""

import pytest

from ctk.ui.models.search import Answer, Ask, Search
from ctk.ui.models.selection import Selection
from ctk.ui.models.successor import Successor
from tests.ui.models.conftest import Room


class Focus:
    """A focus on the samples."""

    def __init__(self, room: Room) -> None:
        self.search = Search(room.toolkit.catalog, room.pump, Ask())
        self.selection = Selection(self.search.ids)
        self.successor = Successor(self.search, self.selection)
        self.search.start()
        room.run(lambda: self.search.total)

    def answer(self, total: int, *, new_text: bool = False) -> None:
        """A list of so many in which the sound in focus is no more."""
        self.selection.reset(None, keep=not new_text, same_order=True)
        self.search.answered(Answer(Ask(), total, {}), new_text, False)


@pytest.fixture
def focus(room: Room) -> Focus:
    return Focus(room)


@pytest.mark.parametrize(("at", "total", "next"), [(3, 9, 3), (9, 9, 8), (0, 0, None)])
def test_the_one_that_took_its_place_is_next(focus: Focus, at: int, total: int, next: int | None) -> None:
    focus.selection.only(at)
    assert focus.successor.of([4]) == [4]
    focus.answer(total)
    assert focus.selection.focus == next


def test_another_search_has_no_successor(focus: Focus) -> None:
    focus.selection.only(3)
    focus.successor.of([4])
    focus.answer(5, new_text=True)
    focus.answer(5)
    assert focus.selection.focus is None


def test_nor_has_one_that_was_left_or_one_of_several(focus: Focus) -> None:
    focus.selection.only(3)
    focus.successor.of([4])
    focus.selection.only(5)
    focus.answer(9)
    assert focus.selection.focus is None
    focus.selection.only(3)
    focus.successor.of([4, 7])
    focus.answer(8)
    assert focus.selection.focus is None
