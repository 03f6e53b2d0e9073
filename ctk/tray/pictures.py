"""The pictures of the icon, each drawn for its size."""

from functools import cache
from typing import get_args

from PIL import IcoImagePlugin, Image

from ctk import paths
from ctk.tray.face import State

STATES: tuple[State, ...] = get_args(State)


@cache
def picture(state: State, side: int) -> Image.Image:
    """The icon for ``state``, ``side`` pixels wide; where none was drawn so wide, a wider one made smaller."""
    with Image.open(paths.assets() / "tray" / f"{state}.ico") as file:
        assert isinstance(file, IcoImagePlugin.IcoImageFile)
        drawn = sorted(width for width, _ in file.info["sizes"])
        width = next((width for width in drawn if width >= side), drawn[-1])
        file.size = (width, width)
        image = file.convert("RGBA")
    return image if width == side else image.resize((side, side), Image.Resampling.LANCZOS)
