"""Key names: written once as Tk writes them, bound and shown as each system wants."""

import sys

MAC = sys.platform == "darwin"
WINDOWS = sys.platform == "win32"

_SHOWN = {
    "comma": ",",
    "period": ".",
    "plus": "+",
    "minus": "-",
    "space": "Space",
    "Left": "←",
    "Right": "→",
    "Return": "Enter",
    "Escape": "Esc",
    "Prior": "Page up",
    "Next": "Page down",
}
_MAC_SIGNS = {"Command": "⌘", "Shift": "⇧", "Option": "⌥", "Control": "⌃"}
_ON_MAC = {"Control": "Command", "Alt": "Control"}
"""Option with a letter or digit types other characters there, while Control is free."""
_TAKEN_BY_MAC = ("Control-m", "Control-h")
"""With Command these put the window or the program away there, so they take Option as well."""


def sequence(key: str, *, mac: bool = MAC) -> str:
    """What ``bind`` takes: ``Control-f`` is ``<Control-f>``, on macOS ``<Command-f>``. A digit alone is a button."""
    modifiers, last = _parts(key, mac=mac)
    if last.isdigit():
        last = f"Key-{last}"
    return f"<{'-'.join([*modifiers, last])}>"


def sequences(key: str, *, windows: bool = WINDOWS) -> tuple[str, ...]:
    """All that ``bind`` takes for a key: digits with Alt are also those of the keypad, which type characters on
    Windows."""
    modifiers, _, last = key.rpartition("-")
    if modifiers == "Alt" and last.isdigit() and not windows:
        return sequence(key), sequence(f"Alt-KP_{last}")
    return (sequence(key),)


def shown(key: str, *, mac: bool = MAC) -> str:
    """What menus show: ``Ctrl+F``, on macOS ``⌘F``."""
    modifiers, last = _parts(key, mac=mac)
    last = _SHOWN.get(last, last.upper() if len(last) == 1 else last)
    if mac:
        return "".join(_MAC_SIGNS[name] for name in modifiers) + last
    return "+".join([*(name.replace("Control", "Ctrl") for name in modifiers), last])


def _parts(key: str, *, mac: bool) -> tuple[list[str], str]:
    """The modifiers as the system calls them, and the key itself."""
    *modifiers, last = key.split("-")
    if mac:
        modifiers = [_ON_MAC.get(name, name) for name in modifiers] + ["Option"] * (key in _TAKEN_BY_MAC)
    return modifiers, last


def is_bare(key: str) -> bool:
    """Whether a key is alone or with Shift and is no function key, so that it would be missed in a text box."""
    return set(key.split("-")[:-1]) <= {"Shift"} and not is_function(key)


def is_function(key: str) -> bool:
    """Whether it is one of the function keys, with modifiers or without."""
    last = key.rpartition("-")[2]
    return last[0] == "F" and last[1:].isdigit()
