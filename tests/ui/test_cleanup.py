"""Duplicates as a user meets them: look, listen, choose, clean up, and take it back."""

import os
from pathlib import Path

from ctk.ui.cleanup import Cleanup
from ctk.ui.views.duplicates import DuplicatesView
from tests.display import settle
from tests.ui.conftest import Rig
from tests.ui.doubles import GROUPS, SPARES, in_place, shown, tree

LINES = GROUPS + GROUPS + SPARES


def page(rig: Rig) -> DuplicatesView:
    rig.hands.key("ctrl+3")
    found = rig.window.cleanup.page
    assert found is not None
    rig.wait(found.winfo_ismapped, "the page")
    return found


def searched(rig: Rig) -> DuplicatesView:
    """The page, after a search."""
    found = page(rig)
    rig.hands.click(found.bar.look, 20, 10)
    rig.wait(lambda: found.bar.numbers.startswith(f"{GROUPS} groups"), "the groups")
    rig.wait(lambda: len(shown(rig)) == LINES, "the list")
    return found


def go(rig: Rig, *keys: str) -> None:
    assert rig.window.cleanup.page is not None
    rig.window.cleanup.page.table.tree.focus_force()
    settle(rig.root)
    rig.hands.key(*keys)


def cell(rig: Rig, line: int, column: int) -> str:
    assert rig.window.cleanup.page is not None
    tree = rig.window.cleanup.page.table.tree
    return str(tree.item(tree.get_children()[line], "values")[column])


def clean_up(rig: Rig, found: DuplicatesView) -> None:
    rig.hands.click(found.bar.clean, 20, 10)
    rig.wait(lambda: rig.window.pages.drawer.panel is not None, "the plan")


def test_the_first_visit_invites_to_look(bench: Rig) -> None:
    found = page(bench)
    bench.wait(found._empty.winfo_ismapped, "the invitation")
    bench.hands.click(found._empty._look, 40, 15)
    bench.wait(lambda: len(shown(bench)) == LINES, "the list")
    assert not found._empty.winfo_ismapped()
    assert shown(bench)[:4] == ["kick.wav", "kick.wav", "kick.wav", "kick copy.wav"]


def test_cleaning_up_and_undo_leave_every_byte_where_it_was(bench: Rig, doubled: Path) -> None:
    before = tree(doubled)
    found = searched(bench)
    clean_up(bench, found)
    panel = bench.window.outcome.plan
    assert str(panel.title.cget("text")).startswith(f"Put {SPARES} files aside, ")
    assert tree(doubled) == before
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text.startswith(f"{SPARES} files put aside"), "the toast")
    assert len(in_place(doubled)) == len(before) - SPARES
    assert set(tree(doubled).values()) == set(before.values())
    bench.wait(lambda: not shown(bench), "the empty list")
    bench.hands.click(bench.window.toast.buttons["Undo"], 10, 10)
    bench.wait(lambda: bench.window.toast.text.startswith(f"{SPARES} files are back"), "the undo")
    assert tree(doubled) == before
    bench.wait(lambda: len(shown(bench)) == LINES, "the list again")


def test_not_now_changes_nothing(bench: Rig, doubled: Path) -> None:
    before = tree(doubled)
    found = searched(bench)
    clean_up(bench, found)
    bench.hands.key("Escape")
    assert bench.window.pages.drawer.panel is None
    clean_up(bench, found)
    bench.hands.click(bench.window.outcome.plan.no, 10, 10)
    assert bench.window.pages.drawer.panel is None and tree(doubled) == before
    assert bench.window.toast.text == ""


def test_arrows_audition_the_copies(bench: Rig) -> None:
    searched(bench)
    go(bench, "Down", "Down")
    bench.wait(lambda: bench.playing == "kick.wav", "the first copy")
    go(bench, "Down", "Down")
    bench.wait(lambda: bench.playing == "kick copy.wav", "the last copy")
    bench.hands.key("space")
    bench.wait(lambda: bench.toolkit.audio.now().state == "paused", "the pause")
    bench.hands.key("Return")
    bench.wait(lambda: bench.toolkit.audio.now().state == "playing", "the start")


def test_what_is_in_focus_is_told_below(bench: Rig, doubled: Path) -> None:
    searched(bench)
    bench.window.status._calm()
    go(bench, "Down")
    bench.wait(lambda: "checksum" in bench.status or "byte" in bench.status, "the proof")
    go(bench, "Down")
    bench.wait(lambda: bench.status.startswith(os.fspath(doubled)), "the path")


def test_keys_of_the_window_choose_no_copy(bench: Rig) -> None:
    searched(bench)
    said = [cell(bench, line, 1) for line in range(LINES)]
    go(bench, "Down", "Down", "Down", "ctrl+k")
    bench.wait(lambda: bench.window.palette.shown, "the box")
    bench.hands.key("Escape", "ctrl+x")
    assert [cell(bench, line, 1) for line in range(LINES)] == said
    go(bench, "K")
    bench.wait(lambda: cell(bench, 2, 1) == "stays: you chose it", "the choice")


def test_the_list_shows_that_it_has_the_keys(bench: Rig) -> None:
    found = searched(bench)
    found.bar.clean.focus_force()
    bench.hands.key("Tab")
    bench.wait(lambda: found.table.focus_at == 0, "the first line")
    assert bench.root.focus_get() is found.table.tree and not bench.playing


def test_marks_can_be_told_from_what_is_behind_them(bench: Rig) -> None:
    found = searched(bench)
    go(bench, "Down")
    tree = found.table.tree
    line = tree.get_children()[0]
    bench.wait(lambda: tree.item(line, "image"), "the mark")
    keyed = tree.item(line, "image")
    found.bar.look.focus_force()
    bench.wait(lambda: tree.item(line, "image") != keyed, "another mark")


def test_a_copy_that_is_left_out_stays(bench: Rig, doubled: Path) -> None:
    found = searched(bench)
    go(bench, "Down", "Down", "Down", "x")
    bench.wait(lambda: cell(bench, 2, 1) == "stays, as you wish")
    assert "1 file left out" in found.bar.numbers
    path = found.focused()
    assert path is not None and path.copy is not None
    kept = path.copy.path
    clean_up(bench, found)
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text.startswith(f"{SPARES - 1} files put aside"), "the toast")
    assert os.path.exists(kept)


def test_another_copy_can_be_kept(bench: Rig, doubled: Path) -> None:
    found = searched(bench)
    go(bench, "Down", "Down", "Down", "Down", "k")
    bench.wait(lambda: cell(bench, 3, 1) == "stays: you chose it")
    assert cell(bench, 1, 1) == "goes: you chose another"
    clean_up(bench, found)
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text != "", "the toast")
    assert [path for path in in_place(doubled) if "kick" in path] == ["Track/kick copy.wav"]


def test_the_copy_that_stays_cannot_be_marked(bench: Rig) -> None:
    searched(bench)
    go(bench, "Down", "Down", "x")
    bench.wait(lambda: "This copy stays" in bench.status, "the sentence")
    assert cell(bench, 1, 1).startswith("stays: ")


def test_a_click_on_a_mark_toggles_and_is_silent(bench: Rig) -> None:
    found = searched(bench)
    tree_ = found.table.tree
    x, y, _, height = (int(part) for part in tree_.bbox(tree_.get_children()[2], "#0"))
    bench.hands.click(tree_, x + found._theme.px(44), y + height // 2)
    bench.wait(lambda: cell(bench, 2, 1) == "stays, as you wish")
    assert bench.playing == ""
    bench.hands.click(tree_, x + found._theme.px(44), y + height // 2)
    bench.wait(lambda: cell(bench, 2, 1).startswith("goes"))


def test_one_group_can_be_cleaned_up_alone(bench: Rig, doubled: Path) -> None:
    searched(bench)
    go(bench, "End")
    shown_ = bench.window.cleanup.page.focused()  # type: ignore[union-attr]
    assert shown_ is not None
    bench.window.cleanup.clean(shown_.group)
    bench.wait(lambda: bench.window.pages.drawer.panel is not None, "the plan")
    bench.hands.key("Return")
    bench.wait(lambda: bench.window.toast.text.startswith("1 file put aside"), "the toast")
    assert [path for path in in_place(doubled) if "bass" in path] == ["Pack A/bass.wav"]


def test_what_is_no_duplicate_goes_and_comes_back(bench: Rig) -> None:
    found = searched(bench)
    go(bench, "Down")
    labels = {entry.label: entry for entry in bench.window.cleanup._entries(found)}
    assert not labels["Keep this one"].enabled and labels["Leave it out"].enabled
    dismiss = labels["Not a duplicate"].run
    assert dismiss is not None
    dismiss()
    bench.wait(lambda: found.bar.numbers.startswith(f"{GROUPS - 1} groups"), "one less")
    assert "kick" in bench.window.toast.text
    bench.hands.click(bench.window.toast.buttons["Undo"], 10, 10)
    bench.wait(lambda: found.bar.numbers.startswith(f"{GROUPS} groups"), "all of them")


def test_folders_inside_others_are_listed(bench: Rig) -> None:
    found = searched(bench)
    bench.wait(lambda: bool(bench.window.cleanup.model.overlaps), "the folders")
    bench.hands.click(found.bar.folders, 10, 10)
    bench.wait(found.folders.winfo_ismapped, "the list")
    folders = found.folders.table.tree
    bench.wait(lambda: str(folders.item(folders.get_children()[0], "text")).startswith("Doubled / "), "a folder")
    bench.hands.click(found.bar.folders, 10, 10)
    bench.wait(found.table.winfo_ismapped, "the groups")


def test_the_page_costs_nothing_before_it_is_shown(bench: Rig) -> None:
    assert "cleanup" not in vars(bench.window)
    page(bench)
    assert isinstance(vars(bench.window)["cleanup"], Cleanup)
    bench.hands.key("ctrl+1")
    bench.wait(bench.window.catalog.winfo_ismapped, "the catalog")


def test_every_look(bench: Rig) -> None:
    found = searched(bench)
    clean_up(bench, found)
    for choice in ("dark", "light"):
        bench.window.look.choose(choice)
        settle(bench.root)
        assert str(found.table.tree.tag_configure("head", "background")) == bench.window.theme.tokens.chrome
