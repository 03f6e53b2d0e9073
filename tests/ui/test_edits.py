"""Moving, renaming and removing what is picked, from keys and menus, and taking it back."""

import os
from pathlib import Path

import pytest

from tests.display import settle
from tests.ui.conftest import Rig
from tests.ui.doubles import in_place, tree


def pick(rig: Rig, query: str, count: int) -> None:
    """Search, and pick all that is found."""
    rig.hands.type(query)
    rig.wait(lambda: len(rig.names) == count, "the search")
    rig.hands.key("Down", "ctrl+a")
    rig.wait(lambda: len(rig.picked) == count, "the picks")


def test_delete_puts_a_sound_aside_at_once_and_ctrl_z_brings_it_back(bench: Rig, doubled: Path) -> None:
    before = tree(doubled)
    pick(bench, "pad", 1)
    bench.hands.key("Delete")
    bench.wait(lambda: bench.window.toast.text.startswith("1 file put aside"), "the toast")
    assert bench.window.pages.drawer.panel is None
    assert "Pack B/pad.wav" not in in_place(doubled)
    bench.hands.key("ctrl+z")
    bench.wait(lambda: bench.window.toast.text == "1 file is back as before.", "the undo")
    assert tree(doubled) == before


def test_many_are_asked_about(bench: Rig, doubled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctk.ui.models.changes.AT_ONCE", 2)
    before = tree(doubled)
    pick(bench, "kick", 3)
    bench.hands.key("Delete")
    bench.wait(lambda: bench.window.pages.drawer.panel is not None, "the plan")
    assert tree(doubled) == before
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text.startswith("3 files put aside"), "the toast")
    assert not [path for path in in_place(doubled) if "kick" in path]


def test_what_was_removed_is_not_picked_any_more(bench: Rig) -> None:
    pick(bench, "kick", 3)
    count = bench.window.catalog.bar._count
    assert str(count.cget("text")).startswith("3 picked")
    bench.hands.key("Delete")
    bench.wait(lambda: bench.picked == [], "nothing to be picked")
    bench.wait(lambda: bench.names == [], "the list without them")
    assert "picked" not in str(count.cget("text"))


def test_picks_outlive_the_removal_of_others(bench: Rig) -> None:
    pick(bench, "kick", 3)
    edits, ids = bench.window.edits, bench.toolkit.catalog.ids("pad")
    bench.window.changes.propose(lambda: bench.toolkit.batch.plan_remove(ids), at_once=True)
    bench.wait(lambda: bench.window.toast.text.startswith("1 file put aside"), "the toast")
    bench.window.search.sort_by("size_bytes")
    bench.wait(lambda: bench.window.search.ask.sort == "size_bytes", "the order")
    settle(bench.root)
    assert len(bench.picked) == 3 and edits.can()


def test_what_is_refused_is_shown_with_its_reason(bench: Rig, doubled: Path) -> None:
    pick(bench, "pad", 1)
    os.utime(doubled / "Pack B" / "pad.wav", (1, 1))
    bench.hands.key("Delete")
    bench.wait(lambda: bench.window.pages.drawer.panel is not None, "the plan")
    panel = bench.window.outcome.plan
    bench.wait(lambda: panel.steps.table.lines_shown == 1, "the refusal")
    line = panel.steps.table.tree.get_children()[0]
    assert "changed" in str(panel.steps.table.tree.item(line, "values")[1])
    assert panel.yes.instate(["disabled"])
    bench.hands.key("Return")
    assert bench.window.pages.drawer.panel is None


def test_renaming_shows_the_new_names_while_they_are_typed(bench: Rig, doubled: Path) -> None:
    before = tree(doubled)
    pick(bench, "pack", 8)
    bench.hands.key("F2")
    panel = bench.window.outcome.rename
    bench.wait(panel.field.winfo_viewable, "the template")
    bench.hands.type("{folder} {name} {n:02}")
    names = panel.steps.table.tree
    bench.wait(lambda: str(panel.yes.cget("text")) == "Rename 8 files", "the plan")
    bench.wait(lambda: str(names.item(names.get_children()[0], "values")[0]).endswith(" 01.wav"), "the preview")
    assert tree(doubled) == before
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text == "8 files renamed.", "the toast")
    assert bench.window.pages.drawer.panel is None
    assert "Pack B/Pack B pad 06.wav" in in_place(doubled)
    bench.hands.click(bench.window.toast.buttons["Undo"], 10, 10)
    bench.wait(lambda: bench.window.toast.text == "8 files are back as before.", "the undo")
    assert tree(doubled) == before


def test_names_that_would_meet_are_refused_before_anything_happens(bench: Rig) -> None:
    pick(bench, "pack", 8)
    bench.hands.key("F2")
    panel = bench.window.outcome.rename
    bench.wait(panel.field.winfo_viewable)
    bench.hands.type("same")
    bench.wait(lambda: str(panel.yes.cget("text")) == "Rename 3 files", "the plan")
    assert str(panel.steps._buttons[1].cget("text")) == "5 files stay"
    bench.hands.click(panel.steps._buttons[1], 10, 10)
    names = panel.steps.table.tree
    bench.wait(lambda: "same name" in str(names.item(names.get_children()[0], "values")[1]), "the reason")


def test_a_template_that_cannot_be_read_is_explained(bench: Rig) -> None:
    pick(bench, "pad", 1)
    bench.hands.key("F2")
    panel = bench.window.outcome.rename
    bench.wait(panel.field.winfo_viewable)
    bench.hands.type("{nothing}")
    bench.wait(lambda: "There is no field {nothing}" in str(panel.words.cget("text")), "the sentence")
    assert panel.yes.instate(["disabled"])
    bench.hands.key("Return", "Escape")
    assert bench.window.pages.drawer.panel is None and "pad.wav" in bench.names


def test_a_field_is_put_in_with_a_click(bench: Rig) -> None:
    pick(bench, "pad", 1)
    bench.hands.key("F2")
    panel = bench.window.outcome.rename
    bench.wait(panel.field.winfo_viewable)
    bench.hands.type("sound ")
    bench.hands.click(panel._fields.winfo_children()[1], 10, 8)
    assert panel.field.text == "sound {n}"


def test_moving_asks_for_a_folder_and_then_shows_the_plan(
    bench: Rig, doubled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkinter.filedialog.askdirectory", lambda **_: os.fspath(doubled / "New"))
    pick(bench, "snare", 2)
    bench.hands.key("ctrl+m")
    bench.wait(lambda: bench.window.pages.drawer.panel is not None, "the plan")
    assert str(bench.window.outcome.plan.yes.cget("text")) == "Move 1 file"
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text == "1 file moved.", "the toast")
    assert "New/snare.wav" in in_place(doubled)


def test_a_folder_that_cannot_be_moved_to_is_explained(
    bench: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkinter.filedialog.askdirectory", lambda **_: os.fspath(tmp_path))
    pick(bench, "pad", 1)
    bench.hands.key("ctrl+m")
    bench.wait(lambda: "none of your folders" in bench.status, "the sentence")


def test_the_history_takes_back_any_receipt(bench: Rig, doubled: Path) -> None:
    before = tree(doubled)
    for query in ("pad", "hat"):
        pick(bench, query, 1)
        bench.hands.key("Delete")
        bench.wait(lambda: bench.window.toast.text != "", "the toast")
        bench.window.toast.hide()
        bench.window.catalog.find()
        bench.hands.key("Escape")
        bench.wait(lambda: len(bench.names) >= 7, "the list")
    assert len(in_place(doubled)) == len(before) - 2
    bench.window.edits.show_history()
    history = bench.window.outcome.history
    bench.wait(lambda: history.table.lines_shown == 2, "the receipts")
    bench.hands.key("Down")
    bench.hands.click(history.undo, 10, 10)
    bench.wait(lambda: "Pack B/pad.wav" in in_place(doubled), "the older one")
    rows = history.table.tree
    bench.wait(lambda: str(rows.item(rows.get_children()[1], "values")[3]) == "taken back", "its state")
    assert history.undo.instate(["disabled"])
    bench.hands.key("Up")
    bench.hands.click(history.undo, 10, 10)
    bench.wait(lambda: tree(doubled) == before, "everything")


def test_nothing_to_undo_is_said(bench: Rig) -> None:
    bench.hands.key("ctrl+z")
    bench.wait(lambda: "nothing to undo" in bench.status, "the sentence")


def test_undo_in_a_text_box_is_about_its_text(bench: Rig) -> None:
    bench.hands.type("pad")
    bench.hands.key("ctrl+z")
    settle(bench.root)
    assert "nothing to undo" not in bench.status


def test_nothing_can_be_done_out_of_sight(bench: Rig) -> None:
    edits = bench.window.edits
    assert not edits.can()
    pick(bench, "pad", 1)
    assert edits.can()
    bench.hands.key("ctrl+3")
    assert not edits.can()


def test_the_menu_opens_over_the_sound_under_the_pointer(bench: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[tuple[int, int]] = []
    monkeypatch.setattr(bench.window.context.menu, "tk_popup", lambda x, y: menus.append((x, y)))
    rows = bench.window.catalog.table.tree
    pick(bench, "kick", 3)
    _, y, _, height = (int(part) for part in rows.bbox(rows.get_children()[1]))
    bench.hands.click(rows, 60, y + height // 2, button=3)
    assert len(menus) == 1 and len(bench.picked) == 3
    bench.hands.key("Home")
    bench.hands.click(rows, 60, y + height // 2, button=3)
    assert len(menus) == 2 and len(bench.picked) == 1 and bench.window.selection.focus == 1
    bench.hands.key("shift+F10")
    assert len(menus) == 3
    menu = bench.window.context.menu
    labels = [menu.entrycget(at, "label") for at in range(menu.index("end") + 1) if menu.type(at) == "command"]  # type: ignore[operator]
    assert labels[:5] == ["Play from the start", "Favourite", "Tags...", "Find similar", "Copy files"]
    assert labels[-3:] == ["Move to folder...", "Rename...", "Remove"]
