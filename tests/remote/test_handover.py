"""A second start: which command lines are for the window, and what it does where nobody answers as expected."""

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ctk.errors import CtkError
from ctk.events import WindowWanted
from ctk.remote import door, handover
from ctk.remote.door import Door
from ctk.remote.instance import Doorway
from ctk.toolkit import Toolkit
from tests import house


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "Samples \udcff").mkdir()
    return str(tmp_path / "Samples \udcff")


def test_command_lines_that_ask_for_the_window(folder: str) -> None:
    assert handover.window_asked([]) == (None, [])
    assert handover.window_asked([folder]) == (None, [folder])
    assert handover.window_asked(["--home", "/h", folder, folder]) == ("/h", [folder, folder])
    assert handover.window_asked(["--home=/h"]) == ("/h", [])
    assert handover.window_asked(["--tray", "--home", "/h"]) == ("/h", [])


@pytest.mark.parametrize(
    "arguments", [["search", "x"], ["--version"], ["--help"], ["--home"], ["--home="], ["/no/such"], ["--try"]]
)
def test_command_lines_that_do_not(arguments: list[str]) -> None:
    assert handover.window_asked(arguments) is None


def test_folders_are_handed_over(toolkit: Toolkit, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[WindowWanted] = []
    toolkit.events.subscribe(WindowWanted, wanted.append)
    doorway = Doorway(toolkit, window=True)
    doorway.open()
    monkeypatch.chdir(Path(folder).parent)
    assert handover.done(["--home", str(toolkit.home), Path(folder).name])
    assert handover.done([])
    assert wanted == [WindowWanted((folder,)), WindowWanted()]
    handover.insist(toolkit.home, [folder])
    assert len(wanted) == 3
    doorway.close()
    assert not handover.done(["--home", str(toolkit.home)])


def test_who_only_wants_the_tray_leaves_the_window_where_it_is(toolkit: Toolkit, folder: str) -> None:
    wanted: list[WindowWanted] = []
    toolkit.events.subscribe(WindowWanted, wanted.append)
    assert not handover.done(["--tray"])
    doorway = Doorway(toolkit, window=True)
    doorway.open()
    assert handover.done(["--tray"]) and wanted == []
    assert handover.done(["--tray", folder]) and wanted == [WindowWanted((folder,))]
    doorway.close()


def test_a_window_beside_another_core_is_found(toolkit: Toolkit, tmp_path: Path) -> None:
    wanted: list[WindowWanted] = []
    toolkit.events.subscribe(WindowWanted, wanted.append)
    core = Doorway(toolkit, window=False)
    core.open()
    window = Doorway(toolkit, window=True, name=door.BESIDE)
    window.open()
    assert handover.done([]) and handover.done(["--tray"])
    assert wanted == [WindowWanted()]
    core.close()
    handover.insist(toolkit.home, [])
    assert len(wanted) == 2
    window.close()
    assert not handover.done([])


def test_a_core_without_a_window_is_left_alone(toolkit: Toolkit) -> None:
    doorway = Doorway(toolkit, window=False)
    doorway.open()
    assert not handover.done([]) and not handover.done(["--tray"])
    doorway.close()


def test_a_door_that_leads_nowhere_is_none(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        there = Door(nobody.getsockname()[1], "x", 1, 1)
        assert not handover.show(there, []) and not handover.stands(there)


@pytest.mark.parametrize(
    "says", [b"", b"220 mail ready\r\n", b"HTTP/1.1 401 No\r\n\r\n{}", b"HTTP/1.1 200 OK\r\n\r\nnull"]
)
def test_another_program_at_the_port_is_not_the_core(says: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(says)

        threading.Thread(target=answer, daemon=True).start()
        assert handover.show(Door(other.getsockname()[1], "x", 1, 1), []) is False


def test_one_that_never_answers_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "STARTING_S", 0.2)
    monkeypatch.setattr(door, "TIMEOUT_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        door.write(tmp_path, Door(deaf.getsockname()[1], "x", 1, 1))
        with pytest.raises(CtkError, match="running already, but does not answer"):
            handover.insist(tmp_path, [])


def test_next_to_nothing_is_loaded_on_the_way(toolkit: Toolkit, folder: str) -> None:
    doorway = Doorway(toolkit, window=True)
    doorway.open()
    code = (
        "import sys; from ctk.__main__ import main; ended = main(sys.argv[1:]); "
        "heavy = 'argparse asyncio ctk.cli ctk.contract dataclasses email http logging sqlite3 ssl tkinter'.split(); "
        "print(ended, *sorted(set(heavy) & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "--home", str(toolkit.home), folder]
    done = subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")
    doorway.close()
