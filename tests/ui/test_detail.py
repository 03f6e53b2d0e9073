"""The detail pane is made when it is wanted, and comes back where it was left open."""

from collections.abc import Iterator

import pytest

from ctk.toolkit import Toolkit
from tests.catalog.synthetic import fill
from tests.display import settle
from tests.ui.conftest import SOUNDS, Rig


def test_it_is_not_made_before_it_is_wanted(rig: Rig) -> None:
    assert "detail" not in vars(rig.window)
    rig.hands.key("ctrl+i")
    rig.wait(rig.window.detail.view.winfo_ismapped)
    rig.hands.key("ctrl+i")
    rig.wait(lambda: not rig.window.detail.view.winfo_ismapped())


def test_left_open_it_is_there_at_the_next_start(screen: str, filled: Toolkit) -> None:
    filled.settings.detail = True
    rig = Rig(filled)
    rig.wait(lambda: rig.window.search.total == len(SOUNDS) + 1)
    rig.wait(lambda: "detail" in vars(rig.window) and rig.window.detail.view.winfo_ismapped(), "the pane")
    rig.window.quit()


def test_put_away_it_asks_nothing(rig: Rig) -> None:
    rig.hands.key("ctrl+i", "Down")
    pane = rig.window.detail
    rig.wait(lambda: pane.model.row)
    rig.hands.key("ctrl+i")
    rig.wait(lambda: pane.model.row is None)
    rig.hands.key("Down")
    assert pane.model.row is None


@pytest.fixture
def long(screen: str, toolkit: Toolkit) -> Iterator[Rig]:
    """The window with the pane, over more sounds than it has at hand."""
    fill(toolkit._store, 2000)
    toolkit.settings.detail = True
    rig = Rig(toolkit)
    rig.wait(lambda: rig.window.search.total == 2000, "the list")
    rig.wait(lambda: "detail" in vars(rig.window) and rig.window.detail.view.winfo_ismapped(), "the pane")
    yield rig
    rig.window.quit()


@pytest.mark.parametrize("far", [900, 1999])
def test_it_comes_to_a_sound_far_away(long: Rig, far: int) -> None:
    id = long.toolkit.catalog.ids()[far]
    long.window.selection.only(far)
    long.wait(lambda: long.window.detail.model.row, "the sound")
    row = long.window.detail.model.row
    assert row is not None and row.id == id and not long.window.detail.view._empty.winfo_manager()


def test_it_stays_with_the_sound_in_focus_when_the_list_moves_on(long: Rig) -> None:
    id = long.toolkit.catalog.ids()[3]
    long.window.selection.only(3)
    settle(long.root)
    answers: list[object] = []
    long.window.search.answered.connect(lambda answer, *_: answers.append(answer))
    long.window.catalog.table.show(1200)
    long.window.search.refresh_soon()
    long.wait(lambda: answers, "the list anew")
    row = long.window.detail.model.row
    assert row is not None and row.id == id
