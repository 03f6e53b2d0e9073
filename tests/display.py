"""A display for tests of windows, and hands that type and click there.

On Linux it is an Xvfb of its own and the hands are xdotool's; Windows and macOS have their real display, where Tk makes
the events itself.
"""

import os
import shutil
import subprocess
import sys
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tkinter import ttk
from typing import Protocol

import pytest

LIMIT_S = 10.0
XVFB = "Xvfb is needed for the tests of the window: apt-get install xvfb"
XDOTOOL = "xdotool is needed for the tests of the window: apt-get install xdotool"


@contextmanager
def display(size: str = "1280x800", dpi: int = 96) -> Iterator[str]:
    """A fresh display in ``DISPLAY``; its name. A missing Xvfb fails the test."""
    if sys.platform in ("win32", "darwin"):
        yield ""
        return
    if shutil.which("Xvfb") is None:
        pytest.fail(XVFB)
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-dpi", str(dpi), "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(reading) as answer:
            os.environ["DISPLAY"] = f":{answer.readline().strip()}"
        yield os.environ["DISPLAY"]
    finally:
        if before is None:
            os.environ.pop("DISPLAY", None)
        else:
            os.environ["DISPLAY"] = before
        server.terminate()
        server.wait(LIMIT_S)


def turn(root: tk.Misc, until: Callable[[], object], what: str = "what was waited for") -> None:
    """Let the window live until ``until()`` is true; fails the test when that takes too long."""
    deadline = time.monotonic() + LIMIT_S
    while not until():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not happen within {LIMIT_S:.0f} s")
        root.update()
        time.sleep(0.002)
    root.update()


class Hands(Protocol):
    """What a user does; keys by their X names, ``ctrl+a``, ``shift+Down``."""

    def type(self, text: str) -> None: ...
    def key(self, *names: str) -> None: ...
    def click(self, widget: tk.Misc, x: int, y: int, *, button: int = 1, count: int = 1, hold: str = "") -> None: ...
    def drag(self, widget: tk.Misc, start: tuple[int, int], end: tuple[int, int]) -> None: ...


def hands(root: tk.Misc) -> Hands:
    """The hands for this system."""
    if sys.platform in ("win32", "darwin"):
        return TkHands(root)
    if shutil.which("xdotool") is None:
        pytest.fail(XDOTOOL)
    return XHands(root)


class XHands:
    """xdotool: real key presses and clicks through the X server."""

    def __init__(self, root: tk.Misc) -> None:
        self._root = root

    def type(self, text: str) -> None:
        self._do("type", "--delay", "4", text)

    def key(self, *names: str) -> None:
        self._do("key", "--delay", "4", *names)

    def click(self, widget: tk.Misc, x: int, y: int, *, button: int = 1, count: int = 1, hold: str = "") -> None:
        before = ["keydown", hold] if hold else []
        after = ["keyup", hold] if hold else []
        press = ["click", "--repeat", str(count), "--delay", "40", str(button)]
        self._do("mousemove", *_on_screen(widget, x, y), *before, *press, *after)

    def drag(self, widget: tk.Misc, start: tuple[int, int], end: tuple[int, int]) -> None:
        middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self._do("mousemove", *_on_screen(widget, *start), "mousedown", "1")
        for place in (middle, end):
            self._do("mousemove", *_on_screen(widget, *place))
        self._do("mouseup", "1")

    def send(self, *words: str) -> None:
        """Have xdotool do something while the window stands still."""
        subprocess.run(["xdotool", *words], check=True, timeout=LIMIT_S)

    def _do(self, *words: str) -> None:
        """Run xdotool while the window lives on, then let it take in what came."""
        doing = subprocess.Popen(["xdotool", *words])
        turn(self._root, lambda: doing.poll() is not None, "xdotool's end")
        assert doing.returncode == 0
        settle(self._root)


class TkHands:
    """Events made by Tk, where there is no xdotool."""

    def __init__(self, root: tk.Misc) -> None:
        self._root = root

    def type(self, text: str) -> None:
        for char in text:
            self._focus().event_generate("<Key>", keysym="space" if char == " " else char)
        settle(self._root)

    def key(self, *names: str) -> None:
        modifiers = {"ctrl": "Command" if sys.platform == "darwin" else "Control", "shift": "Shift"}
        for name in names:
            *held, last = name.split("+")
            self._focus().event_generate(f"<{'-'.join([*(modifiers[each] for each in held), f'Key-{last}'])}>")
        settle(self._root)

    def click(self, widget: tk.Misc, x: int, y: int, *, button: int = 1, count: int = 1, hold: str = "") -> None:
        state = {"": 0, "shift": 1, "ctrl": 8 if sys.platform == "darwin" else 4}[hold]
        for _ in range(count):
            widget.event_generate(f"<Button-{button}>", x=x, y=y, state=state)
            widget.event_generate(f"<ButtonRelease-{button}>", x=x, y=y, state=state)
        settle(self._root)

    def drag(self, widget: tk.Misc, start: tuple[int, int], end: tuple[int, int]) -> None:
        widget.event_generate("<Button-1>", x=start[0], y=start[1])
        widget.event_generate("<B1-Motion>", x=end[0], y=end[1])
        widget.event_generate("<ButtonRelease-1>", x=end[0], y=end[1])
        settle(self._root)

    def _focus(self) -> tk.Misc:
        return self._root.focus_get() or self._root


def settle(root: tk.Misc, rounds: int = 3) -> None:
    """Take in all that has happened on the display so far."""
    for _ in range(rounds):
        root.winfo_pointerxy()  # a round trip to the display
        root.update()
        time.sleep(0.01)


def middle_of(tree: ttk.Treeview, line: int) -> int:
    """Where a line of a list is drawn, in pixels from the top."""
    _, y, _, height = (int(part) for part in tree.bbox(tree.get_children()[line]))
    return y + height // 2


def _on_screen(widget: tk.Misc, x: int, y: int) -> tuple[str, str]:
    return str(widget.winfo_rootx() + x), str(widget.winfo_rooty() + y)
