"""Key names: written once as Tk writes them, bound and shown as each system wants."""

import sys

MAC = sys.platform == "darwin"

_SHOWN = {
    "comma": ",",
    "period": ".",
    "plus": "+",
    "minus": "-",
    "space": "Space",
    "Return": "Enter",
    "Escape": "Esc",
    "Prior": "Page up",
    "Next": "Page down",
}
_MAC_SIGNS = {"Command": "⌘", "Shift": "⇧", "Option": "⌥", "Control": "⌃"}


def sequence(key: str, *, mac: bool = MAC) -> str:
    """What ``bind`` takes: ``Control-f`` is ``<Control-f>``, on macOS ``<Command-f>``."""
    return f"<{key.replace('Control', 'Command') if mac else key}>"


def shown(key: str, *, mac: bool = MAC) -> str:
    """What menus show: ``Ctrl+F``, on macOS ``⌘F``."""
    *modifiers, last = key.split("-")
    last = _SHOWN.get(last, last.upper() if len(last) == 1 else last)
    if mac:
        return "".join(_MAC_SIGNS[name.replace("Control", "Command")] for name in modifiers) + last
    return "+".join([*(name.replace("Control", "Ctrl") for name in modifiers), last])


def is_bare(key: str) -> bool:
    """Whether a key has no modifier and is no function key, so that it would be missed in a text box."""
    return "-" not in key and not (key[0] == "F" and key[1:].isdigit())
