"""Dragging between the window and another program on the same display: what arrives there, byte by byte, and here."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest

from ctk.toolkit import Toolkit
from tests import xdnd
from tests.display import middle_of, settle, turn
from tests.sources.library import wav
from tests.ui.conftest import Rig

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")

NAMES = (
    b"a plain one.wav",
    "ümlaut ß 音.wav".encode(),
    b"100% #1 [x]&(y)'s;.wav",
    b"caf\xe9 latin.wav",
    b"two\nlines.wav",
)
THERE = (900, 520)
"""A place on the screen where the other program's window is, beside ours."""


def address(folder: Path, name: bytes) -> bytes:
    return b"file://" + quote_from_bytes(os.fsencode(folder) + b"/" + name).encode()


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder of names that are hard to hand over."""
    folder = tmp_path / "Odd names"
    for number, name in enumerate(NAMES):
        wav(folder / os.fsdecode(name), number)
    return folder


@pytest.fixture
def rig(screen: str, toolkit: Toolkit, odd: Path) -> Iterator[Rig]:
    toolkit.sources.scan([odd]).result(30)
    toolkit.settings.audition = False
    subprocess.run(["xdotool", "mousemove", "300", "450"], check=True)  # where no window manager is, the keys go there
    rig = Rig(toolkit)
    rig.root.geometry("780x500+0+0")
    rig.wait(lambda: len(rig.names) == len(NAMES) and rig.window.outside.exchange.ready, "the rows")
    yield rig
    do(rig, "mouseup", "1")
    rig.window.quit()


@pytest.fixture
def other(rig: Rig) -> Iterator[xdnd.Program]:
    with xdnd.target(THERE[0] - 100, THERE[1] - 100, 200, 200) as program:
        rig.wait(lambda: program.told("ready"), "the other program")
        yield program


def do(rig: Rig, *words: str) -> None:
    """What a hand does, while the window lives on."""
    doing = subprocess.Popen(["xdotool", *words])
    turn(rig.root, lambda: doing.poll() is not None, "xdotool's end")
    settle(rig.root)


def pick_all(rig: Rig) -> None:
    rig.hands.key("Down")
    rig.wait(lambda: len(rig.picked) == 1, "the first sound")
    rig.hands.key("ctrl+a")
    rig.wait(lambda: len(rig.picked) == len(NAMES), "all sounds")


def lift(rig: Rig, line: int, *hold: str) -> None:
    """Take hold of a line of the list and move a little."""
    tree = rig.window.catalog.table.tree
    x, y = tree.winfo_rootx() + 120, tree.winfo_rooty() + middle_of(tree, line)
    do(rig, "mousemove", str(x), str(y), *hold, "mousedown", "1")
    do(rig, "mousemove", str(x + 4), str(y + 2), "sleep", "0.05", "mousemove", str(x + 30), str(y + 10))


def carry(rig: Rig, *place: int) -> None:
    """Go on from there, as a hand does: not in one leap."""
    x, y = place
    do(rig, "mousemove", str(x - 30), str(y), "sleep", "0.05", "mousemove", str(x), str(y), "sleep", "0.05")


def drop(rig: Rig) -> None:
    do(rig, "mouseup", "1")


def at(rig: Rig, name: bytes) -> int:
    """The line of a sound."""
    wanted = os.fsdecode(name)
    return next(line for line in range(len(NAMES)) if (row := rig.window.search.row(line)) and row.name == wanted)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.decode("ascii", "replace"))
def test_a_sound_is_dragged_into_another_program(rig: Rig, other: xdnd.Program, odd: Path, name: bytes) -> None:
    lift(rig, at(rig, name))
    carry(rig, *THERE)
    rig.wait(lambda: other.told("position") == list(THERE), "the pointer over it")
    assert rig.window.outside.exchange.dragging
    assert (other.told("entered"), other.told("version")) == (["text/uri-list"], 5)
    assert other.told("action") == "XdndActionCopy"
    drop(rig)
    rig.wait(lambda: other.told("dropped"), "the drop")
    got = other.told("dropped")["text/uri-list"]
    assert (got["type"], got["format"]) == ("text/uri-list", 8)
    assert bytes.fromhex(got["hex"]) == address(odd, name) + b"\r\n"
    assert not rig.window.outside.exchange.dragging
    assert (odd / os.fsdecode(name)).is_file()


def test_all_picked_sounds_go_in_the_order_of_the_list(rig: Rig, other: xdnd.Program, odd: Path) -> None:
    pick_all(rig)
    shown = [row.name for line in range(len(NAMES)) if (row := rig.window.search.row(line))]
    lift(rig, 2)
    carry(rig, *THERE)
    drop(rig)
    rig.wait(lambda: other.told("dropped"), "the drop")
    lines = bytes.fromhex(other.told("dropped")["text/uri-list"]["hex"]).split(b"\r\n")
    assert lines == [*(address(odd, os.fsencode(name)) for name in shown), b""]
    assert len(rig.picked) == len(NAMES)


def test_many_files_go_in_pieces(rig: Rig, other: xdnd.Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.ui.x11.selections.CHUNK", 100)
    pick_all(rig)
    lift(rig, 0)
    carry(rig, *THERE)
    drop(rig)
    rig.wait(lambda: other.told("dropped"), "the drop")
    got = other.told("dropped")["text/uri-list"]
    assert got["pieces"] > 3
    assert bytes.fromhex(got["hex"]).count(b"\r\n") == len(NAMES)


def test_one_drag_after_another(rig: Rig, other: xdnd.Program) -> None:
    for number in (1, 2, 3):
        lift(rig, 0)
        carry(rig, *THERE)
        drop(rig)
        turn(rig.root, partial(dropped, other, number), "the drop")
    assert len({str(line["dropped"]) for line in other.said if "dropped" in line}) == 1


def dropped(program: xdnd.Program, times: int) -> bool:
    return sum("dropped" in line for line in program.said) == times


def test_escape_ends_a_drag(rig: Rig, other: xdnd.Program) -> None:
    lift(rig, 0)
    carry(rig, *THERE)
    rig.wait(lambda: other.told("position"))
    do(rig, "key", "Escape")
    rig.wait(lambda: other.told("left"), "the other program told")
    assert not rig.window.outside.exchange.dragging
    drop(rig)
    assert other.told("dropped") is None


def test_a_program_that_wants_nothing_gets_nothing(rig: Rig) -> None:
    with xdnd.target(THERE[0] - 100, THERE[1] - 100, 200, 200, refuse=True) as other:
        rig.wait(lambda: other.told("ready"))
        lift(rig, 0)
        carry(rig, *THERE)
        rig.wait(lambda: other.told("position"))
        drop(rig)
        rig.wait(lambda: other.told("left"), "the other program told")
        assert other.told("dropped") is None
    assert not rig.window.outside.exchange.dragging


def test_the_pointer_shows_where_it_can_be_dropped(rig: Rig, other: xdnd.Program) -> None:
    tree = rig.window.catalog.table.tree
    lift(rig, 0)
    assert str(tree.cget("cursor")) == "circle"
    carry(rig, *THERE)
    rig.wait(lambda: str(tree.cget("cursor")) == "hand2", "the hand")
    carry(rig, 1200, 700)
    rig.wait(lambda: str(tree.cget("cursor")) == "circle", "nowhere to drop it")
    assert other.told("left")
    drop(rig)
    assert str(tree.cget("cursor")) == ""


def test_a_program_that_went_away_is_no_trouble(rig: Rig, other: xdnd.Program) -> None:
    lift(rig, 0)
    carry(rig, *THERE)
    rig.wait(lambda: other.told("position"))
    other.close()
    drop(rig)
    with xdnd.target(THERE[0] - 100, THERE[1] - 100, 200, 200) as another:
        rig.wait(lambda: another.told("ready"))
        lift(rig, 0)
        carry(rig, *THERE)
        drop(rig)
        rig.wait(lambda: another.told("dropped"), "the drop")


def test_sounds_are_not_dropped_on_their_own_list(rig: Rig) -> None:
    before = rig.toolkit.sources.list()
    lift(rig, 0)
    carry(rig, 300, 300)
    assert rig.window.outside.exchange.dragging
    drop(rig)
    settle(rig.root)
    assert not rig.window.outside.exchange.dragging
    assert (rig.toolkit.sources.list(), rig.window.toast.text) == (before, "")


def test_what_is_not_here_is_left_out_and_said(rig: Rig, other: xdnd.Program, odd: Path) -> None:
    (odd / "a plain one.wav").unlink()
    pick_all(rig)
    lift(rig, 0)
    assert rig.status == f"{len(NAMES) - 1} sounds; 1 is not here and was left out."
    carry(rig, *THERE)
    drop(rig)
    rig.wait(lambda: other.told("dropped"), "the drop")
    assert bytes.fromhex(other.told("dropped")["text/uri-list"]["hex"]).count(b"\r\n") == len(NAMES) - 1


def test_a_sound_that_is_gone_is_not_dragged(rig: Rig, odd: Path) -> None:
    for name in NAMES:
        (odd / os.fsdecode(name)).unlink()
    lift(rig, 1)
    assert rig.status == "This sound is not here now."
    assert not rig.window.outside.exchange.dragging
    drop(rig)


def test_a_press_on_one_of_several_picks_it_alone_only_when_let_go(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    pick_all(rig)
    x, y = str(tree.winfo_rootx() + 120), str(tree.winfo_rooty() + middle_of(tree, 3))
    do(rig, "mousemove", x, y, "mousedown", "1")
    assert len(rig.picked) == len(NAMES)
    do(rig, "mouseup", "1")
    assert (len(rig.picked), rig.window.selection.focus) == (1, 3)


def test_a_hand_that_shakes_only_clicks(rig: Rig, other: xdnd.Program) -> None:
    tree = rig.window.catalog.table.tree
    x, y = tree.winfo_rootx() + 120, tree.winfo_rooty() + middle_of(tree, 1)
    do(rig, "mousemove", str(x), str(y), "mousedown", "1", "mousemove", str(x + 3), str(y + 2), "mouseup", "1")
    assert (len(rig.picked), rig.window.selection.focus) == (1, 1)
    assert not rig.window.outside.exchange.dragging


def test_control_and_shift_pick_as_before(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    rig.hands.click(tree, 120, middle_of(tree, 0))
    rig.hands.click(tree, 120, middle_of(tree, 2), hold="ctrl")
    assert len(rig.picked) == 2
    rig.hands.click(tree, 120, middle_of(tree, 0), hold="ctrl")
    assert len(rig.picked) == 1
    rig.hands.click(tree, 120, middle_of(tree, 0))
    rig.hands.click(tree, 120, middle_of(tree, 3), hold="shift")
    assert len(rig.picked) == 4
    rig.hands.click(tree, 120, middle_of(tree, 1), hold="shift")
    assert len(rig.picked) == 2
    rig.hands.click(tree, 120, middle_of(tree, 1))
    assert rig.window.selection.focus == 1 and len(rig.picked) == 1


def bring(rig: Rig, contents: bytes, kind: str = "text/uri-list", *, taken: bool = True) -> None:
    """Another program drops something on the window."""
    with xdnd.source(400, 300, {kind: contents}) as program:
        rig.wait(lambda: program.ended, "the drop")
        assert program.told("status") == ("accepted" if kind == "text/uri-list" else "refused")
        assert program.told("action") == ("XdndActionCopy" if taken else "")


def roots(rig: Rig) -> list[str]:
    return [source.path for source in rig.toolkit.sources.list()]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder that is in no source, with a name that not every program gets right."""
    folder = tmp_path / os.fsdecode(b"Pack \xe9 #1")
    for number in range(3):
        wav(folder / f"fresh {number}.wav", 20 + number)
    return folder


def test_what_the_finder_opens_is_taken_in_as_if_it_were_dropped(rig: Rig, odd: Path, tmp_path: Path) -> None:
    folder = tmp_path / "From the Finder"
    wav(folder / "opened there.wav", 30)
    rig.window.root.tk.eval("namespace eval ::tk::mac {}")  # is there on macOS
    rig.window.outside.listen_to_finder()
    rig.window.root.tk.call("tk::mac::OpenDocument", str(folder))
    rig.wait(lambda: "opened there.wav" in rig.names, "its sounds")
    assert roots(rig) == [str(odd), str(folder)]


def test_a_folder_that_is_dropped_becomes_a_source_and_undo_takes_it_back(rig: Rig, odd: Path, pack: Path) -> None:
    bring(rig, address(pack.parent, os.fsencode(pack.name)) + b"\r\n")
    rig.wait(lambda: "fresh 1.wav" in rig.names, "its sounds")
    assert roots(rig) == [str(odd), str(pack)]
    assert "is one of your folders now" in rig.window.toast.text
    rig.window.toast.buttons["Undo"].invoke()
    rig.wait(lambda: roots(rig) == [str(odd)], "it to go")
    rig.wait(lambda: "fresh 1.wav" not in rig.names and "no longer" in rig.status, "the sentence")
    assert len(list(pack.iterdir())) == 3


def test_undo_while_it_is_read_in_waits_for_the_end_of_that(rig: Rig, odd: Path, tmp_path: Path) -> None:
    big = tmp_path / "Big"
    wav(big / "0.wav", 0)
    for number in range(1, 3000):
        os.link(big / "0.wav", big / f"{number}.wav")
    bring(rig, address(tmp_path, b"Big"))
    rig.wait(lambda: "Undo" in rig.window.toast.buttons, "the toast")
    rig.window.toast.buttons["Undo"].invoke()
    rig.wait(lambda: roots(rig) == [str(odd)] and not rig.window.scans.running, "it to go")
    rig.wait(lambda: rig.toolkit.catalog.stats().files == len(NAMES), "its sounds to go")


def test_a_catalogued_file_that_is_dropped_is_gone_to(rig: Rig, odd: Path) -> None:
    rig.hands.type("plain")
    rig.wait(lambda: len(rig.names) == 1, "the search")
    bring(rig, b"".join(address(odd, name) + b"\r\n" for name in (NAMES[1], NAMES[3])))
    rig.wait(lambda: len(rig.picked) == 2, "them picked")
    assert len(rig.names) == len(NAMES) and rig.window.selection.focus == at(rig, NAMES[1])
    assert {os.fsencode(name) for name in rig.picked} == {NAMES[1], NAMES[3]}
    assert roots(rig) == [str(odd)]


def test_a_new_file_in_a_source_is_looked_for_there(rig: Rig, odd: Path) -> None:
    wav(odd / "New" / "arrived.wav", 50)
    bring(rig, address(odd, b"New/arrived.wav"))
    rig.wait(lambda: rig.picked == ["arrived.wav"], "it")
    (odd / "notes.txt").write_text("no sound")
    bring(rig, address(odd, b"notes.txt"))
    rig.wait(lambda: "“notes.txt”: no sound that can be catalogued." in rig.status, "the sentence")


def test_for_a_file_from_elsewhere_its_folder_is_offered(rig: Rig, odd: Path, pack: Path) -> None:
    bring(rig, address(pack, b"fresh 2.wav"))
    rig.wait(lambda: "is in none of your folders" in rig.window.toast.text, "the offer")
    assert roots(rig) == [str(odd)]
    (label,) = rig.window.toast.buttons
    assert label.startswith("Add “Pack")
    rig.window.toast.buttons[label].invoke()
    rig.wait(lambda: roots(rig) == [str(odd), str(pack)], "its folder")
    rig.wait(lambda: rig.picked == ["fresh 2.wav"], "the file")


def test_a_folder_inside_a_source_is_only_looked_through(rig: Rig, odd: Path) -> None:
    wav(odd / "Inner" / "inner.wav", 51)
    bring(rig, address(odd, b"Inner"))
    rig.wait(lambda: "inner.wav" in rig.names, "what is new in it")
    assert roots(rig) == [str(odd)]


def test_what_is_of_no_use_is_refused(rig: Rig, odd: Path) -> None:
    bring(rig, b"https://example.org/kick.wav\r\n", taken=False)
    bring(rig, b"some words", "UTF8_STRING", taken=False)
    bring(rig, b"file:///nowhere/at%20all\r\n")
    rig.wait(lambda: "no file or folder of this computer" in rig.status, "the sentence")
    assert roots(rig) == [str(odd)]
