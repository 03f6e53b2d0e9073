"""The colours of a look by what they are for, and how well they can be told apart."""

from typing import NamedTuple


class Tokens(NamedTuple):
    """Colours as ``#rrggbb``. ``chrome`` is behind the controls, ``surface`` behind the list.

    ``dim`` writes what is not at hand, ``selected`` is behind picked rows, ``focused`` behind the one with the keys.
    From ``drums`` on they are the dots of a map, which also those tell apart who do not see all colours.
    """

    name: str
    chrome: str
    surface: str
    raised: str
    hover: str
    pressed: str
    line: str
    edge: str
    text: str
    muted: str
    dim: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    on_selected: str
    focused: str
    on_focused: str
    danger: str
    drums: str
    synth: str
    vocal: str
    bass: str
    guitar: str
    fx: str
    other: str


DARK = Tokens(
    name="dark",
    chrome="#1d2026",
    surface="#15171c",
    raised="#2a2e37",
    hover="#343944",
    pressed="#3f4552",
    line="#2b2f38",
    edge="#3a404c",
    text="#e8eaf0",
    muted="#a2a9b8",
    dim="#8b92a1",
    accent="#45d0b4",
    accent_hover="#67dec6",
    on_accent="#0b1a17",
    selected="#21494a",
    on_selected="#eafffa",
    focused="#2b7a70",
    on_focused="#ffffff",
    danger="#f08c86",
    drums="#e95311",
    synth="#de92ef",
    vocal="#f7ef4c",
    bass="#3a74d0",
    guitar="#38d388",
    fx="#9cfbfa",
    other="#888888",
)

LIGHT = Tokens(
    name="light",
    chrome="#f2f3f6",
    surface="#ffffff",
    raised="#ffffff",
    hover="#e6e9ee",
    pressed="#d8dce4",
    line="#e0e3e9",
    edge="#c9ced8",
    text="#1a1d24",
    muted="#565e6d",
    dim="#687080",
    accent="#0b7a69",
    accent_hover="#096456",
    on_accent="#ffffff",
    selected="#c4e8e1",
    on_selected="#0c2c27",
    focused="#0f8270",
    on_focused="#ffffff",
    danger="#b3322b",
    drums="#be0006",
    synth="#9a12c7",
    vocal="#d58100",
    bass="#1e197d",
    guitar="#056859",
    fx="#1c9bee",
    other="#848484",
)

WRITTEN_ON = (
    ("text", "chrome"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("text", "pressed"),
    ("muted", "chrome"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("dim", "surface"),
    ("accent", "chrome"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_selected", "selected"),
    ("on_focused", "focused"),
    ("danger", "surface"),
    ("danger", "chrome"),
)
"""Which colour is written on which: each pair must be readable."""

READABLE = 4.5
"""WCAG 2.1 AA for normal text, https://www.w3.org/TR/WCAG21/#contrast-minimum"""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour is, 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def weak_pairs(tokens: Tokens) -> list[tuple[str, str, float]]:
    """The pairs of ``WRITTEN_ON`` that are not readable."""
    found = []
    for ink, paper in WRITTEN_ON:
        ratio = contrast(getattr(tokens, ink), getattr(tokens, paper))
        if ratio < READABLE:
            found.append((ink, paper, round(ratio, 2)))
    return found
