"""Every action does what it says, from menus and from keys."""

from operator import attrgetter
from unittest.mock import Mock

import pytest

from ctk.ui import commands, keys
from ctk.ui.look import CHOICES
from ctk.ui.views.menu import MENUS


@pytest.fixture
def window() -> Mock:
    window = Mock()
    window.scans.running = False
    window.playing.habits = Mock(loop=False, go_on=False, audition=True)
    window.playing.transport.region = None
    window.playing.output.even_loudness = False
    return window


@pytest.mark.parametrize(
    ("id", "call"),
    [
        ("file.add", "add_folder"),
        ("file.rescan", "scans.scan"),
        ("file.quit", "quit"),
        ("search.focus", "catalog.find"),
        ("edit.all", "catalog.pick_all"),
        ("play.start", "play_focused"),
    ],
)
def test_an_action_calls_the_window(window: Mock, id: str, call: str) -> None:
    commands.make(window)[id].run()
    attrgetter(call)(window).assert_called_once_with()


@pytest.mark.parametrize("choice", CHOICES)
def test_a_look_can_be_chosen(window: Mock, choice: str) -> None:
    commands.make(window)[f"view.{choice}"].run()
    window.look.choose.assert_called_once_with(choice)


@pytest.mark.parametrize(
    ("id", "call", "given"),
    [
        ("mark.favourite", "marker.favour", ()),
        ("mark.tags", "marker.tags", ()),
        ("mark.collection", "marker.collections", ()),
        ("mark.note", "marker.note", ()),
        ("mark.0", "marker.rate", (0,)),
        ("mark.5", "marker.rate", (5,)),
    ],
)
def test_what_is_picked_can_be_marked(window: Mock, id: str, call: str, given: tuple[int, ...]) -> None:
    actions = commands.make(window)
    assert actions[id].enabled()
    actions[id].run()
    attrgetter(call)(window).assert_called_once_with(*given)
    window.marker.can.return_value = False
    assert not actions[id].enabled()


def test_what_sounds_are_can_be_asked_and_said(window: Mock) -> None:
    actions = commands.make(window)
    for id, call in (("hear.similar", "hearer.liken"), ("hear.ask", "hearer.ask"), ("hear.show", "hearer.show")):
        actions[id].run()
        attrgetter(call)(window).assert_called_once_with()
    window.hearer.can.return_value = window.hearer.can_liken.return_value = False
    assert not actions["hear.similar"].enabled() and not actions["hear.ask"].enabled()


def test_scanning_decides_what_can_be_done(window: Mock) -> None:
    actions = commands.make(window)
    assert actions["file.rescan"].enabled() and not actions["file.stop"].enabled()
    window.scans.running = True
    assert actions["file.stop"].enabled() and not actions["file.rescan"].enabled()


def test_every_action_but_the_tray_s_own_is_in_a_menu_and_the_other_way_round(window: Mock) -> None:
    listed = [id for _, ids in MENUS for id in ids if id]
    assert sorted([*listed, "window.show"]) == sorted(action.id for action in commands.make(window))


def test_no_key_means_two_things(window: Mock) -> None:
    bound = [keys.sequence(key) for action in commands.make(window) for key in action.keys]
    assert len(bound) == len(set(bound))
