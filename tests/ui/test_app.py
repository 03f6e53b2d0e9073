"""The whole window, driven as a user would: type, arrows, space, clicks; and what the catalog and player saw."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ctk.errors import CatalogError, CtkError
from ctk.events import WindowWanted
from ctk.records import Receipt
from ctk.toolkit import Toolkit
from ctk.ui import app
from ctk.ui.app import Window
from tests import house
from tests.display import display, middle_of
from tests.sounds import make
from tests.ui.conftest import SOUNDS, Rig

ALL = len(SOUNDS) + 1


def test_typing_searches_and_escape_shows_everything_again(rig: Rig) -> None:
    rig.hands.type("loop 12")
    rig.wait(lambda: rig.names == ["drum loop 120.wav"], "the search")
    rig.hands.key("Escape")
    rig.wait(lambda: len(rig.names) == ALL, "the whole list")


def test_names_are_sorted_as_people_expect(rig: Rig) -> None:
    rig.hands.type("kick")
    rig.wait(lambda: rig.names == ["kick 1.wav", "kick 2.wav", "kick 10.wav"], "the search")


def test_arrows_play_and_space_pauses(rig: Rig) -> None:
    rig.hands.type("bass")
    rig.wait(lambda: len(rig.names) == 2)
    rig.hands.key("Down")
    rig.wait(lambda: rig.playing == "bass deep.wav", "the first sound")
    rig.hands.key("Down")
    rig.wait(lambda: rig.playing == "bass sub.wav", "the second sound")
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing")
    rig.hands.key("space")
    rig.wait(lambda: rig.toolkit.audio.now().state == "paused", "the pause")
    rig.hands.key("space")
    rig.wait(lambda: rig.toolkit.audio.now().state == "playing", "going on")
    assert rig.picked == ["bass sub.wav"]


def test_space_is_a_space_in_the_search_box(rig: Rig) -> None:
    rig.hands.type("kick 1")
    rig.wait(lambda: rig.names == ["kick 1.wav", "kick 10.wav"])
    assert rig.window.catalog.bar.field.text == "kick 1"
    assert rig.toolkit.audio.now().state == "stopped"


def test_down_right_after_typing_goes_to_what_was_typed_for(rig: Rig) -> None:
    rig.hands.type("snare")
    rig.hands.key("Down")
    rig.wait(lambda: rig.playing == "snare tight.wav")
    assert rig.picked == ["snare tight.wav"]


def test_without_audition_arrows_are_silent_and_enter_plays(rig: Rig) -> None:
    rig.hands.key("ctrl+e", "Down", "Down")
    assert not rig.toolkit.settings.audition
    assert rig.playing == ""
    rig.hands.key("Return")
    rig.wait(lambda: rig.playing == rig.picked[0], "the sound")


def test_letters_typed_in_the_list_search(rig: Rig) -> None:
    rig.hands.key("Down")
    rig.hands.type("hat")
    rig.wait(lambda: rig.names == ["hat open.wav"], "the search")
    assert rig.window.catalog.bar.field.text == "hat"


def test_shift_and_control_pick_several(rig: Rig) -> None:
    rig.hands.key("Down", "shift+Down", "shift+Down")
    rig.wait(lambda: len(rig.picked) == 3)
    rig.hands.key("shift+Up")
    rig.wait(lambda: len(rig.picked) == 2)
    rig.hands.key("ctrl+a")
    rig.wait(lambda: len(rig.picked) == ALL)
    rig.hands.key("ctrl+space")
    rig.wait(lambda: len(rig.picked) == ALL - 1)
    rig.hands.key("Home")
    rig.wait(lambda: rig.picked == [rig.names[0]])
    rig.hands.key("shift+End")
    rig.wait(lambda: len(rig.picked) == ALL)


def test_a_click_on_a_heading_sorts_and_picks_stay(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    rig.hands.type("loop")
    rig.wait(lambda: rig.names == ["drum loop 120.wav", "vocal loop.wav"])
    rig.hands.key("Down")
    heading = sum(int(tree.column(key, "width")) for key in ("#0", "path", "rating", "tags"))
    rig.hands.click(tree, heading + 20, 10)
    rig.wait(lambda: rig.window.search.ask.sort == "duration_s")
    rig.hands.click(tree, heading + 20, 10)
    rig.wait(lambda: rig.names == ["vocal loop.wav", "drum loop 120.wav"], "the longest first")
    assert rig.picked == ["drum loop 120.wav"]
    assert rig.window.selection.focus == 1


def test_a_double_click_plays(rig: Rig) -> None:
    rig.hands.key("ctrl+e")
    tree = rig.window.catalog.table.tree
    rig.hands.click(tree, 100, middle_of(tree, 1), count=2)
    rig.wait(lambda: rig.playing == rig.names[1], "the sound")


def test_a_broken_file_says_why(rig: Rig) -> None:
    rig.hands.type("broken")
    rig.wait(lambda: rig.names == ["broken.wav"])
    rig.hands.key("Down")
    sound = rig.toolkit.catalog.search("broken").rows[0]
    reason = rig.toolkit.catalog.get(sound.id).reason
    rig.wait(lambda: reason and reason in rig.status, "the reason")
    assert rig.toolkit.audio.now().state == "stopped"


def test_a_text_that_cannot_be_read_is_explained_and_the_list_stays(rig: Rig) -> None:
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3)
    rig.hands.type(" leng:2")
    rig.wait(lambda: "len:" in rig.window.catalog.bar.trouble, "the explanation")
    assert len(rig.names) == 3
    rig.hands.key("Escape")
    rig.wait(lambda: not rig.window.catalog.bar.trouble)


def test_nothing_found_says_what_to_do(rig: Rig) -> None:
    rig.hands.type("zzz")
    rig.wait(lambda: "zzz" in rig.window.catalog.advice, "the advice")
    assert rig.names == []


def test_a_rescan_shows_new_sounds_and_keeps_the_place(rig: Rig, tmp_path: Path) -> None:
    rig.hands.key("Down", "Down", "Down")
    picked, focus = rig.picked, rig.window.selection.focus
    (tmp_path / "more").mkdir()
    make("wav_16", tmp_path / "more" / "aaa first.wav", seconds=0.1)
    rig.window.scans.scan([str(tmp_path / "more")])
    rig.wait(lambda: "aaa first.wav" in rig.names, "the new sound")
    assert rig.picked == picked
    assert rig.window.selection.focus == (focus or 0) + 1
    rig.wait(lambda: "1 new" in rig.status, "the summary")


def test_an_empty_home_asks_for_a_folder_and_fills(screen: str, toolkit: Toolkit, samples: Path) -> None:
    rig = Rig(toolkit)
    rig.wait(rig.window.discovery.page.winfo_ismapped, "the first page")
    assert not rig.window.catalog.winfo_ismapped()
    rig.window.scans.scan([str(samples)])
    rig.wait(lambda: rig.window.catalog.winfo_ismapped() and len(rig.names) == ALL, "the list")
    rig.hands.type("kick")
    rig.wait(lambda: len(rig.names) == 3, "the keys go to the search box")
    rig.window.quit()


def test_a_catalog_that_cannot_be_read_is_explained(
    screen: str, filled: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise CatalogError("The catalog cannot be used.")

    monkeypatch.setattr(filled.catalog, "search", broken)
    rig = Rig(filled)
    rig.wait(lambda: rig.window.catalog.bar.trouble == "The catalog cannot be used.")
    assert rig.window.catalog.winfo_ismapped()
    rig.window.quit()


def test_folders_given_are_scanned_at_once(screen: str, toolkit: Toolkit, samples: Path) -> None:
    rig = Rig(toolkit, (str(samples),))
    rig.wait(lambda: len(rig.names) == ALL, "the list")
    rig.window.quit()


def test_the_window_comes_forward_when_it_is_asked_for(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "More").mkdir()
    make("wav_16", tmp_path / "More" / "late.wav", seconds=0.2, rate=22_050, channels=1)
    for hide in (rig.root.withdraw, rig.root.iconify):
        hide()
        rig.root.update()
        rig.toolkit.events.emit(WindowWanted())
        rig.wait(rig.root.winfo_viewable, "the window")
    rig.toolkit.events.emit(WindowWanted((str(tmp_path / "More"),)))
    rig.wait(lambda: "late.wav" in rig.names, "the folder that came along")


def test_a_folder_that_is_not_there_is_said(screen: str, toolkit: Toolkit, tmp_path: Path) -> None:
    rig = Rig(toolkit, (str(tmp_path / "nowhere"),))
    rig.wait(lambda: "nowhere" in rig.status, "the sentence")
    rig.window.quit()


def test_closing_keeps_what_was_chosen(screen: str, filled: Toolkit) -> None:
    rig = Rig(filled)
    rig.window.search.sort_by("size_bytes")
    rig.window.search.sort_by("size_bytes")
    rig.window.playing.transport.set_volume(-12.34)
    rig.window.look.choose("dark")
    rig.window.quit()
    kept = type(filled.settings).load(filled.home / "settings.json")
    assert (kept.sort, kept.desc, kept.volume_db, kept.theme) == ("size_bytes", True, -12.3, "dark")
    assert kept.geometry.startswith("1100x700")


def test_closing_during_a_scan_ends_it(screen: str, toolkit: Toolkit, tmp_path: Path) -> None:
    for number in range(300):
        make("wav_16", tmp_path / f"{number}.wav", seconds=0.05)
    rig = Rig(toolkit, (str(tmp_path),))
    rig.wait(lambda: rig.window.scans.running, "the scan")
    rig.window.quit()
    toolkit.close()
    assert toolkit.jobs.running() == []


OPEN = """
import sys, tkinter as tk, ctk
from ctk.ui.app import Window
with ctk.open() as toolkit:
    window = Window(tk.Tk(), toolkit)
    window.open()
    while not window.catalog.table.lines_shown: window.root.update()
"""


def in_a_child(after: str) -> str:
    """What a process says that opens the window and then does ``after``; an error in its log fails the test.

    A process of its own, for what it has loaded, and since Tk ends the process whose display goes away. It finds no
    programs to ask about the desktop, of which systems have different ones.
    """
    code = OPEN + "".join(f"    {line}\n" for line in [*after.splitlines(), "window.root.update()", "window.quit()"])
    alone = os.environ | {"PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=house.ROOT, capture_output=True, text=True, check=False, env=alone
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_nothing_heavy_is_loaded_before_the_first_rows(screen: str, filled: Toolkit) -> None:
    heavy = {"numpy", "av", "miniaudio", "PIL", "tqdm", "pystray", "tinytag", "subprocess"}
    loaded = set(in_a_child("print(*sys.modules)").split())
    assert "tkinter" in loaded
    assert heavy & loaded == set()
    late = {
        "ctk.catalog.query",
        "ctk.catalog.fields",
        "ctk.records.changes",
        "ctk.facts.judge",
        "ctk.records.library",
        "ctk.records.marks",
    }
    assert late & loaded == set()


def test_every_look_at_twice_the_size(filled: Toolkit) -> None:
    with display("2000x1400", dpi=192):
        said = in_a_child(
            "for choice in ('dark', 'light', 'system'):\n"
            "    window.look.choose(choice)\n"
            "    window.root.update()\n"
            "print(window.theme.scale, window.catalog.table.height, window.catalog.table.lines_shown)"
        )
    scale, height, shown = (float(part) for part in said.split())
    assert scale == pytest.approx(2.0, abs=0.02)
    assert height > 10 and shown == ALL


def test_without_a_display_the_program_says_so(filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("only on Linux, where there may be no display")
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(CtkError, match="no display"):
        app.run(filled)


def test_the_program_runs_until_the_window_is_closed(screen: str, filled: Toolkit) -> None:
    real = Window.open

    def open_and_close(self: Window, folders: Sequence[str] = (), *, hidden: bool = False) -> None:
        real(self, folders, hidden=hidden)
        self.root.after(100, self.quit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Window, "open", open_and_close)
        assert app.run(filled) == 0


def test_what_the_start_put_right_is_told_once(screen: str, filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = Receipt(7, "clean", "Remove 3 duplicates", 0.0, "done", 3, 2, 0)
    monkeypatch.setattr(filled.batch, "recovered", lambda: (receipt,))
    rig = Rig(filled)
    rig.wait(lambda: "“Remove 3 duplicates” was interrupted last time" in rig.status, "the sentence")
    rig.window.quit()
