"""Having the core that runs quit: with a window, in the tray, without either, busy, dead and deaf."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.errors import CtkError
from ctk.remote import client, door, ending, instance
from ctk.remote.door import Door
from ctk.remote.instance import claim
from tests.remote.test_instance import LIMIT_S, Programs, log, wait
from tests.sources.library import wav

RAN, RAN_NOT = "Creator's Toolkit has quit.\n", "Creator's Toolkit is not running with this catalog.\n"


@pytest.fixture
def programs() -> Iterator[Programs]:
    programs = Programs()
    yield programs
    programs.close()


def quit(programs: Programs, home: Path) -> tuple[int, str, str]:
    """What ``ctk --quit`` comes to."""
    asking = programs.start(home, "--quit")
    out, complaint = asking.communicate(timeout=LIMIT_S)
    return asking.returncode, out, complaint


def windows(screen: str) -> str:
    """The ids of our windows that are to be seen."""
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Creator's Toolkit"],
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def errors(home: Path) -> list[str]:
    return [line for line in log(home).splitlines() if "ERROR" in line or "CRITICAL" in line]


def test_a_window_quits(screen: str, home: Path, programs: Programs) -> None:
    first = programs.window(home)
    wait(lambda: windows(screen), first)
    assert quit(programs, home) == (0, RAN, "")
    assert first.wait(LIMIT_S) == 0
    assert door.read(home) is None and not windows(screen) and errors(home) == []
    assert (home / "settings.json").exists()


def test_a_window_that_is_just_opening_quits(screen: str, home: Path, programs: Programs) -> None:
    first = programs.start(home)
    wait(lambda: ending.is_claimed(home), first)
    assert quit(programs, home) == (0, RAN, "")
    assert first.wait(LIMIT_S) == 0


def test_a_window_beside_a_core_quits_with_it(screen: str, home: Path, programs: Programs) -> None:
    core = programs.window(home, "serve")
    wait(lambda: door.read(home), core)
    window = programs.start(home)
    wait(lambda: door.read(home, door.BESIDE), window)
    assert quit(programs, home) == (0, RAN, "")
    assert core.wait(LIMIT_S) == 0 and window.wait(LIMIT_S) == 0
    assert door.read(home, door.BESIDE) is None and errors(home) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")
def test_what_is_in_the_tray_only_quits(screen: str, home: Path, programs: Programs) -> None:
    from tests.tray_host import icons, tray_host

    with tray_host():
        hidden = programs.window(home, "--tray")
        wait(icons, hidden)
        assert set(windows(screen).split()) <= set(icons())
        assert quit(programs, home) == (0, RAN, "")
        assert hidden.wait(LIMIT_S) == 0
        wait(lambda: not icons())


def test_a_core_at_work_quits_and_keeps_what_is_done(home: Path, tmp_path: Path, programs: Programs) -> None:
    for number in range(400):
        wav(tmp_path / "Many" / f"{number}.wav", number)
    core = programs.window(home, "serve")
    with client.connect(home) as remote:
        job = remote.sources.scan([tmp_path / "Many"], workers=1)
        wait(lambda: job.status.progress.done or job.done)
        assert quit(programs, home) == (0, RAN, "")
    assert core.wait(LIMIT_S) == 0 and core.communicate()[1] == ""
    assert door.read(home) is None and errors(home) == []
    again = programs.start(home, "scan")
    assert "400 files" in again.communicate(timeout=LIMIT_S)[0]


def test_the_web_page_quits(home: Path, programs: Programs) -> None:
    core = programs.window(home, "web", "--no-browser")
    assert quit(programs, home) == (0, RAN, "")
    assert core.wait(LIMIT_S) == 0


def test_where_nobody_runs_nothing_is_made(home: Path, programs: Programs) -> None:
    assert quit(programs, home) == (0, RAN_NOT, "")
    assert not home.exists()


def test_what_a_crash_left_is_nobody(home: Path, programs: Programs) -> None:
    core = programs.window(home, "serve")
    core.kill()
    core.wait(LIMIT_S)
    assert door.read(home) is not None
    assert quit(programs, home) == (0, RAN_NOT, "")


def test_another_program_at_that_port_is_nobody(home: Path, tmp_path: Path, programs: Programs) -> None:
    programs.window(tmp_path / "other", "serve")
    there = door.read(tmp_path / "other")
    assert there is not None
    home.mkdir()
    door.write(home, Door(there.port, "a-token-of-ours", os.getpid(), 1))
    assert ending.end(home) is False
    assert programs.running[0].poll() is None


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with signals")
def test_one_that_does_not_answer_is_told_of(home: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    core = programs.window(home, "serve")
    core.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(ending, "ANSWER_S", 0.2)
    with pytest.raises(CtkError, match="did not quit within 1 seconds; please quit it yourself"):
        ending.end(home, 1.0)
    core.send_signal(signal.SIGCONT)
    assert ending.end(home)
    assert core.wait(LIMIT_S) == 0


def test_a_core_that_never_opens_its_door_is_told_of(home: Path) -> None:
    home.mkdir()
    with claim(home) as mine:
        assert mine
        with pytest.raises(CtkError, match="did not quit"):
            ending.end(home, 0.3)
    assert ending.end(home) is False


def test_a_home_that_cannot_be_locked_has_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(95, "Operation not supported")

    home.mkdir()
    (home / instance.LOCK).touch()
    monkeypatch.setattr(instance, "_lock", refuse)
    assert ending.end(home) is False


def test_which_process_lives() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert ending.lives(os.getpid()) and ending.lives(sleeper.pid)
    sleeper.kill()
    deadline = time.monotonic() + LIMIT_S
    while ending.lives(sleeper.pid):  # which nobody has asked about since, so that the system still lists it
        assert time.monotonic() < deadline
        time.sleep(0.02)
    sleeper.communicate()
    assert not ending.lives(sleeper.pid)
