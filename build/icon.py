"""Draw the application's icon, a lens with a waveform in it, and those for the tray: ``python build/icon.py`` writes
them to ``assets``.

Run by hand, with Pillow, when the drawing changes.
"""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

ASSETS = Path(__file__).resolve().parent.parent / "assets"
SIZES = (16, 24, 32, 48, 64, 128, 256)
SMOOTH = 8
"""Drawn so many times larger and scaled down, which is what makes edges smooth."""

MAC_SIZES = (16, 32, 64, 128, 256, 512, 1024)
MAC_SHARE = 824 / 1024
"""How much of its square an icon fills there: https://developer.apple.com/design/resources/."""

INK, DUSK = (12, 38, 44), (11, 122, 105)
AMBER, CORAL = (255, 214, 120), (255, 138, 92)
PAPER = (246, 255, 252)

CENTRE = (0.45, 0.45)
"""Of the lens; everything is in fractions of the icon's side."""

BARS = (0.13, 0.27, 0.41, 0.22, 0.11)
"""Heights of the waveform's bars, left to right."""

FEW_BARS = (0.20, 0.40, 0.20)
"""The same where there are too few pixels for five."""

TRAY_SIZES = (16, 20, 22, 24, 28, 32, 40, 48, 64)
NIGHT, SKY = (16, 44, 92), (52, 128, 228)
EDGE = (255, 255, 255, 110)
"""Around each plate in the tray, which sets it off from dark panels."""


def main() -> None:
    """Write the icon as one picture, and in all sizes as Windows and macOS want it."""
    icons = [icon(size) for size in SIZES]
    icons[-1].save(ASSETS / "icon.png", optimize=True)
    save(ASSETS / "icon.ico", icons)
    macs = [mac(size) for size in MAC_SIZES]
    macs[-1].save(ASSETS / "icon.icns", append_images=macs[:-1])
    (ASSETS / "tray").mkdir(exist_ok=True)
    for state, paint in {"idle": idle, "scanning": scanning, "playing": playing}.items():
        save(ASSETS / "tray" / f"{state}.ico", [tray(size, paint) for size in TRAY_SIZES])


def save(file: Path, icons: list[Image.Image]) -> None:
    """All sizes in one file."""
    icons[-1].save(file, append_images=icons[:-1], sizes=[icon.size for icon in icons])


def icon(size: int) -> Image.Image:
    """The icon at ``size`` pixels; small ones are drawn with fewer and stronger strokes."""
    side = size * SMOOTH
    small = size < 40
    plate = shape(side, lambda draw: draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * 0.22, fill=255))
    picture = Image.new("RGBA", (side, side))
    picture.paste(gradient(side, INK, DUSK), mask=plate)
    picture.paste(PAPER, mask=lens(side, 0.085 if small else 0.06))
    picture.paste(gradient(side, AMBER, CORAL), mask=waveform(side, FEW_BARS if small else BARS))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def mac(size: int) -> Image.Image:
    """The icon with the margin that macOS has around all of them."""
    picture = Image.new("RGBA", (size, size))
    drawn = icon(round(size * MAC_SHARE / 2) * 2)
    margin = (size - drawn.width) // 2
    picture.paste(drawn, (margin, margin))
    return picture


def tray(size: int, paint: Callable[[int], Image.Image]) -> Image.Image:
    """A plate for light and dark panels, with what ``paint`` draws on it."""
    side = size * SMOOTH
    box, radius = (0, 0, side - 1, side - 1), side * 0.22
    plate = shape(side, lambda draw: draw.rounded_rectangle(box, radius=radius, fill=255))
    picture = Image.new("RGBA", (side, side))
    picture.paste(paint(side), mask=plate)
    edge = Image.new("RGBA", (side, side))
    ImageDraw.Draw(edge).rounded_rectangle(box, radius=radius, outline=EDGE, width=SMOOTH)
    return Image.alpha_composite(picture, edge).resize((size, size), Image.Resampling.LANCZOS)


def idle(side: int) -> Image.Image:
    """The application's own sign, in strong strokes."""
    picture = gradient(side, INK, DUSK)
    picture.paste(PAPER, mask=lens(side, 0.09))
    picture.paste(gradient(side, AMBER, CORAL), mask=waveform(side, FEW_BARS))
    return picture


def scanning(side: int) -> Image.Image:
    """The lens over lines that are being read, on blue."""
    picture = gradient(side, NIGHT, SKY)
    picture.paste(PAPER, mask=lens(side, 0.09))
    picture.paste(AMBER, mask=dots(side))
    return picture


def playing(side: int) -> Image.Image:
    """What is heard: a dark triangle on amber."""
    picture = gradient(side, AMBER, CORAL)
    picture.paste(INK, mask=triangle(side))
    return picture


def dots(side: int) -> Image.Image:
    """Three in a row in the middle of the lens, as where something goes on."""

    def paint(draw: ImageDraw.ImageDraw) -> None:
        x, y = (part * side for part in CENTRE)
        radius = 0.062 * side
        for middle in (x - 0.155 * side, x, x + 0.155 * side):
            draw.ellipse((middle - radius, y - radius, middle + radius, y + radius), fill=255)

    return shape(side, paint)


def triangle(side: int) -> Image.Image:
    """The sign for play, with round corners."""
    corners = [(0.34 * side, 0.24 * side), (0.34 * side, 0.76 * side), (0.76 * side, 0.50 * side)]

    def paint(draw: ImageDraw.ImageDraw) -> None:
        draw.polygon(corners, fill=255)
        draw.line([*corners, corners[0]], fill=255, width=round(side * 0.10), joint="curve")
        for x, y in corners:
            radius = side * 0.05
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    return shape(side, paint)


def lens(side: int, stroke: float) -> Image.Image:
    """A ring, and a handle towards the lower right."""

    def paint(draw: ImageDraw.ImageDraw) -> None:
        x, y = (part * side for part in CENTRE)
        radius, width = 0.32 * side, stroke * side
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=255, width=round(width))
        start, end, round_end = x + radius * 0.70, 0.845 * side, width * 0.72
        draw.line((start, start, end, end), fill=255, width=round(round_end * 2))
        draw.ellipse((end - round_end, end - round_end, end + round_end, end + round_end), fill=255)

    return shape(side, paint)


def waveform(side: int, heights: tuple[float, ...]) -> Image.Image:
    """Bars with round ends, in the middle of the lens."""

    def paint(draw: ImageDraw.ImageDraw) -> None:
        x, y = (part * side for part in CENTRE)
        pitch = 0.47 * side / len(heights)
        half = pitch * 0.31
        for number, height in enumerate(heights):
            middle = x + (number - (len(heights) - 1) / 2) * pitch
            reach = height * side / 2
            draw.rounded_rectangle((middle - half, y - reach, middle + half, y + reach), radius=half, fill=255)

    return shape(side, paint)


def gradient(side: int, top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    """From ``top`` at the upper left to ``bottom`` at the lower right."""
    down = Image.linear_gradient("L").resize((side, side))
    slope = ImageChops.add(down, down.transpose(Image.Transpose.ROTATE_90), scale=2)
    return Image.composite(Image.new("RGB", (side, side), bottom), Image.new("RGB", (side, side), top), slope)


def shape(side: int, paint: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A mask of what ``paint`` draws."""
    mask = Image.new("L", (side, side))
    paint(ImageDraw.Draw(mask))
    return mask


if __name__ == "__main__":
    main()
