"""Dots as a picture: where they are, their colour, and how large they are."""

from ctk.ui.widgets.dots import paint, radius, stamp

WIDTH, HEIGHT = 40, 30
GROUND, RED, BLUE = "#101010", "#ff0000", "#0000ff"


def pixel(picture: bytes, x: int, y: int) -> str:
    pixels = picture.removeprefix(b"P6 %d %d 255\n" % (WIDTH, HEIGHT))
    assert len(pixels) == 3 * WIDTH * HEIGHT
    at = 3 * (y * WIDTH + x)
    return f"#{pixels[at : at + 3].hex()}"


def painted(*dots: tuple[int, int, int], size: float = 3.0) -> bytes:
    stamps = [stamp(size, colour, GROUND, WIDTH) for colour in (RED, BLUE)]
    return paint(WIDTH, HEIGHT, GROUND, [(y * WIDTH + x, face) for x, y, face in dots], stamps)


def test_a_dot_is_round_and_in_its_colour() -> None:
    picture = painted((20, 15, 0))
    assert pixel(picture, 20, 15) == pixel(picture, 22, 15) == pixel(picture, 20, 13) == RED
    assert pixel(picture, 24, 15) == pixel(picture, 23, 12) == pixel(picture, 0, 0) == GROUND


def test_its_edge_is_soft() -> None:
    picture = painted((20, 15, 0), size=2.5)
    edge = pixel(picture, 22, 16)
    assert edge not in (RED, GROUND) and edge[3:5] == edge[5:7]


def test_the_later_dot_lies_on_top() -> None:
    picture = painted((18, 15, 0), (21, 15, 1))
    assert pixel(picture, 17, 15) == RED and pixel(picture, 20, 15) == BLUE


def test_a_crowd_is_drawn_smaller_and_larger_from_nearby() -> None:
    few, many = radius(1000, 500, 100, 1, 1), radius(1000, 500, 20_000, 1, 1)
    assert many < few <= 5.5
    assert many < radius(1000, 500, 20_000, 4, 1) < radius(1000, 500, 20_000, 9, 1)
    assert radius(1000, 500, 10**6, 1, 1) == 1.5 and radius(1000, 500, 10**6, 1, 2) == 3.25
    assert radius(1, 1, 0, 1, 1) >= 1.5
