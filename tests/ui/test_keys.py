"""Keys as they are bound and shown."""

import pytest

from ctk.ui import keys


@pytest.mark.parametrize(
    ("key", "bound", "bound_mac", "shown", "shown_mac"),
    [
        ("Control-f", "<Control-f>", "<Command-f>", "Ctrl+F", "⌘F"),
        ("Control-Shift-a", "<Control-Shift-a>", "<Command-Shift-a>", "Ctrl+Shift+A", "⌘⇧A"),
        ("Control-period", "<Control-period>", "<Command-period>", "Ctrl+.", "⌘."),
        ("Control-1", "<Control-Key-1>", "<Command-Key-1>", "Ctrl+1", "⌘1"),
        ("Alt-3", "<Alt-Key-3>", "<Control-Key-3>", "Alt+3", "⌃3"),
        ("Control-F5", "<Control-F5>", "<Command-F5>", "Ctrl+F5", "⌘F5"),
        ("F5", "<F5>", "<F5>", "F5", "F5"),
        ("Control-m", "<Control-m>", "<Command-Option-m>", "Ctrl+M", "⌘⌥M"),
        ("space", "<space>", "<space>", "Space", "Space"),
        ("Return", "<Return>", "<Return>", "Enter", "Enter"),
        ("Shift-Left", "<Shift-Left>", "<Shift-Left>", "Shift+←", "⇧←"),
    ],
)
def test_keys(key: str, bound: str, bound_mac: str, shown: str, shown_mac: str) -> None:
    assert (keys.sequence(key, mac=False), keys.sequence(key, mac=True)) == (bound, bound_mac)
    assert (keys.shown(key, mac=False), keys.shown(key, mac=True)) == (shown, shown_mac)


def test_the_keypad_has_digits_too() -> None:
    assert len(keys.sequences("Alt-3", windows=False)) == 2 and "KP_3" in keys.sequences("Alt-3", windows=False)[1]
    assert len(keys.sequences("Alt-3", windows=True)) == len(keys.sequences("Control-3")) == 1


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        *(("space", True), ("Return", True), ("Shift-Left", True)),
        *(("F5", False), ("Shift-F3", False), ("Control-f", False), ("Control-Shift-E", False)),
    ],
)
def test_bare_keys_are_those_a_text_box_needs(key: str, bare: bool) -> None:
    assert keys.is_bare(key) == bare
