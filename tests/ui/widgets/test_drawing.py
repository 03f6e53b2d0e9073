"""Shapes become pixels: covered where they should be, smooth at the edges, and a PNG that Tk reads."""

import base64
import io
import tkinter as tk

import pytest
from PIL import Image

from ctk.ui.widgets import drawing
from ctk.ui.widgets.drawing import GRID, Shape, box, circle, line, mask, png, polygon, ring, round_box, stretched

SHAPES: dict[str, Shape] = {
    "circle": circle(12, 12, 8),
    "ring": ring(12, 12, 8, 3),
    "line": line(4, 5, 20, 18, 3),
    "box": box(4, 6, 20, 18, 3),
    "sharp box": box(4, 6, 20, 18, 0),
    "polygon": polygon((6, 4), (20, 12), (6, 20), radius=1),
    "cut": drawing.without(circle(12, 12, 9), line(3, 12, 21, 12, 2)),
    "outline": drawing.outline(box(4, 6, 20, 18, 3), 2),
    "small": drawing.scaled(circle(12, 12, 10), 0.5),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("size", [15, 24, 50])
def test_a_mask_is_what_counting_points_says(name: str, size: int) -> None:
    """The quick way (distances, whole blocks) agrees with 8 x 8 points inside each pixel."""
    shape, unit = SHAPES[name], GRID / size
    quick = mask(shape, size, size, unit)
    for row in range(size):
        for column in range(size):
            points = [
                shape((column + (i + 0.5) / 8) * unit, (row + (j + 0.5) / 8) * unit) <= 0
                for i in range(8)
                for j in range(8)
            ]
            assert quick[row][column] == pytest.approx(255 * sum(points) / 64, abs=75)


def test_the_middle_is_full_and_the_outside_is_empty() -> None:
    lines = mask(circle(12, 12, 8), 48, 48, GRID / 48)
    assert lines[24][24] == 255
    assert lines[0][0] == 0


def test_a_round_box_is_its_own_mirror_image() -> None:
    lines = round_box(22, 6, 2)
    assert lines == lines[::-1]
    assert [row[::-1] for row in lines] == lines
    assert lines[11][11] == 255 and lines[0] == bytes(22)


def test_stretching_repeats_the_middle() -> None:
    lines = stretched(round_box(10, 3, 0), 5, 7)
    assert len(lines) == 17 and {len(row) for row in lines} == {15}
    assert lines[8] == b"\xff" * 15


def test_colours_are_mixed() -> None:
    assert drawing.mix("#000000", "#ff8040", 0.0) == "#000000"
    assert drawing.mix("#000000", "#ff8040", 0.5) == "#804020"
    assert drawing.mix("#000000", "#ff8040", 1.0) == "#ff8040"


def test_tk_reads_the_picture(root: tk.Tk) -> None:
    outer, inner = mask(circle(12, 12, 11), 24, 24, 1.0), mask(circle(12, 12, 4), 24, 24, 1.0)
    image = tk.PhotoImage(master=root, data=png(outer, "#ff8000", inner, "#0000ff"))
    assert (image.width(), image.height()) == (24, 24)
    assert image.get(12, 12) == (0, 0, 255)
    assert image.get(4, 12) == (255, 128, 0)
    assert image.transparency_get(0, 0)


def test_on_a_known_ground_nothing_shines_through_and_it_looks_the_same() -> None:
    outer, inner = round_box(20, 6, 0), round_box(20, 4, 2)
    clear, opaque = (
        Image.open(io.BytesIO(base64.b64decode(png(outer, "#ff8000", inner, "#0000ff", ground)))).convert("RGBA")
        for ground in ("", "#204060")
    )
    below = Image.new("RGBA", clear.size, "#204060")
    below.alpha_composite(clear)
    assert set(opaque.getchannel("A").tobytes()) == {255} != set(clear.getchannel("A").tobytes())
    assert max(abs(one - other) for one, other in zip(below.tobytes(), opaque.tobytes(), strict=True)) <= 1
