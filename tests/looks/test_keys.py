"""Keys as a look writes them."""

from pathlib import Path

import pytest

from ctk.looks.keys import BadKey, read
from ctk.looks.shelf import Shelf
from tests.looks.making import faults, own


@pytest.mark.parametrize(
    ("key", "same"),
    [
        ("Control-Shift-N", "Control-Shift-N"),
        ("Shift-Control-N", "Control-Shift-N"),
        ("F2", "F2"),
        ("Alt-0", "Alt-0"),
        ("Control-minus", "Control-minus"),
        ("space", "space"),
        ("a", "a"),
        ("Alt-Up", "Alt-Up"),
    ],
)
def test_keys_have_one_way_to_be_written(key: str, same: str) -> None:
    assert read(key) == same


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "is no key"),
        ("Ctrl-f", "no modifier, did you mean Control"),
        ("control-f", "did you mean Control"),
        ("Control--", "is no modifier"),
        ("Control-F", "small without Shift: Control-f"),
        ("Control-Shift-n", "large with Shift: Control-Shift-N"),
        ("Control-Control-n", "twice"),
        ("Control-enter", "did you mean Return"),
        ("Control-,", "did you mean comma"),
        ("F13", "is no key"),
        ("<F2>", "is no key"),
        ("Up", "moves through the list"),
        ("Control-v", "needed in text boxes"),
        ("é", "is no key"),
    ],
)
def test_what_is_no_key_is_told(key: str, words: str) -> None:
    with pytest.raises(BadKey, match=words):
        read(key)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[keys]\n"file.ad" = ["F8"]', 'look.toml:5: there is no action "file.ad"; did you mean file.add?'),
        ('[keys]\n"file.add" = ["F6",\n"Ctrl-x"]', 'look.toml:6: "Ctrl" in "Ctrl-x" is no modifier'),
        ('[keys]\n"file.add" = ["F2"]', "look.toml:5: F2 is a key of edit.rename as well; give that another, or none."),
        ('[keys]\n"file.add" = ["F8"]\n"file.find" = ["F8"]', "look.toml:6: F8 is a key of file.add as well"),
        ('[keys]\n"file.add" = "F6"', "look.toml:5: file.add must be a list, and is a text."),
        ('[toolbar]\nactions = ["file.add", "file.add"]', 'look.toml:5: "file.add" stands twice in actions.'),
        ('[toolbar]\nactions = ["file.close"]', 'look.toml:5: there is no action "file.close"'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    assert any(told in fault for fault in faults(tmp_path, text + "\n"))


def test_keys_are_given_taken_away_and_handed_on(home: Path) -> None:
    own(home, "mine", '[keys]\n"edit.rename" = []\n"edit.undo" = ""\n"file.add" = ["F2", "Control-z"]\n')
    own(home, "child", '[keys]\n"file.add" = ["F9"]\n"help.keys" = ["F2"]\n', parent="mine")
    shelf = Shelf(home)
    assert shelf.get("mine").keys == {"edit.rename": (), "edit.undo": (), "file.add": ("F2", "Control-z")}
    assert shelf.get("child").keys["file.add"] == ("F9",)
    assert shelf.get("child").keys["help.keys"] == ("F2",)
