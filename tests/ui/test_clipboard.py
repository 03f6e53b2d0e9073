"""Files on the clipboard, as another program reads them from it; what Windows and macOS are given."""

import os
import struct
import sys
import tkinter as tk
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctk.errors import CtkError
from ctk.ui import clipboard
from ctk.ui.x11.connection import Connection
from ctk.ui.x11.selections import Selections
from tests import xdnd
from tests.display import settle, turn

only_x11 = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")
PATHS = ["/music/a kick.wav", "/music/ümlaut 50%.wav", os.fsdecode(b"/music/caf\xe9.wav")]
LIST = b"file:///music/a%20kick.wav\nfile:///music/%C3%BCmlaut%2050%25.wav\nfile:///music/caf%E9.wav"
TEXT = "/music/a kick.wav\n/music/ümlaut 50%.wav\n/music/caf\N{REPLACEMENT CHARACTER}.wav"


@pytest.fixture
def selections(root: tk.Tk) -> Selections:
    return Selections(Connection(root))


def pasted(root: tk.Tk, *kinds: str) -> dict[str, Any]:
    """What another program gets, by its types; ``targets`` are those that there are."""
    with xdnd.read("CLIPBOARD", *kinds) as program:
        turn(root, lambda: program.ended, "the other program's end")
        got = {line["kind"]: line["read"] for line in program.said if "read" in line}
        return got | {"targets": program.told("targets")}


@only_x11
def test_other_programs_get_what_they_ask_for_with_its_type(root: tk.Tk, selections: Selections) -> None:
    clipboard.put_on_x11(PATHS, selections)
    wanted = {
        "x-special/gnome-copied-files": b"copy\n" + LIST,
        "text/uri-list": LIST.replace(b"\n", b"\r\n") + b"\r\n",
        "UTF8_STRING": TEXT.encode(),
        "text/plain;charset=utf-8": TEXT.encode(),
        "text/plain": TEXT.encode(),
    }
    got = pasted(root, *wanted, "image/png")
    assert set(wanted) | {"TARGETS", "TIMESTAMP", "MULTIPLE"} == set(got["targets"])
    for kind, data in wanted.items():
        assert (got[kind]["type"], got[kind]["format"], bytes.fromhex(got[kind]["hex"])) == (kind, 8, data)
    assert got["image/png"] is None


@only_x11
def test_much_goes_in_pieces(root: tk.Tk, selections: Selections) -> None:
    paths = [f"/music/a folder/{number}.wav" for number in range(10_000)]
    clipboard.put_on_x11(paths, selections)
    got = pasted(root, "text/uri-list", "UTF8_STRING")
    assert got["text/uri-list"]["pieces"] >= 5
    assert bytes.fromhex(got["text/uri-list"]["hex"]).split() == [
        f"file://{path.replace(' ', '%20')}".encode() for path in paths
    ]
    assert bytes.fromhex(got["UTF8_STRING"]["hex"]).decode().splitlines() == paths


@only_x11
def test_what_is_copied_next_takes_its_place(root: tk.Tk, selections: Selections) -> None:
    clipboard.put_on_x11(PATHS, selections)
    assert root.clipboard_get() == TEXT
    root.clipboard_clear()
    root.clipboard_append("something else")
    settle(root)
    assert not selections.offered("CLIPBOARD")
    got = pasted(root, "UTF8_STRING", "text/uri-list")
    assert bytes.fromhex(got["UTF8_STRING"]["hex"]) == b"something else"
    assert got["text/uri-list"] is None
    clipboard.put_on_x11(PATHS[:1], selections)
    assert bytes.fromhex(pasted(root, "text/plain")["text/plain"]["hex"]) == b"/music/a kick.wav"


@only_x11
def test_what_is_withdrawn_is_gone(root: tk.Tk, selections: Selections) -> None:
    clipboard.put_on_x11(PATHS, selections)
    selections.withdraw("CLIPBOARD")
    assert pasted(root, "text/plain") == {"text/plain": None, "targets": None}


@only_x11
def test_without_the_library_for_it_that_is_said(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "Xlib", None)
    with pytest.raises(CtkError, match="Xlib is missing"):
        Connection(root)


def test_windows_gets_wide_names_after_a_head_of_twenty_bytes() -> None:
    data = clipboard.hdrop(["C:\\Müll\\a b.wav", "\\\\nas\\x.wav"])
    offset, _, _, frame, wide = struct.unpack("<IiiII", data[:20])
    assert (offset, frame, wide) == (20, 0, 1)
    assert data[20:].decode("utf-16-le") == "C:\\Müll\\a b.wav\0\\\\nas\\x.wav\0\0"


class FakeWindows:
    """Keeps what it is given, as the functions of Windows would."""

    def __init__(self, *, refuses: int = 0) -> None:
        self.refuses = refuses
        self.is_open = False
        self.memory: dict[int, bytes] = {}
        self.held: dict[int, bytes] = {}
        self.user32 = self.kernel32 = self

    def OpenClipboard(self, window: int) -> bool:
        self.refuses -= 1
        self.is_open = self.refuses < 0
        return self.is_open

    def EmptyClipboard(self) -> bool:
        self.held.clear()
        return self.is_open

    def RegisterClipboardFormatW(self, name: str) -> int:
        return 0xC000 + len(name)

    def GlobalAlloc(self, kind: int, size: int) -> int:
        self.memory[key := len(self.memory) + 1] = bytes(size)
        return key if kind == 2 else 0

    def GlobalLock(self, key: int) -> int:
        return key

    def GlobalUnlock(self, key: int) -> bool:
        return key in self.memory

    def GlobalFree(self, key: int) -> int:
        del self.memory[key]
        return 0

    def move(self, key: int, data: bytes, size: int) -> None:
        assert len(data) == size == len(self.memory[key])
        self.memory[key] = data

    def SetClipboardData(self, kind: int, key: int) -> int:
        self.held[kind] = self.memory[key]
        return key if self.is_open else 0

    def CloseClipboard(self) -> bool:
        self.is_open = False
        return True


@pytest.mark.parametrize("refuses", [0, 3])
def test_windows_is_given_files_to_copy(refuses: int) -> None:
    system: Any = FakeWindows(refuses=refuses)
    clipboard.put_on_windows(["C:\\a.wav"], 1, system)
    assert system.held == {15: clipboard.hdrop(["C:\\a.wav"]), 0xC000 + len("Preferred DropEffect"): b"\1\0\0\0"}
    assert not system.is_open


def test_a_clipboard_that_is_held_by_another_program_is_said() -> None:
    system: Any = FakeWindows(refuses=99)
    with pytest.raises(CtkError, match="try again"):
        clipboard.put_on_windows(["C:\\a.wav"], 1, system)
    assert system.held == {}


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program in the place of macOS' own that keeps what it is given."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("only on Linux, where a program is a script")
    program = tmp_path / "osascript"
    program.write_text(f'#!/bin/sh\n/bin/cat > "{tmp_path}/given"\necho "$2" > "{tmp_path}/language"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    yield program


def test_macos_is_given_the_paths(script: Path, tmp_path: Path) -> None:
    clipboard.put_on_mac(PATHS)
    assert (tmp_path / "given").read_bytes() == b"\0".join(map(os.fsencode, PATHS))
    assert (tmp_path / "language").read_text() == "JavaScript\n"


def test_macos_that_refuses_is_said(script: Path) -> None:
    script.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(CtkError, match="try again"):
        clipboard.put_on_mac(PATHS)
    script.unlink()
    with pytest.raises(CtkError, match="try again"):
        clipboard.put_on_mac(PATHS)
