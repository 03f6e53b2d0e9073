"""The list: what a row shows, how state is told, what is kept."""

import dataclasses
import os
from pathlib import Path

import pytest

import ctk
from ctk.toolkit import Toolkit
from ctk.ui.views.columns import COLUMNS
from tests.display import settle
from tests.looks.making import own
from tests.sounds import make
from tests.ui.conftest import Rig

OTHERS = [id for id, *_ in COLUMNS if id not in ("name", "path")]


def cells(rig: Rig, line: int) -> list[str]:
    tree = rig.window.catalog.table.tree
    item = tree.get_children()[line]
    return [str(tree.item(item, "text")), *map(str, tree.item(item, "values"))]


def test_a_row_shows_the_facts(rig: Rig) -> None:
    rig.window.catalog.table.columns.hide(OTHERS)
    rig.hands.type("snare")
    rig.wait(lambda: rig.names == ["snare tight.wav"])
    rig.wait(lambda: cells(rig, 0)[1] == "Samples / Drums", "the folder")
    assert cells(rig, 0) == [
        *("snare tight.wav", "Samples / Drums", "", "", "WAV", "0.250 s", "", "", "one-shot"),
        *("", "22.05 kHz", "mono", "16 bit", cells(rig, 0)[13]),
    ]
    assert cells(rig, 0)[13].endswith(" KB")


def test_what_the_user_said_is_in_the_row(rig: Rig) -> None:
    row = rig.window.search.row(rig.names.index("kick 1.wav"))
    assert row is not None
    line = rig.window.catalog._line(dataclasses.replace(row, rating=4, tags=("dark", "punchy"), favourite=True))
    assert line.cells[2:4] == ("★★★★", "dark, punchy")
    assert line.image != rig.window.catalog._line(row).image


def test_what_it_is_in_the_row_and_a_guess_with_a_mark(rig: Rig) -> None:
    row = rig.window.search.row(rig.names.index("kick 1.wav"))
    assert row is not None
    for confidence, shown in ((0.9, "Effects"), (0.4, "Effects ?")):
        judged = dataclasses.replace(row, category="fx", confidence=confidence, engine="built-in")
        assert rig.window.catalog._line(judged).cells[9] == shown


def test_columns_are_switched_over_their_headings(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    lines = {line.label: line for line in rig.window.catalog.wishes.lines()}
    assert (lines["Tempo"].checked, lines["Depth"].checked) == (True, False)
    for title in ("Tempo", "Depth"):
        run = lines[title].run
        assert run is not None
        run()
    assert "bpm" in rig.toolkit.settings.hidden_columns and "bit_depth" not in rig.toolkit.settings.hidden_columns
    shown = [str(key) for key in tree.cget("displaycolumns")]
    assert "bit_depth" in shown and "bpm" not in shown


def test_what_cannot_be_sorted_by_stays_as_it_is(rig: Rig) -> None:
    rig.window.catalog.table.on_sort("tags")
    assert rig.window.search.wanted.sort == "name"
    rig.window.catalog.table.on_sort("rating")
    rig.wait(lambda: rig.window.search.ask.sort == "rating", "the order")


def test_a_broken_row_is_marked(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    line = rig.names.index("broken.wav")
    assert "bad" in tree.item(tree.get_children()[line], "tags")
    assert str(tree.tag_configure("bad", "foreground")) == rig.window.theme.tokens.danger
    good = rig.names.index("kick 1.wav")
    assert tree.item(tree.get_children()[line], "image") != tree.item(tree.get_children()[good], "image")


@pytest.mark.parametrize("state", ["missing", "offline", "cloud", "held"])
def test_what_is_not_here_is_dimmed(rig: Rig, state: str) -> None:
    row = rig.window.search.row(0)
    assert row is not None
    line = rig.window.catalog._line(dataclasses.replace(row, state=state))  # type: ignore[arg-type]
    colour = rig.window.catalog.table.tree.tag_configure(line.tag, "foreground")
    assert str(colour) == rig.window.theme.tokens.dim


def test_the_playing_row_is_marked_while_it_plays(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    plain = tree.item(tree.get_children()[0], "image")
    rig.hands.type("vocal")
    rig.hands.key("Down")
    rig.wait(lambda: tree.item(tree.get_children()[0], "image") != plain, "the mark")
    rig.hands.key("space")
    rig.wait(lambda: rig.toolkit.audio.now().state == "paused")


def test_the_path_of_the_focus_is_in_the_status_line(rig: Rig, samples: Path) -> None:
    rig.hands.key("ctrl+e")
    rig.hands.type("snare")
    rig.hands.key("Down")
    rig.wait(lambda: rig.status == os.fspath(samples / "Drums" / "snare tight.wav"))


def test_widths_are_kept_at_100_percent(rig: Rig) -> None:
    tree = rig.window.catalog.table.tree
    start = sum(int(tree.column(key, "width")) for key in ("#0", "path", "rating", "tags"))
    rig.hands.drag(tree, (start - 1, 8), (start + 29, 8))
    kept = rig.toolkit.settings.columns["tags"]
    assert kept == round(int(tree.column("tags", "width")) / rig.window.theme.scale)
    assert kept >= 64 + 20


@pytest.mark.skipif(os.name == "nt", reason="only on systems where names are any bytes")
def test_any_name_can_be_shown_and_played(screen: str, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names = [b"caf\xe9 \xff.wav", b"two\nlines.wav", "🥁 drum %s {x}.wav".encode(), b"n" * 246 + b".wav"]
    plain = make("wav_16", tmp_path / "plain.wav", seconds=0.5)
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(plain.read_bytes())
    with ctk.open(home) as toolkit:
        toolkit.sources.scan([folder]).result(30)
        rig = Rig(toolkit)
        rig.wait(lambda: len(rig.names) == len(names))
        shown = sorted(rig.names)
        assert "two⏎lines.wav" in shown and "🥁 drum %s {x}.wav" in shown
        assert any(name.startswith("caf\N{REPLACEMENT CHARACTER}") for name in shown)
        for _ in names:
            rig.hands.key("Down")
            at = rig.window.selection.focus or 0
            row = rig.window.search.row(at)
            rig.wait(lambda row=row: row and toolkit.audio.now().path == row.path, "the sound")  # type: ignore[misc]
        rig.window.quit()


def test_a_scan_does_not_disturb_who_is_picking(rig: Rig, toolkit: Toolkit, tmp_path: Path) -> None:
    rig.hands.key("Down", "shift+Down")
    folder = tmp_path / "more"
    folder.mkdir()
    make("wav_16", folder / "0.wav", seconds=0.1)
    rig.window.scans.scan([str(folder)])
    rig.wait(lambda: "0.wav" in rig.names)
    rig.hands.key("shift+Down")
    settle(rig.root)
    assert len(rig.picked) == 3 and "0.wav" not in rig.picked


def test_columns_are_in_the_order_of_the_look_until_the_user_has_another(rig: Rig) -> None:
    look, tree, settings = rig.window.look, rig.window.catalog.table.tree, rig.toolkit.settings
    rig.wait(lambda: rig.window.filters.shown, "the filters, before which no heading can be moved")

    def shown() -> list[str]:
        return [str(key) for key in tree.cget("displaycolumns")]

    order = '["duration_s", "bpm", "key", "format", "path"]'
    own(rig.toolkit.home, "mine", f'[columns]\norder = {order}\nhidden = ["rating"]\nwidths.duration_s = 90\n')
    look.choose("mine")
    wide = round(90 * rig.window.theme.scale)
    rig.wait(lambda: tree.column("duration_s", "width") == wide, "the columns of the look")
    settle(rig.root, 6)
    assert shown()[:5] == ["duration_s", "bpm", "key", "format", "path"] and "rating" not in shown()
    left = int(tree.column("#0", "width"))
    rig.hands.drag(tree, (left + 20, 8), (left + int(tree.column("duration_s", "width")) + 40, 8))
    rig.wait(lambda: shown()[:2] == ["bpm", "duration_s"], "the other order")
    assert settings.column_order[:3] == ["name", "bpm", "duration_s"]
    look.choose("dark")
    assert shown()[:2] == ["bpm", "duration_s"] and "format" not in shown()
    rig.window.catalog.wishes.lines()[-1].run()  # type: ignore[misc]
    assert shown()[:2] == ["path", "rating"] and settings.column_order == []


def test_columns_are_wider_for_larger_writing_but_not_those_that_were_dragged(rig: Rig) -> None:
    tree, px = rig.window.catalog.table.tree, rig.window.theme.px
    start = sum(int(tree.column(key, "width")) for key in ("#0", "path", "rating", "tags"))
    rig.hands.drag(tree, (start - 1, 8), (start + 29, 8))
    dragged = tree.column("tags", "width")
    own(rig.toolkit.home, "mine", "[fonts]\nsize = 160\n[columns.widths]\nbpm = 100\n")
    rig.window.look.choose("mine")
    settle(rig.root)
    assert tree.column("tags", "width") == dragged
    assert (tree.column("duration_s", "width"), tree.column("bpm", "width")) == (px(68 * 1.6), px(160))
    rig.window.actions["view.looks"].run()
    looks = rig.window.looks.panel.table.tree
    assert looks.column("state", "width") == px(100) * 1.6
    rig.window.look.choose("dark")
    settle(rig.root)
    assert (tree.column("tags", "width"), tree.column("duration_s", "width")) == (dragged, px(68))
    assert looks.column("state", "width") == px(100)


def test_only_widths_that_were_dragged_come_before_those_of_the_look(rig: Rig) -> None:
    tree, scale = rig.window.catalog.table.tree, rig.window.theme.scale
    start = sum(int(tree.column(key, "width")) for key in ("#0", "path", "rating", "tags"))
    rig.hands.drag(tree, (start - 1, 8), (start + 29, 8))
    assert set(rig.toolkit.settings.columns) == {"name", "path", "tags"}
    own(rig.toolkit.home, "mine", "[columns.widths]\nduration_s = 90\ntags = 300\n")
    rig.window.look.choose("mine")
    assert tree.column("tags", "width") == round(rig.toolkit.settings.columns["tags"] * scale)
    assert tree.column("duration_s", "width") == round(90 * scale)


def test_nothing_is_said_of_what_matches_while_a_text_cannot_be_read(rig: Rig) -> None:
    catalog = rig.window.catalog
    rig.hands.type("zzz")
    rig.wait(lambda: "zzz" in catalog.advice, "the advice")
    rig.hands.type(" len:x")
    rig.wait(lambda: catalog.bar.trouble, "the explanation")
    assert not catalog.advice
    rig.window.search.refresh_soon()
    settle(rig.root, 20)
    assert catalog.bar.trouble and not catalog.advice
    rig.hands.key("BackSpace", "BackSpace", "BackSpace", "BackSpace", "BackSpace")
    rig.wait(lambda: "zzz" in catalog.advice, "the advice")
    assert not catalog.bar.trouble


def test_a_narrow_column_shows_where_a_folder_ends(rig: Rig) -> None:
    rig.hands.type("snare")
    rig.wait(lambda: rig.names == ["snare tight.wav"])
    columns = rig.window.catalog.table.columns
    columns.hide(OTHERS)
    rig.wait(lambda: cells(rig, 0)[1] == "Samples / Drums", "the folder")
    columns.hide(["format"])
    rig.wait(lambda: cells(rig, 0)[1] == "… / Drums", "the end of it")
