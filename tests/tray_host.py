"""A tray for tests, on the display that is in ``DISPLAY``: Debian's ``trayer``; and what can be done to icons in it."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from ctk.tray import x11

LIMIT_S = 20.0
TRAYER = "trayer is needed for the tests of the tray: apt-get install trayer"
COMMAND = (
    "trayer --edge bottom --align right --widthtype request --height 28 --SetDockType true --transparent false"
).split()


@contextmanager
def tray_host() -> Iterator["subprocess.Popen[bytes]"]:
    """A tray that is there; it may be killed. A missing trayer fails the test."""
    if shutil.which("trayer") is None:
        pytest.fail(TRAYER)
    process = subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(x11.is_here, "the tray")
        yield process
    finally:
        process.kill()
        process.wait(LIMIT_S)
        wait(lambda: not x11.is_here(), "the end of the tray")


def wait(until: Callable[[], object], what: str) -> None:
    """Fails the test when that takes too long."""
    deadline = time.monotonic() + LIMIT_S
    while not until():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not come within {LIMIT_S:.0f} s")
        time.sleep(0.02)


def xdotool(*words: str) -> str:
    """What it says; nothing where what it was to do could not be done, as with a window that is gone."""
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout


def icons() -> list[str]:
    """The X windows of our icons that the tray shows, by what they say of themselves."""
    found = xdotool("search", "--onlyvisible", "--class", "^ctk$")
    return [id for id in found.split() if _size(id) != (0, 0) and max(_size(id)) <= 64]


def tip(icon: str) -> str:
    """What stands beside the pointer on an icon."""
    return xdotool("getwindowname", icon).strip()


def click(icon: str, button: int = 1) -> None:
    """Press and let go a button of the mouse on an icon."""
    xdotool("mousemove", "--window", icon, "10", "10", "click", str(button))


def colour(icon: str) -> tuple[int, int, int]:
    """The colour of an icon on the screen, a little to the left of its middle at its lower edge."""
    dump = subprocess.run(["import", "-window", "root", "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout
    width, height = _screen()
    x, y = _place(icon)
    side = min(_size(icon))
    pixel = Image.frombytes("RGB", (width, height), dump).getpixel((x + side // 3, y + side - 4))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return red, green, blue


def _screen() -> tuple[int, int]:
    width, height = xdotool("getdisplaygeometry").split()
    return int(width), int(height)


def _geometry(icon: str) -> dict[str, int]:
    said = xdotool("getwindowgeometry", "--shell", icon)
    return {name: int(value) for name, _, value in (line.partition("=") for line in said.split())}


def _size(icon: str) -> tuple[int, int]:
    found = _geometry(icon)
    return found.get("WIDTH", 0), found.get("HEIGHT", 0)


def _place(icon: str) -> tuple[int, int]:
    found = _geometry(icon)
    return found["X"], found["Y"]
