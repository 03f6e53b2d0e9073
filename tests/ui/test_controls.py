"""What can be done with what plays, as actions."""

from operator import attrgetter
from unittest.mock import Mock

import pytest

from ctk.actions import Action
from ctk.ui import controls


@pytest.fixture
def window() -> Mock:
    window = Mock()
    window.playing.habits = Mock(loop=False, go_on=True, audition=True)
    window.playing.transport.region = None
    window.playing.output.even_loudness = False
    return window


def action(window: Mock, id: str) -> Action:
    return {action.id: action for action in controls.make(window)}[id]


@pytest.mark.parametrize(
    ("id", "call"),
    [
        ("play.toggle", "playing.transport.toggle"),
        ("play.start", "play_focused"),
        ("play.stop", "playing.transport.stop"),
        ("play.next", "playing.through.next"),
        ("play.previous", "playing.through.previous"),
        ("play.unmark", "playing.transport.unmark"),
        ("play.recent", "player.show_recent"),
        ("play.output", "player.show_output"),
        ("view.detail", "detail.toggle"),
        ("view.waveforms", "playing.switch_waveforms"),
    ],
)
def test_an_action_calls_what_it_names(window: Mock, id: str, call: str) -> None:
    action(window, id).run()
    attrgetter(call)(window).assert_called_once_with()


@pytest.mark.parametrize(
    ("id", "seconds"),
    [("play.back", -1.0), ("play.forward", 1.0), ("play.back5", -5.0), ("play.forward5", 5.0)],
)
def test_skips_are_in_seconds(window: Mock, id: str, seconds: float) -> None:
    action(window, id).run()
    window.playing.transport.skip.assert_called_once_with(seconds)


@pytest.mark.parametrize(
    ("id", "call", "on"),
    [
        ("play.loop", "habits.set_loop", True),
        ("play.go_on", "habits.set_go_on", False),
        ("play.audition", "habits.set_audition", False),
        ("play.even", "set_even_loudness", True),
    ],
)
def test_switches_turn_around(window: Mock, id: str, call: str, on: bool) -> None:
    action(window, id).run()
    attrgetter(call)(window.playing).assert_called_once_with(on)


def test_there_must_be_a_region_to_be_cleared(window: Mock) -> None:
    clear = action(window, "play.unmark")
    assert not clear.enabled()
    window.playing.transport.region = (1.0, 2.0)
    assert clear.enabled()
