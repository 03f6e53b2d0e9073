"""Every icon can be drawn, is not empty, and is drawn once."""

import tkinter as tk

import pytest

from ctk.ui.widgets.drawing import GRID, mask
from ctk.ui.widgets.icons import SHAPES, Icons


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_an_icon_is_inside_its_picture(name: str) -> None:
    lines = mask(SHAPES[name], 24, 24, GRID / 24)
    ink = sum(map(sum, lines)) / 255
    assert (ink > 15) == (name != "blank")
    assert not any(lines[0]) and not any(lines[-1])
    assert not any(row[0] or row[-1] for row in lines)


def test_pictures_are_made_once(root: tk.Tk) -> None:
    icons = Icons(root)
    image = icons.get("play", 20, "#ffffff")
    assert icons.get("play", 20, "#ffffff") is image
    assert icons.get("play", 20, "#000000") is not image
    assert (icons.get("play", 20, "#ffffff", 6).width(), image.width()) == (26, 20)
    assert icons.get("play", 20, "#ffffff", 6, 10).width() == 36
    assert icons.disc("play", 36, "#00ff00", "#000000").get(18, 18) == (0, 0, 0)
    assert icons.disc("play", 36, "#00ff00", "#000000").get(18, 2) == (0, 255, 0)
    assert icons.disc("play", 45, "#00ff00", "#000000").width() == 44


def test_the_cover_is_for_other_pictures(root: tk.Tk) -> None:
    lines = Icons(root).cover("play", 16)
    assert len(lines) == 16 and {len(line) for line in lines} == {16}
    assert max(map(max, lines)) == 255
