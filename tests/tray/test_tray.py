"""A real icon in a real tray: seen, clicked, kept through the end of the tray, and gone with the program."""

import queue
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from ctk.actions import Line
from ctk.events import JobChanged, PlaybackChanged
from ctk.records import JobStatus, NowPlaying, Progress
from ctk.toolkit import Toolkit
from ctk.tray.face import Face
from ctk.tray.spot import NoTray
from ctk.tray.tray import Tray
from tests.tray.test_face import offered
from tests.tray_host import click, colour, icons, tip, tray_host, wait

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")

Handed = queue.SimpleQueue[Callable[[], None]]


class Rig:
    """A tray, and all that it handed over."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.chosen: list[str] = []
        self.menus: list[tuple[Line, ...]] = []
        self.threads: set[str] = set()
        self.tray = Tray(toolkit)
        self.tray.start(
            offered(self.chosen.append),
            checked={"file.stay": lambda: True, "file.startup": lambda: False},
            hand_over=self._hand_over,
            open_menu=lambda lines, x, y: self.menus.append(lines),
        )

    def _hand_over(self, run: Callable[[], None]) -> None:
        self.threads.add(threading.current_thread().name)
        run()


@pytest.fixture
def rig(screen: str, toolkit: Toolkit) -> Iterator[Rig]:
    rig = Rig(toolkit)
    yield rig
    rig.tray.close()


def test_a_click_opens_and_the_other_button_wants_a_menu(rig: Rig) -> None:
    with tray_host():
        wait(lambda: rig.tray.stands and icons(), "the icon")
        click(icons()[0])
        wait(lambda: rig.chosen == ["window.show"], "the click")
        click(icons()[0], button=3)
        wait(lambda: rig.menus, "the menu")
    assert rig.menus[0][-1].id == "file.quit"
    assert threading.current_thread().name not in rig.threads


def test_the_icon_follows_what_goes_on(rig: Rig, toolkit: Toolkit) -> None:
    with tray_host():
        wait(lambda: rig.tray.stands and icons(), "the icon")
        icon = icons()[0]
        wait(lambda: colour(icon)[1] > colour(icon)[0], "green")
        toolkit.events.emit(JobChanged(JobStatus("job-1", "Scanning", "running", Progress(1234))))
        wait(lambda: tip(icon) == "Scanning: 1,234 files", "the words")
        wait(lambda: colour(icon)[2] > 1.5 * colour(icon)[1], "blue")
        toolkit.events.emit(PlaybackChanged(NowPlaying("playing", 1, "/Trommeln/größer 鼓.wav")))
        wait(lambda: tip(icon) == "Playing größer 鼓.wav, Scanning: 1,234 files", "the words")
        wait(lambda: colour(icon)[0] > 1.5 * colour(icon)[2], "amber")


def test_it_comes_back_after_the_tray_was_killed(rig: Rig) -> None:
    with tray_host() as host:
        wait(lambda: rig.tray.stands and icons(), "the icon")
        host.kill()
        wait(lambda: not rig.tray.stands, "the end of the tray")
        assert icons() == []
    with tray_host():
        wait(lambda: rig.tray.stands and icons(), "the icon again")
        click(icons()[0])
        wait(lambda: rig.chosen == ["window.show"], "the click")


def test_it_leaves_and_no_thread_stays(rig: Rig) -> None:
    with tray_host():
        wait(lambda: rig.tray.stands and icons(), "the icon")
        rig.tray.close()
        wait(lambda: not icons(), "an empty tray")
        rig.tray.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tray")]


def test_closing_before_it_is_there_does_not_hang(screen: str, toolkit: Toolkit) -> None:
    with tray_host():
        for _ in range(20):
            Rig(toolkit).tray.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tray")]


def test_without_a_tray_it_waits_for_one(rig: Rig) -> None:
    assert not rig.tray.stands
    with tray_host():
        wait(lambda: rig.tray.stands, "the icon")


def test_without_a_display_there_is_none(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    rig = Rig(toolkit)
    assert not rig.tray.stands
    rig.tray.close()


@pytest.mark.logs_errors
def test_a_library_that_fails_leaves_no_tray(toolkit: Toolkit) -> None:
    class Broken:
        def run(self, face: Face, ready: Callable[[], None]) -> None:
            raise RuntimeError("no such desktop")

        def show(self, face: Face) -> None: ...
        def stop(self) -> None: ...

    tray = Tray(toolkit, lambda _: Broken())
    tray.start(offered(), checked={}, hand_over=lambda run: run(), open_menu=lambda *_: None)
    wait(lambda: not any(thread.name == "tray_stay" for thread in threading.enumerate()), "the end")
    assert not tray.stands
    tray.close()


def test_finding_none_is_no_trouble(toolkit: Toolkit) -> None:
    def find(_: object) -> "Nowhere":
        raise NoTray("There is no tray here.")

    class Nowhere:
        def run(self, face: Face, ready: Callable[[], None]) -> None: ...
        def show(self, face: Face) -> None: ...
        def stop(self) -> None: ...

    tray = Tray(toolkit, find)
    tray.start(offered(), checked={}, hand_over=lambda run: run(), open_menu=lambda *_: None)
    tray.renew()
    tray.close()
    assert not tray.stands
