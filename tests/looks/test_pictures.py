"""Whether a file is a picture that can be an icon."""

import pytest

from ctk.looks.pictures import NoPicture, check
from tests.looks.making import png


def test_a_picture_can_be_an_icon() -> None:
    assert check(png()) == ""
    assert check(png(256, 1)) == ""


def test_one_without_transparency_is_told_of() -> None:
    assert "opaque" in check(png(colours=2))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no PNG"),
        (b"GIF89a" + bytes(100), "no PNG"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (png()[:-20], "damaged"),
        (png()[:40] + b"!" + png()[41:], "damaged"),
        (png(257, 8), "257 by 8"),
        (png(8, 1_000), "8 by 1000"),
    ],
)
def test_others_cannot(data: bytes, words: str) -> None:
    with pytest.raises(NoPicture, match=words):
        check(data)
