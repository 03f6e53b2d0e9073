"""The built-in looks can be read."""

import itertools
import math
import re

import pytest

from ctk.looks.tokens import DARK, LIGHT, WRITTEN_ON, Tokens, contrast, luminance, weak_pairs
from ctk.records import CATEGORIES

Matrix = tuple[tuple[float, float, float], ...]
SIGHT: dict[str, Matrix] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How linear light is seen by people who lack a kind of cone: Machado, Oliveira and Fernandes 2009, severity 1."""
TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""Oklab, https://bottosson.github.io/posts/oklab/: equal distances look equally different."""


def times(matrix: Matrix, given: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(part * value for part, value in zip(row, given, strict=True)) for row in matrix)


def seen(colour: str, sight: Matrix) -> tuple[float, ...]:
    """Where a colour is for someone, in Oklab."""
    light = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in light)
    cones = times(TO_CONES, tuple(min(max(part, 0.0), 1.0) for part in times(sight, linear)))
    return times(TO_LAB, tuple(max(part, 0.0) ** (1 / 3) for part in cones))


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_every_pair_of_a_look_can_be_read(tokens: Tokens) -> None:
    assert weak_pairs(tokens) == []


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_the_row_with_the_keys_stands_out(tokens: Tokens) -> None:
    """3 : 1 is what WCAG asks of parts of an interface."""
    assert contrast(tokens.focused, tokens.surface) >= 3
    assert contrast(tokens.accent, tokens.raised) >= 3
    assert tokens.selected != tokens.surface


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_all_tokens_are_colours(tokens: Tokens) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in tokens[1:])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
    assert luminance("#ff0000") == pytest.approx(0.2126)


def test_a_weak_pair_is_found() -> None:
    weak = DARK._replace(text=DARK.surface)
    assert ("text", "surface") in [pair[:2] for pair in weak_pairs(weak)]
    assert all(ink in Tokens._fields and paper in Tokens._fields for ink, paper in WRITTEN_ON)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_the_dots_of_a_map_stand_out(tokens: Tokens) -> None:
    assert all(contrast(getattr(tokens, category), tokens.surface) >= 3 for category in CATEGORIES)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_everyone_can_tell_the_dots_of_a_map_apart(tokens: Tokens, sight: str) -> None:
    places = [seen(getattr(tokens, category), SIGHT[sight]) for category in CATEGORIES]
    assert min(math.dist(one, other) for one, other in itertools.combinations(places, 2)) >= 0.1
