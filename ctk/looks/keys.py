"""Keys as a look writes them, such as ``Control-Shift-N``, ``F2`` or ``Alt-0``; on macOS Control is Command."""

import string
from collections.abc import Collection, Mapping
from typing import Final

from ctk.looks.part import Part
from ctk.looks.report import Report, shown

MODIFIERS: Final = ("Control", "Alt", "Shift")
NAMED: Final = (
    *("space", "Return", "Escape", "Delete", "BackSpace", "Insert", "Home", "End", "Prior", "Next"),
    *("Left", "Right", "Up", "Down", "comma", "period", "plus", "minus", "equal", "slash", "backslash"),
    *("semicolon", "apostrophe", "grave", "bracketleft", "bracketright"),
    *(f"F{number}" for number in range(1, 13)),
)
KEPT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Up", "Down", "Home", "End", "Prior", "Next"), "moves through the list"),
    **dict.fromkeys(("Shift-Up", "Shift-Down", "Shift-Home", "Shift-End"), "picks in the list"),
    **dict.fromkeys(("Control-a", "Control-v", "Control-x"), "is needed in text boxes"),
}
"""No action can have these."""
MOST_KEYS: Final = 6

_WRITTEN: Final = {name.casefold(): name for name in (*MODIFIERS, *NAMED)} | {
    **dict.fromkeys(("ctrl", "cmd", "command"), "Control"),
    "option": "Alt",
    "del": "Delete",
    "esc": "Escape",
    "enter": "Return",
    "pageup": "Prior",
    "pagedown": "Next",
    ",": "comma",
    ".": "period",
    "+": "plus",
    "=": "equal",
    "/": "slash",
    ";": "semicolon",
}
"""How what people write is meant."""


class BadKey(ValueError):
    """Not a key; says why."""


def read(key: str) -> str:
    """The key with its modifiers in their order. Raises ``BadKey``."""
    *modifiers, last = key.split("-")
    for name in modifiers:
        if name not in MODIFIERS:
            raise BadKey(f"{shown(name)} in {shown(key)} is no modifier{_meant(name, MODIFIERS)}.")
    if len(set(modifiers)) < len(modifiers):
        raise BadKey(f"a modifier stands twice in {shown(key)}.")
    letter = len(last) == 1 and last in string.ascii_letters
    if not letter and not (len(last) == 1 and last in string.digits) and last not in NAMED:
        raise BadKey(f"{shown(last)} in {shown(key)} is no key{_meant(last, NAMED)}.")
    if letter and last.isupper() != ("Shift" in modifiers):
        size = "large with" if last.islower() else "small without"
        raise BadKey(f"a letter is written {size} Shift: {'-'.join([*modifiers, last.swapcase()])}.")
    written = "-".join([*(name for name in MODIFIERS if name in modifiers), last])
    if written in KEPT:
        raise BadKey(f"{written} {KEPT[written]} and cannot be given to an action.")
    return written


def _meant(word: str, names: tuple[str, ...]) -> str:
    meant = _WRITTEN.get(word.casefold())
    return f", did you mean {meant}" if meant in names else ""


def keys(part: Part, actions: Collection[str]) -> dict[str, tuple[str, ...]]:
    """All keys of each action that is given others."""
    found: dict[str, tuple[str, ...]] = {}
    for action in part.keys("action", actions):
        if part.value(action) == "":
            found[action] = ()
            continue
        good = []
        for place, key in enumerate(part.texts(action, MOST_KEYS) or ()):
            try:
                good.append(read(key))
            except BadKey as exc:
                part.report.error((*part.path, action, place), str(exc))
        found[action] = tuple(dict.fromkeys(good))
    return found


def check(table: Mapping[str, tuple[str, ...]], said: Mapping[str, tuple[str, ...]], report: Report) -> None:
    """No two actions may share a key; ``table`` holds all keys of all, ``said`` those that this look gives."""
    owners: dict[str, list[str]] = {}
    for action, given in table.items():
        for key in given:
            owners.setdefault(key, []).append(action)
    for key, sharing in owners.items():
        for action in sharing[1:] if len(sharing) > 1 else ():
            to_blame = next((name for name in (action, sharing[0]) if name in said), "")
            other = sharing[0] if to_blame == action else action
            place = said.get(to_blame, ()).index(key) if to_blame else 0
            path = ("keys", to_blame, place) if to_blame else ("keys",)
            report.error(path, f"{key} is a key of {other} as well; give that another, or none.")
