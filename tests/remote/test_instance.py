"""One window a home, among real processes on a real display."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ctk
from ctk.errors import CtkError
from ctk.events import WindowWanted
from ctk.remote import client, door, handover, instance
from ctk.remote.client import RemoteToolkit
from ctk.remote.instance import Doorway, claim, only_window
from ctk.toolkit import Toolkit
from tests.sources.library import wav

LIMIT_S = 40.0
MANY = 500


class Programs:
    """Processes of the program, all ended in the end."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[str]] = []

    def start(self, home: Path, *args: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "ctk", "--home", str(home), *args]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.running.append(program)
        return program

    def window(self, home: Path, *args: str) -> "subprocess.Popen[str]":
        program = self.start(home, *args)
        wait(lambda: alive(home, program.pid), program)
        return program

    def close(self) -> None:
        for program in self.running:
            program.kill()
            program.communicate(timeout=LIMIT_S)


@pytest.fixture
def programs() -> Iterator[Programs]:
    programs = Programs()
    yield programs
    programs.close()


def alive(home: Path, pid: int, name: str = door.FILE) -> bool:
    found = door.read(home, name)
    return found is not None and found.pid == pid


def wait(until: Callable[[], object], program: "subprocess.Popen[str] | None" = None) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not until():
        if program is not None and program.poll() is not None:
            pytest.fail(f"it ended: {program.communicate()}")
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


def test_a_second_start_hands_its_folders_over(screen: str, home: Path, tmp_path: Path, programs: Programs) -> None:
    wav(tmp_path / "First" / "one.wav", 1)
    wav(tmp_path / "Second \udcff" / "two.wav", 2)
    first = programs.window(home, str(tmp_path / "First"))
    for args in ((), (str(tmp_path / "Second \udcff"),)):
        second = programs.start(home, *args)
        assert (second.wait(LIMIT_S), second.communicate()) == (0, ("", ""))
    with client.connect(home) as core:
        wait(lambda: [row.name for row in core.catalog.search().rows] == ["one.wav", "two.wav"], first)
    searched = programs.start(home, "search", "two", "--json")
    assert json.loads(searched.communicate(timeout=LIMIT_S)[0])["total"] == 1
    assert first.poll() is None


def test_two_that_start_at_once_are_one_window(screen: str, home: Path, programs: Programs) -> None:
    both = [programs.start(home), programs.start(home)]
    wait(lambda: any(program.poll() == 0 for program in both))
    wait(lambda: any(alive(home, program.pid) and program.poll() is None for program in both))
    assert [program.poll() for program in both].count(None) == 1


def test_what_a_crash_left_is_taken_over(screen: str, home: Path, programs: Programs) -> None:
    first = programs.window(home)
    first.kill()
    first.wait(LIMIT_S)
    assert door.read(home) is not None
    second = programs.window(home)
    assert alive(home, second.pid)


def test_two_homes_are_two_windows(screen: str, home: Path, tmp_path: Path, programs: Programs) -> None:
    one, other = programs.window(home), programs.window(tmp_path / "other")
    assert one.poll() is None and other.poll() is None


def test_a_core_without_a_window_has_one_beside_it(screen: str, home: Path, tmp_path: Path, programs: Programs) -> None:
    wav(tmp_path / "Samples" / "one.wav", 1)
    core = programs.window(home, "serve")
    window = programs.start(home)
    wait(lambda: alive(home, window.pid, door.BESIDE), window)
    assert alive(home, core.pid) and door.BESIDE in log(home)
    second = programs.start(home, str(tmp_path / "Samples"))
    assert (second.wait(LIMIT_S), second.communicate()) == (0, ("", ""))
    with client.connect(home) as remote, client.connect(home, window=True) as shown:
        assert pid(remote) == core.pid and pid(shown) == window.pid
        wait(lambda: [row.name for row in remote.catalog.search().rows] == ["one.wav"], window)
    core.terminate()
    assert core.wait(LIMIT_S) == 0 and window.poll() is None
    with client.connect(home) as remote:
        assert pid(remote) == window.pid
    again = programs.window(home, "serve")
    assert programs.start(home).wait(LIMIT_S) == 0
    assert window.poll() is None and again.poll() is None


def test_what_a_window_beside_left_is_cleared(screen: str, home: Path, programs: Programs) -> None:
    core = programs.window(home, "serve")
    window = programs.start(home)
    wait(lambda: alive(home, window.pid, door.BESIDE), window)
    for program in (core, window):
        program.kill()
        program.wait(LIMIT_S)
    assert door.read(home, door.BESIDE) is not None
    programs.window(home)
    assert door.read(home, door.BESIDE) is None


def test_who_begins_in_the_tray_does_not_disturb_the_window_that_still_starts(toolkit: Toolkit) -> None:
    with claim(toolkit.home, instance.WINDOW_LOCK), only_window(toolkit, (), hidden=True) as first:
        assert first is None


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_core_ends_cleanly_in_the_middle_of_a_scan(home: Path, tmp_path: Path, programs: Programs, name: str) -> None:
    for number in range(MANY):
        wav(tmp_path / "Many" / f"{number}.wav", number)
    core = programs.window(home, "serve")
    with client.connect(home) as remote:
        job = remote.sources.scan([tmp_path / "Many"])
        wait(lambda: job.status.progress.done > 0 or job.done, core)
        core.send_signal(getattr(signal, name))
        assert core.wait(LIMIT_S) == 0
    output, errors = core.communicate()
    assert output.startswith("Listening at http://127.0.0.1:") and errors == ""
    assert door.read(home) is None
    assert not [line for line in log(home).splitlines() if "ERROR" in line or "CRITICAL" in line]
    with ctk.open(home) as toolkit:
        assert toolkit.sources.scan([tmp_path / "Many"]).result(60).files == MANY
        assert toolkit.catalog.search().total == MANY


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with signals")
def test_a_core_that_is_to_outlive_its_terminal_does(home: Path, programs: Programs) -> None:
    hangup = signal.Signals["SIGHUP"]
    before = signal.signal(hangup, signal.SIG_IGN)  # as nohup does
    try:
        core = programs.window(home, "serve")
    finally:
        signal.signal(hangup, before)
    core.send_signal(hangup)
    assert client.ask(home, "core.info", {})["pid"] == core.pid
    core.terminate()
    assert core.wait(LIMIT_S) == 0


def test_a_second_core_says_that_there_is_one(home: Path, programs: Programs) -> None:
    programs.window(home, "serve")
    second = programs.start(home, "serve")
    assert second.wait(LIMIT_S) == 1
    assert second.communicate()[1] == "ctk: Creator's Toolkit is running with this catalog already.\n"


def test_a_port_can_be_chosen(home: Path, tmp_path: Path, programs: Programs) -> None:
    programs.window(home, "serve")
    found = door.read(home)
    assert found is not None
    second = programs.start(tmp_path / "other", "serve", "--port", str(found.port))
    assert second.wait(LIMIT_S) == 1
    assert "could not be opened" in second.communicate()[1]
    programs.running[0].terminate()
    programs.running[0].wait(LIMIT_S)
    programs.window(tmp_path / "other", "serve", "--port", str(found.port))
    again = door.read(tmp_path / "other")
    assert again is not None and again.port == found.port and again.token != found.token


def test_only_one_has_the_claim(tmp_path: Path) -> None:
    with claim(tmp_path) as first, claim(tmp_path) as second:
        assert first and not second
    with claim(tmp_path) as third:
        assert third


def test_a_home_that_cannot_be_locked_has_a_window_without_a_door(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(instance, "_lock", refuse)
    with only_window(toolkit, ()) as ready:
        assert ready is not None
        ready()
    assert door.read(toolkit.home) is None


def test_a_window_that_is_closed_at_once_leaves_no_door(toolkit: Toolkit) -> None:
    for _ in range(5):
        with only_window(toolkit, ()) as ready:
            assert ready is not None
            ready()
        assert door.read(toolkit.home) is None


def test_the_door_of_a_window_opens_once_it_can_hear(toolkit: Toolkit) -> None:
    wanted: list[WindowWanted] = []
    with only_window(toolkit, ()) as ready:
        assert ready is not None and door.read(toolkit.home) is None
        toolkit.events.subscribe(WindowWanted, wanted.append)
        ready()
        handover.insist(toolkit.home, ())
    assert wanted == [WindowWanted()]


def test_a_door_that_cannot_be_told_of_is_closed_again(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(door, "write", fail)
    doorway = Doorway(toolkit, window=False)
    with pytest.raises(CtkError, match="No space left"):
        doorway.open()
    doorway.close()


def pid(remote: RemoteToolkit) -> int:
    """The process that a client is connected to."""
    return remote._channel.door.pid


def log(home: Path) -> str:
    return (home / "logs" / "ctk.log").read_text("utf-8")
