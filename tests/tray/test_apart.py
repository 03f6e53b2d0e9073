"""The tray as a process of its own: what goes through the pipes, and that neither side outlives the other."""

import io
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ctk.errors import CtkError
from ctk.events import JobChanged
from ctk.records import JobStatus, Progress
from ctk.remote.instance import Doorway
from ctk.startup import program
from ctk.toolkit import Toolkit
from ctk.tray import apart
from ctk.tray.apart import READY, ApartTray, serve
from ctk.tray.face import Face
from ctk.tray.spot import Hand, NoTray
from tests.tray.test_face import offered
from tests.tray_host import LIMIT_S, click, icons, tip, tray_host, wait

OFFERED = [("window.show", "Open", None), ("play.toggle", "Play", None), ("play.next", "Next sound", None)]
OFFERED += [("file.rescan", "Rescan", None), ("file.quit", "Quit", None)]


def told(*, startup: bool) -> str:
    """A line that the window's process writes."""
    return json.dumps([*OFFERED, ("file.stay", "Stay", True), ("file.startup", "Start", startup)]) + "\n"


class Screen:
    """A spot that keeps what it was shown."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.faces: list[Face] = []
        self.over = threading.Event()

    def run(self, face: Face, ready: Callable[[], None]) -> None:
        self.faces.append(face)
        ready()
        assert self.over.wait(LIMIT_S)

    def show(self, face: Face) -> None:
        self.faces.append(face)

    def stop(self) -> None:
        self.over.set()


class Child:
    """``serve`` on a thread, with pipes to it."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.screens: queue.SimpleQueue[Screen] = queue.SimpleQueue()
        heard, self.write = os.pipe()
        self.read, out = os.pipe()
        self._ends = (os.fdopen(heard), os.fdopen(out, "w"))
        self.to, self.of = os.fdopen(self.write, "w", buffering=1), os.fdopen(self.read)
        self.codes: list[int] = []
        self._toolkit = toolkit
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _find(self, hand: Hand) -> Screen:
        screen = Screen(hand)
        self.screens.put(screen)
        return screen

    def _serve(self) -> None:
        heard, out = self._ends
        with heard, out:
            self.codes.append(serve(self._toolkit, find=self._find, heard=heard, out=out))


def test_the_child_shows_tells_and_ends_with_the_pipe(toolkit: Toolkit) -> None:
    child = Child(toolkit)
    with child.of, child.to:
        child.to.write(told(startup=False))
        screen = child.screens.get(timeout=LIMIT_S)
        assert child.of.readline() == f"{READY}\n"
        assert [line.label for line in screen.faces[0].lines][:3] == ["Open", "", "Play"]
        assert {line.id: line.checked for line in screen.faces[0].lines}["file.startup"] is False
        child.to.write(told(startup=True))
        wait(lambda: {line.id: line.checked for line in screen.faces[-1].lines}["file.startup"], "the tick")
        toolkit.events.emit(JobChanged(JobStatus("job-1", "Scanning", "running", Progress(7))))
        wait(lambda: screen.faces[-1].tip == "Scanning: 7 files", "the words")
        screen.hand.choose("play.next")
        assert child.of.readline() == "play.next\n"
        child.to.close()
        child.thread.join(LIMIT_S)
    assert child.codes == [0]


def test_a_child_that_is_told_nothing_ends(toolkit: Toolkit) -> None:
    assert serve(toolkit, heard=io.StringIO(""), out=io.StringIO()) == 0


def test_a_child_without_a_tray_says_so_with_its_code(toolkit: Toolkit) -> None:
    def find(_: Hand) -> Screen:
        raise NoTray("There is no tray here.")

    assert serve(toolkit, find=find, heard=io.StringIO(told(startup=False)), out=io.StringIO()) == 1


ECHO = f"""
import json, sys
offered = json.loads(sys.stdin.readline())
print({READY!r}, flush=True)
print("nonsense", flush=True)
print(offered[1][0], flush=True)
again = json.loads(sys.stdin.readline())
open(sys.argv[1], "w").write(str(again[-1]))
sys.stdin.read()
"""


def start(tray: ApartTray) -> list[str]:
    chosen: list[str] = []
    checked = {"file.stay": lambda: True, "file.startup": lambda: False}
    tray.start(offered(chosen.append), checked=checked, hand_over=lambda run: run(), open_menu=lambda *_: None)
    return chosen


def test_the_window_hears_what_was_chosen_and_ends_the_child(tmp_path: Path) -> None:
    tray = ApartTray([sys.executable, "-c", ECHO, str(tmp_path / "again")])
    chosen = start(tray)
    wait(lambda: tray.stands and chosen, "what was chosen")
    assert chosen == ["play.toggle"]
    wait((tmp_path / "again").exists, "the news after it")
    tray.close()
    tray.close()
    assert not tray.stands


def test_a_child_that_will_not_end_is_ended() -> None:
    tray = ApartTray([sys.executable, "-c", "import time; time.sleep(60)"])
    start(tray)
    process = tray._process
    assert isinstance(process, subprocess.Popen)
    tray.close()
    assert process.poll() is not None


def test_a_child_that_dies_is_no_tray() -> None:
    tray = ApartTray([sys.executable, "-c", f"print({READY!r})"])
    start(tray)
    process = tray._process
    assert process is not None
    process.wait(LIMIT_S)
    assert not tray.stands
    tray.renew()
    tray.close()


def test_a_program_that_is_not_there_is_no_tray(caplog: pytest.LogCaptureFixture) -> None:
    tray = ApartTray(["/no/such/program"])
    start(tray)
    assert not tray.stands
    assert "could not be started" in caplog.text
    tray.close()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")
def test_the_whole_way(screen: str, toolkit: Toolkit) -> None:
    doorway = Doorway(toolkit, window=True)
    tray = ApartTray([*program(), "--tray-process", str(toolkit.home)])
    with tray_host():
        chosen = start(tray)
        doorway.open()
        wait(lambda: tray.stands and icons(), "the icon")
        toolkit.events.emit(JobChanged(JobStatus("job-1", "Scanning", "running", Progress(7))))
        wait(lambda: tip(icons()[0]) == "Scanning: 7 files", "the words")
        click(icons()[0])
        wait(lambda: chosen == ["window.show"], "the click")
        process = tray._process
        tray.close()
        wait(lambda: not icons(), "the empty tray")
    assert process is not None
    assert process.returncode == 0
    doorway.close()


def test_a_library_that_is_not_there_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "DOOR_S", 0.0)
    monkeypatch.setattr(apart, "AGAIN_S", 0.0)

    def connect() -> Toolkit:
        raise CtkError("No program is running with this catalog.")

    assert apart.main(connect) == 1
