"""What other programs get of the picked sounds, from the keys to those programs."""

import os
import sys
from pathlib import Path

import pytest

from ctk.ui import programs, reveal
from tests import xdnd
from tests.ui.conftest import Rig
from tests.ui.test_edits import pick

only_x11 = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")


def test_paths_are_copied_in_the_order_of_the_list(bench: Rig) -> None:
    pick(bench, "snare", 2)
    bench.root.clipboard_clear()
    bench.root.clipboard_append("")
    bench.hands.key("ctrl+shift+c")
    wanted = [bench.window.search.row(position) for position in range(2)]
    bench.wait(lambda: bench.root.clipboard_get().splitlines() == [row.path for row in wanted if row], "the paths")


@only_x11
def test_files_are_copied(bench: Rig, doubled: Path) -> None:
    pick(bench, "pad", 1)
    bench.hands.key("ctrl+c")
    bench.wait(lambda: bench.status == "pad.wav copied; paste into a folder or a track.", "the sentence")
    with xdnd.read("CLIPBOARD", "x-special/gnome-copied-files") as program:
        bench.wait(lambda: program.ended)
        copied = bytes.fromhex(program.told("read")["hex"])
    assert copied.decode() == f"copy\n{(doubled / 'Pack B' / 'pad.wav').as_uri()}"


@only_x11
def test_text_in_the_search_box_is_copied_as_text(bench: Rig) -> None:
    bench.hands.type("snare")
    bench.hands.key("ctrl+slash", "ctrl+c")
    assert bench.root.clipboard_get() == "snare"


def test_files_that_are_not_here_are_not_copied(bench: Rig, doubled: Path) -> None:
    pick(bench, "pad", 1)
    (doubled / "Pack B" / "pad.wav").unlink()
    bench.hands.key("ctrl+c")
    bench.wait(lambda: bench.status == "This sound is not here now.", "the sentence")


def test_the_file_in_focus_is_revealed(bench: Rig, doubled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revealed: list[str] = []
    monkeypatch.setattr(reveal, "reveal", revealed.append)
    pick(bench, "pad", 1)
    bench.hands.key("ctrl+r")
    bench.wait(lambda: revealed == [os.fspath(doubled / "Pack B" / "pad.wav")], "the file manager")


def test_sounds_are_opened_by_the_system(bench: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr(programs, "open_default", opened.append)
    pick(bench, "snare", 2)
    bench.hands.key("ctrl+shift+o")
    bench.wait(lambda: opened, "the program")
    assert [os.path.basename(path) for path in opened[0]] == ["snare.wav", "snare.wav"]
    assert bench.status == "Opening 2 sounds..."


def test_a_great_many_windows_are_not_opened(bench: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.ui.outgoing.MANY_OPENED", 1)
    pick(bench, "snare", 2)
    bench.hands.key("ctrl+shift+o")
    bench.wait(lambda: bench.status == "No more than 1 sound at a time; 2 are picked.", "the sentence")


def test_the_audio_editor_is_asked_for_once_and_then_offered_by_name(
    bench: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    opened: list[tuple[str, list[str]]] = []
    editor = tmp_path / "audacity"

    def ask(**options: str) -> str:
        asked.append(options["title"])
        return str(editor)

    monkeypatch.setattr("tkinter.filedialog.askopenfilename", ask)
    monkeypatch.setattr(programs, "open_with", lambda program, paths: opened.append((program, paths)))
    assert bench.window.outside.outgoing.labels == {}
    pick(bench, "pad", 1)
    bench.hands.key("F4")
    bench.wait(lambda: len(opened) == 1, "the editor")
    bench.hands.key("F4")
    bench.wait(lambda: len(opened) == 2, "the editor")
    assert asked == ["Open sounds with which program?"]
    assert opened[1][0] == str(editor) and opened[1][1][0].endswith("pad.wav")
    assert bench.status == "Opening pad.wav in Audacity..."
    assert bench.window.outside.outgoing.labels == {"edit.open_with": "Open in Audacity"}
    assert bench.toolkit.settings.load(bench.toolkit.home / "settings.json").open_with == str(editor)


def test_an_editor_that_cannot_be_started_is_said(bench: Rig, tmp_path: Path) -> None:
    bench.toolkit.settings.open_with = str(tmp_path / "nowhere")
    pick(bench, "pad", 1)
    bench.window.outside.outgoing.open_with()
    bench.wait(lambda: bench.status.endswith("choose another program."), "the sentence")


def test_nothing_is_handed_over_out_of_sight(bench: Rig) -> None:
    pick(bench, "pad", 1)
    assert bench.window.outside.outgoing.can()
    bench.hands.key("ctrl+3")
    assert not bench.window.outside.outgoing.can()
