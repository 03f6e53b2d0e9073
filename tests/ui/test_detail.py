"""The detail pane is made when it is wanted, and comes back where it was left open."""

from ctk.toolkit import Toolkit
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
