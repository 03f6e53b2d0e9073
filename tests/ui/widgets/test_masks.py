"""Pictures become shapes of any size."""

import io
import tkinter as tk

import pytest
from PIL import Image

from ctk.ui.widgets import masks


def png(mode: str, size: tuple[int, int], colour: tuple[int, ...]) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, colour).save(target, "png")
    return target.getvalue()


def test_what_is_opaque_is_the_shape(root: tk.Tk) -> None:
    assert masks.read(root, png("RGBA", (3, 2), (9, 9, 9, 77))) == [bytes((77,) * 3)] * 2
    assert masks.read(root, png("LA", (2, 2), (9, 200))) == [bytes((200, 200))] * 2
    assert masks.read(root, png("RGB", (2, 1), (9, 9, 9))) == [b"\xff\xff"], "opaque everywhere"
    assert masks.read(root, png("L", (2, 1), (9,))) == [b"\xff\xff"]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", png("RGBA", (4, 4), (0, 0, 0, 255))[:-30]])
def test_what_is_no_picture_is_refused(root: tk.Tk, data: bytes) -> None:
    with pytest.raises((tk.TclError, ValueError)):
        masks.read(root, data)


def test_it_fits_into_the_middle_of_a_square() -> None:
    full = [b"\xff" * 4] * 4
    assert masks.fitted(full, 2) == [b"\xff\xff"] * 2
    assert masks.fitted(full, 8) == [b"\xff" * 8] * 8
    assert masks.fitted(full, 8, 0.5) == [bytes(8)] * 2 + [b"\0\0\xff\xff\xff\xff\0\0"] * 4 + [bytes(8)] * 2
    assert masks.fitted([b"\xff" * 4] * 2, 4) == [bytes(4), b"\xff" * 4, b"\xff" * 4, bytes(4)]


def test_smaller_is_the_mean() -> None:
    assert masks.fitted([b"\0\xff"] * 2, 1) == [bytes((128,))]
    assert masks.fitted([bytes((0, 90, 180))] * 3, 2)[0] == bytes((30, 150))
