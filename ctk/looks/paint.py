"""Colours, fonts, distances, styles and icons of a look."""

import re
from collections.abc import Mapping
from typing import Any, Final

from ctk.looks.names import unfit
from ctk.looks.part import Part
from ctk.looks.report import shown
from ctk.looks.tokens import Tokens

Value = str | int | tuple[int, ...]

COLOURS: Final = frozenset(Tokens._fields[1:])
FONTS: Final = {"size": (80, 160)}
SPACING: Final = {"scale": (60, 160), "row": (0, 40), "radius": (0, 16)}
"""The least and the most of each."""
MOST_FAMILIES: Final = 8
MOST_PIXELS: Final = 100
RELIEFS: Final = frozenset({"flat", "raised", "sunken", "groove", "ridge", "solid"})
ANCHORS: Final = frozenset({"n", "ne", "e", "se", "s", "sw", "w", "nw", "center"})

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def colours(part: Part) -> dict[str, str]:
    """By token, in small letters."""
    found = {}
    for token in part.keys("colour", COLOURS):
        text = part.text(token, 200)
        if text is not None:
            colour = text.lower()
            if _COLOUR.fullmatch(colour):
                found[token] = colour
            else:
                part.wrong(token, f"{token} is {shown(text)}, and must be a colour such as {_alike(colour)}.")
    return found


def fonts(part: Part) -> dict[str, Any]:
    """As the fields of ``Fonts``."""
    found: dict[str, Any] = _numbers(part, FONTS)
    families = part.texts("family", MOST_FAMILIES)
    if families is not None:
        if all(name.strip() and len(name) <= 100 and name.isprintable() for name in families):
            found["family"] = families
        else:
            part.wrong("family", "family must hold names of fonts.")
    part.done()
    return found


def spacing(part: Part) -> dict[str, int]:
    """As the fields of ``Spacing``."""
    found = _numbers(part, SPACING)
    part.done()
    return found


def styles(part: Part, known: Mapping[str, str], options: Mapping[str, str]) -> dict[str, dict[str, Value]]:
    """Options by style."""
    found = {}
    for style in part.keys("style", known):
        inside = part.part(style)
        values = {name: _option(inside, name, options[name]) for name in inside.keys("option", options)}
        found[style] = {name: value for name, value in values.items() if value is not None}
    return found


def icons(part: Part, known: Mapping[str, str]) -> dict[str, str]:
    """Names of files by icon."""
    found = {}
    for icon in part.keys("icon", known):
        file = part.text(icon, 200)
        if file is None:
            continue
        wrong = unfit(file)
        if wrong:
            part.wrong(icon, wrong)
        elif not file.lower().endswith(".png"):
            part.wrong(icon, f"{icon} is {shown(file)}, and must be a PNG file.")
        else:
            found[icon] = file
    return found


def _numbers(part: Part, ranges: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    taken = {name: part.number(name, *ends) for name, ends in ranges.items()}
    return {name: value for name, value in taken.items() if value is not None}


def _option(part: Part, name: str, kind: str) -> Value | None:
    match kind:
        case "pixels":
            return part.number(name, 0, MOST_PIXELS)
        case "padding":
            return _padding(part, name)
        case "colour":
            text = part.text(name, 200)
            if text is None or text in COLOURS or _COLOUR.fullmatch(text.lower()):
                return text if text is None or text in COLOURS else text.lower()
            part.wrong(name, f"{name} is {shown(text)}, and must be a colour such as #1d2026, or one of [colours].")
            return None
    text, names = part.text(name, 200), RELIEFS if kind == "relief" else ANCHORS
    if text is not None and text not in names:
        part.report.strange((*part.path, name), text, kind, names)
        return None
    return text


def _padding(part: Part, name: str) -> Value | None:
    value = part.value(name)
    sides = value if isinstance(value, list) else [value]
    whole = all(type(side) is int and 0 <= side <= MOST_PIXELS for side in sides)
    if not whole or not 1 <= len(sides) <= 4:
        part.wrong(name, f"{name} must be one to four numbers from 0 to {MOST_PIXELS}: left, top, right, bottom.")
        return None
    return tuple(sides) if isinstance(value, list) else sides[0]


def _alike(colour: str) -> str:
    """What may have been meant: three digits are how others write a colour."""
    short = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", colour)
    if not short:
        return "#1d2026"
    return "#" + (short[1] if len(short[1]) == 6 else "".join(2 * digit for digit in short[1]))
