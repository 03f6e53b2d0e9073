"""Every action does what it says, from menus and from keys."""

import tkinter as tk
from operator import attrgetter
from tkinter import ttk
from unittest.mock import Mock

import pytest

from ctk.ui import commands, keys
from ctk.ui.look import CHOICES
from ctk.ui.views.menu import MENUS
from tests.display import hands, settle


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


def test_keys_of_actions_do_nothing_else_in_a_text_box(root: tk.Tk, window: Mock) -> None:
    entry, text = ttk.Entry(root), tk.Text(root, height=2)
    entry.insert(0, "kick")
    text.insert("1.0", "a note")
    for box in (entry, text):
        box.pack()
    commands.bind(commands.make(window), root, root)
    hand = hands(root)
    for box in (entry, text):
        box.focus_force()
        settle(root)
        hand.key("Home", "ctrl+d", "ctrl+t", "ctrl+b", "ctrl+j", "ctrl+k", "alt+3", "ctrl+z", "ctrl+c")
    assert entry.get() == "kick" and text.get("1.0", "end-1c") == "a note"
    assert window.marker.favour.call_count == window.marker.tags.call_count == 2
    assert [call.args for call in window.marker.rate.call_args_list] == [(3,), (3,)]
    window.edits.undo.assert_not_called()
    window.outside.outgoing.copy_files.assert_not_called()


def test_scanning_decides_what_can_be_done(window: Mock) -> None:
    actions = commands.make(window)
    assert actions["file.rescan"].enabled() and not actions["file.stop"].enabled()
    window.scans.running = True
    assert actions["file.stop"].enabled() and not actions["file.rescan"].enabled()


def test_every_action_but_the_tray_s_own_is_in_a_menu_and_the_other_way_round(window: Mock) -> None:
    listed = [id for _, ids in MENUS for id in ids if id]
    assert sorted([*listed, "window.show"]) == sorted(action.id for action in commands.make(window))


def test_keys_run_actions_and_bare_ones_only_in_the_list(root: tk.Tk, window: Mock) -> None:
    listed, box = ttk.Frame(root, width=100, height=100), ttk.Entry(root)
    for widget in (listed, box):
        widget.pack()
    commands.bind(commands.make(window), root, listed)
    hand = hands(root)
    box.focus_force()
    settle(root)
    hand.key("space", "ctrl+l", "F5")
    transport, habits = window.playing.transport, window.playing.habits
    transport.toggle.assert_not_called()
    habits.set_loop.assert_called_once_with(True)
    window.scans.scan.assert_called_once_with()
    listed.focus_force()
    settle(root)
    hand.key("space", "Return")
    transport.toggle.assert_called_once_with()
    window.play_focused.assert_called_once_with()


def test_a_key_of_an_action_that_cannot_be_done_does_nothing(root: tk.Tk, window: Mock) -> None:
    window.scans.running = True
    commands.bind(commands.make(window), root, root)
    hands(root).key("F5")
    window.scans.scan.assert_not_called()


def test_no_key_means_two_things(window: Mock) -> None:
    bound = [keys.sequence(key) for action in commands.make(window) for key in action.keys]
    assert len(bound) == len(set(bound))
