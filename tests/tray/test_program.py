"""The whole program as a process of its own: it begins in the tray, comes, goes, and ends from there."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import X
from Xlib.protocol.event import ClientMessage

from ctk.tray import x11
from tests import house
from tests.tray_host import LIMIT_S, click, icons, tray_host, wait, xdotool

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")

TITLE = "^Creator's Toolkit$"


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@contextlib.contextmanager
def program(*arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program, in a group of its own, of which nothing is left in the end."""
    process = subprocess.Popen([sys.executable, "-m", "ctk", *arguments], cwd=house.ROOT, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(LIMIT_S)


def windows() -> list[str]:
    """The program's windows that are to be seen."""
    found = xdotool("search", "--onlyvisible", "--name", TITLE)
    return [window for window in found.split() if window not in icons()]


def close(window: str) -> None:
    """Press the window's own button, as a window manager does."""
    with contextlib.closing(x11.connect()) as display:
        there = display.create_resource_object("window", int(window))
        while not there.get_wm_protocols():
            there = there.query_tree().parent
        data = (32, [display.intern_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0])
        there.send_event(ClientMessage(window=there, client_type=display.intern_atom("WM_PROTOCOLS"), data=data))
        display.sync()


def is_over(process: "subprocess.Popen[bytes]") -> bool:
    """Whether it has ended well, and whatever it started with it: a question to the desktop may be on its way."""
    if process.wait(LIMIT_S) == 0:
        wait(lambda: not _is_left(process.pid), "the end of all it started")
    return process.returncode == 0


def _is_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_from_the_tray_and_back(screen: str) -> None:
    with tray_host(), program("--tray") as process:
        wait(icons, "the icon")
        assert windows() == []
        click(icons()[0])
        wait(windows, "the window")
        close(windows()[0])
        wait(lambda: not windows(), "the empty screen")
        assert process.poll() is None
        click(icons()[0])
        wait(windows, "the window again")
        xdotool("key", "ctrl+q")
        assert is_over(process)
        wait(lambda: not icons(), "the empty tray")


def test_a_second_start_in_the_tray_stays_quiet(screen: str) -> None:
    with tray_host(), program("--tray") as process:
        wait(icons, "the icon")
        for _ in range(2):  # while the door opens, and once it is open
            with program("--tray") as second:
                assert second.wait(LIMIT_S) == 0
        assert windows() == [] and len(icons()) == 1
        with program() as third:
            assert third.wait(LIMIT_S) == 0
        wait(windows, "the window")
        assert process.poll() is None


def test_its_menu_quits(screen: str) -> None:
    with tray_host(), program("--tray") as process:
        wait(icons, "the icon")
        before = _all_windows()
        click(icons()[0], button=3)
        wait(lambda: len(_all_windows()) > len(before), "the menu")
        xdotool("mousemove_relative", "--", "-60", "-28", "sleep", "0.1", "click", "1")
        assert is_over(process)


def test_killing_the_tray_in_between_hurts_nothing(screen: str) -> None:
    with program("--tray") as process:
        with tray_host():
            wait(icons, "the icon")
        assert process.poll() is None
        with tray_host():
            wait(icons, "the icon again")
            click(icons()[0])
            wait(windows, "the window")


@pytest.mark.long
def test_without_a_tray_it_is_a_window_and_closing_ends_it(screen: str) -> None:
    with program("--tray") as process:
        wait(windows, "the window")
        close(windows()[0])
        assert is_over(process)


def _all_windows() -> list[str]:
    return xdotool("search", "--onlyvisible", "--name", ".*").split()
