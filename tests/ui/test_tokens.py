"""The built-in looks can be read."""

import re

import pytest

from ctk.ui.tokens import DARK, LIGHT, WRITTEN_ON, Tokens, contrast, luminance, weak_pairs


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
