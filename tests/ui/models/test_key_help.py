"""Help says the keys as they are."""

import re
from unittest.mock import Mock

from ctk.ui import commands, keys
from ctk.ui.models.key_help import key_lines


def test_keys_are_told_as_they_are_now() -> None:
    actions = commands.make(Mock())
    usual = key_lines(actions)
    assert (keys.shown("space"), "Play or pause") in usual
    actions.use({"play.toggle": ("Control-p",), "edit.rename": ("F12",), "search.focus": ()})
    now = key_lines(actions)
    assert (keys.shown("Control-p"), "Play or pause") in now
    assert any(said.startswith("F12") and "Rename" in meaning for said, meaning in now)
    assert not any(meaning.startswith("Search") for _, meaning in now) and len(now) == len(usual) - 1


def test_nearly_every_action_with_a_key_is_told() -> None:
    actions = commands.make(Mock())
    said = {key for pressed, _ in key_lines(actions) for key in re.split(", | to ", pressed)}
    untold = {action.id for action in actions if action.keys and keys.shown(action.keys[0]) not in said}
    assert untold == {"edit.open", "file.quit", "view.previous", "mark.2", "mark.3", "mark.4"}


def test_keys_in_a_row_are_told_by_the_first_and_the_last() -> None:
    actions = commands.make(Mock())
    one, five, none = (keys.shown(f"Alt-{digit}") for digit in (1, 5, 0))
    assert f"{one} to {five}, {none}" in dict(key_lines(actions))
    actions.use({"mark.1": ("F12",)})
    assert f"F12, {five}, {none}" in dict(key_lines(actions))
    actions.use({"mark.1": ()})
    assert f"{five}, {none}" in dict(key_lines(actions))
