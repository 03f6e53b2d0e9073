"""Keys run actions: some everywhere, some only in lists, and others when a look says so."""

import tkinter as tk
from dataclasses import replace
from tkinter import ttk
from unittest.mock import Mock

import pytest

from ctk.actions import Action, Actions
from ctk.ui import commands
from ctk.ui.keyboard import Keyboard, calm
from tests.display import hands, settle
from tests.ui.conftest import Rig


@pytest.fixture
def window() -> Mock:
    window = Mock()
    window.scans.running = False
    window.playing.habits = Mock(loop=False, go_on=False, audition=True)
    window.playing.transport.region = None
    return window


@pytest.fixture
def listed(root: tk.Tk) -> ttk.Frame:
    """What stands for a list, with the keys."""
    listed = ttk.Frame(root, width=100, height=100)
    listed.pack()
    listed.focus_force()
    settle(root)
    return listed


def few() -> tuple[Actions, Mock]:
    done, actions = Mock(), Actions()
    actions.add(Action("play", "Play", done.play, ("space",)))
    actions.add(Action("rename", "Rename", done.rename, ("F2",)))
    actions.add(Action("loop", "Loop", done.loop, ("Control-l",)))
    return actions, done


def test_keys_of_actions_do_nothing_else_in_a_text_box(root: tk.Tk, window: Mock) -> None:
    entry, text = ttk.Entry(root), tk.Text(root, height=2)
    entry.insert(0, "kick")
    text.insert("1.0", "a note")
    for box in (entry, text):
        box.pack()
    Keyboard(commands.make(window), root)
    hand = hands(root)
    for box in (entry, text):
        box.focus_force()
        settle(root)
        hand.key("Home", "ctrl+d", "ctrl+t", "ctrl+b", "ctrl+j", "ctrl+k", "alt+3", "ctrl+z", "ctrl+c")
    assert entry.get() == "kick" and text.get("1.0", "end-1c") == "a note"
    assert window.marker.favour.call_count == window.marker.tags.call_count == window.palette.open.call_count == 2
    assert [call.args for call in window.marker.rate.call_args_list] == [(3,), (3,)]
    window.edits.undo.assert_not_called()
    window.outside.outgoing.copy_files.assert_not_called()


def test_keys_run_actions_and_bare_ones_only_in_the_list(root: tk.Tk, window: Mock, listed: ttk.Frame) -> None:
    box = ttk.Entry(root)
    box.pack()
    Keyboard(commands.make(window), root).add_list(listed)
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
    Keyboard(commands.make(window), root)
    hands(root).key("F5")
    window.scans.scan.assert_not_called()


def test_other_keys_take_the_place_of_the_usual_ones_and_go_again(root: tk.Tk, listed: ttk.Frame) -> None:
    own = Mock()
    listed.bind("<space>", lambda _: own())
    actions, done = few()
    keyboard = Keyboard(actions, root)
    keyboard.add_list(listed)
    keyboard.use({"play": ("p", "Control-p"), "rename": ()})
    hand = hands(root)
    hand.key("p", "ctrl+p", "space", "F2", "ctrl+l")
    assert (done.play.call_count, done.rename.call_count, done.loop.call_count) == (2, 0, 1)
    own.assert_called_once_with()  # what the list did with the key itself
    assert actions["play"].keys == ("p", "Control-p") and actions["rename"].keys == ()
    keyboard.use({})
    hand.key("p", "ctrl+p", "space", "F2")
    assert (done.play.call_count, done.rename.call_count, own.call_count) == (3, 1, 1)


def test_keys_that_two_actions_would_share_are_refused_and_nothing_changes(root: tk.Tk) -> None:
    actions, done = few()
    keyboard = Keyboard(actions, root)
    with pytest.raises(ValueError, match="F2"):
        keyboard.use({"loop": ("F2",)})
    hands(root).key("F2", "ctrl+l")
    done.rename.assert_called_once_with()
    done.loop.assert_called_once_with()


def test_a_list_that_comes_later_has_the_keys_of_the_look(root: tk.Tk, listed: ttk.Frame) -> None:
    actions, done = few()
    keyboard = Keyboard(actions, root)
    keyboard.use({"play": ("p",)})
    keyboard.add_list(listed)
    hands(root).key("p", "space")
    done.play.assert_called_once_with()


def test_a_click_leaves_the_keys_and_return_presses(root: tk.Tk, listed: ttk.Frame) -> None:
    pressed = Mock()
    button = ttk.Button(root, text="Press", command=pressed)
    button.pack()
    calm(root)
    settle(root)
    hand = hands(root)
    hand.click(button, 10, 10)
    assert pressed.call_count == 1 and root.focus_get() is listed
    hand.key("Tab", "Return")
    assert pressed.call_count == 2 and root.focus_get() is button
    button.state(["disabled"])
    hand.key("Return")
    assert pressed.call_count == 2


def test_keys_of_a_look_are_those_of_the_window_at_once(rig: Rig) -> None:
    window = rig.window
    usual = window.theme.look
    window.theme.take(replace(usual, id="other-keys", keys={"play.loop": ("F9",), "view.sources": ()}))
    rig.hands.key("ctrl+l", "ctrl+2")
    assert not rig.toolkit.settings.loop and window.pages.name == "Catalog"
    rig.hands.key("F9")
    assert rig.toolkit.settings.loop
    bar = rig.root.nametowidget(str(rig.root.cget("menu")))
    play = rig.root.nametowidget(str(bar.entrycget("Play", "menu")))
    rig.root.tk.eval(str(play.cget("postcommand")))
    assert str(play.entrycget("Loop", "accelerator")) == "F9"
    window.theme.take(usual)
    rig.hands.key("F9", "ctrl+2")
    assert rig.toolkit.settings.loop and window.pages.name == "Sources"


@pytest.mark.parametrize("kind", [ttk.Entry, tk.Text])
def test_all_of_a_text_can_be_picked(root: tk.Tk, kind: type[ttk.Entry | tk.Text]) -> None:
    calm(root)
    box = kind(root)
    box.pack()
    box.focus_force()
    settle(root)
    hand = hands(root)
    hand.type("kick")
    hand.key("ctrl+a", "BackSpace")
    assert box.get("1.0", "end-1c") == "" if isinstance(box, tk.Text) else box.get() == ""
