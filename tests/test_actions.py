"""The registry of actions refuses what would confuse."""

import pytest

from ctk.actions import Action, Actions


def test_two_actions_never_share_an_id_or_a_key() -> None:
    actions = Actions()
    play = actions.add(Action("play", "Play", lambda: None, ("space",)))
    assert actions["play"] is play
    assert list(actions) == [play]
    with pytest.raises(ValueError, match="already"):
        actions.add(Action("play", "Again", lambda: None))
    with pytest.raises(ValueError, match="space"):
        actions.add(Action("pause", "Pause", lambda: None, ("p", "space")))
