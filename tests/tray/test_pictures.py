"""The icons: one for each state, drawn for each size, to be told apart on any panel."""

import pytest

from ctk.tray.face import State
from ctk.tray.pictures import STATES, picture

SIZES = (16, 20, 22, 24, 32, 48, 64)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("side", [*SIZES, 19, 128])
def test_every_size_can_be_had(state: State, side: int) -> None:
    image = picture(state, side)
    assert (image.size, image.mode) == ((side, side), "RGBA")


@pytest.mark.parametrize("side", SIZES)
def test_states_differ_and_corners_are_clear(side: int) -> None:
    images = [picture(state, side) for state in STATES]
    colours = [image.getpixel((side // 3, side * 5 // 6)) for image in images]
    for one, colour in enumerate(colours):
        assert isinstance(colour, tuple)
        for other in colours[:one]:
            assert isinstance(other, tuple)
            assert sum(abs(a - b) for a, b in zip(colour[:3], other[:3], strict=True)) > 60
    for image in images:
        corner, middle = image.getpixel((0, 0)), image.getpixel((side // 2, side // 2))
        assert isinstance(corner, tuple)
        assert isinstance(middle, tuple)
        assert (corner[3] < 128, middle[3]) == (True, 255)
