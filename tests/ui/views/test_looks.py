"""Choosing a look in the window, with the keys alone."""

from pathlib import Path
from tkinter import filedialog

import pytest
from PIL import ImageChops

import ctk
from ctk import paths
from ctk.looks.shelf import BUILTIN
from ctk.ui import programs
from ctk.ui.views.looks import LooksPanel
from tests.display import settle
from tests.looks.making import look, own
from tests.ui.conftest import Rig
from tests.ui.screens import of


def opened(rig: Rig) -> LooksPanel:
    rig.window.actions["view.looks"].run()
    rig.wait(lambda: rig.window.looks.panel.table.lines_shown, "the list of looks")
    return rig.window.looks.panel


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Folders that were opened."""
    found: list[str] = []
    monkeypatch.setattr(programs, "open_default", found.extend)
    return found


def test_arrows_show_each_and_escape_goes_back(rig: Rig) -> None:
    rig.window.look.choose("dark")
    opened(rig)
    for id in BUILTIN[1:]:
        rig.hands.key("Down")
        assert rig.window.theme.look.id == id
    rig.hands.key("Escape")
    assert rig.window.theme.look.id == "dark" == rig.toolkit.settings.theme
    assert rig.window.pages.drawer.panel is None


def test_return_keeps(rig: Rig) -> None:
    rig.window.look.choose("dark")
    opened(rig)
    rig.hands.key("Down", "Return")
    assert rig.window.theme.look.id == "light" == rig.toolkit.settings.theme
    assert rig.window.pages.drawer.panel is None


def test_another_panel_ends_the_preview(rig: Rig) -> None:
    rig.window.look.choose("dark")
    opened(rig)
    rig.hands.key("Down")
    rig.window.actions["edit.history"].run()
    rig.wait(lambda: rig.window.theme.look.id == "dark", "the look that was chosen")


def test_its_maker_sees_what_changed_and_what_is_wrong(rig: Rig, shown: list[str]) -> None:
    rig.window.look.choose("neon")
    panel = opened(rig)
    panel.tools["Make your own..."].invoke()
    settle(rig.root)
    rig.hands.type("mine")
    rig.hands.key("Return")
    rig.wait(lambda: shown, "its folder")
    sheet = Path(shown[0]) / "look.toml"
    assert rig.window.theme.look.id == "mine" == sheet.parent.name
    rig.hands.key("Escape")
    sheet.write_text(sheet.read_text().replace('chrome = "#150f2b"', 'chrome = "#203040"'))
    rig.hands.key("F6")
    assert rig.window.theme.tokens.chrome == "#203040"
    number = next(at for at, line in enumerate(sheet.read_text().split("\n"), 1) if line.startswith("radius"))
    sheet.write_text(sheet.read_text().replace("radius = 12", "radius = 1200"))
    rig.hands.key("F6")
    rig.wait(lambda: panel.faults.lines_shown, "the errors")
    tree = panel.faults.tree
    assert tree.item(tree.get_children()[0], "text") == f"look.toml:{number}"
    assert rig.window.theme.look.spacing.radius == 12 and "stays as it was" in rig.status


def test_what_is_wrong_has_half_of_the_width(rig: Rig, tmp_path: Path) -> None:
    panel = opened(rig)
    whole = panel.table.winfo_width()
    rig.window.looks.model.install(str(look(tmp_path / "bad", "[colours]\ntext = 1\n")))
    rig.wait(lambda: panel.faults.lines_shown, "the errors")
    settle(rig.root)
    assert abs(panel.faults.winfo_width() - whole / 2) < 20 and abs(panel.table.winfo_width() - whole / 2) < 20
    rig.window.looks.model.move(0)
    rig.wait(lambda: panel.table.winfo_width() == whole, "all of the width")


def test_what_is_installed_is_in_sight(rig: Rig, tmp_path: Path) -> None:
    """Also where its rows are higher, and when the window gets lower."""
    rig.window.look.choose("compact")
    panel = opened(rig)
    tree = panel.table.tree
    new = look(tmp_path / "new", "[spacing]\nscale = 130\nrow = 20\n")
    rig.window.looks.model.install(str(new))
    for height in (700, 560):
        rig.root.geometry(f"1100x{height}")
        rig.wait(lambda height=height: rig.root.winfo_height() == height, "the size")  # type: ignore[misc]
        settle(rig.root)
        shown = next(item for item in tree.get_children() if tree.item(item, "text") == "Mine")
        assert tree.bbox(shown) and panel.table.focus_at == len(BUILTIN) < panel.table.top + panel.table.height


def test_files_are_looked_for_where_they_are_loaded_down(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def cancelled(*, initialdir: str, **_: object) -> str:
        begun.append(initialdir)
        return ""

    for name in ("askopenfilename", "asksaveasfilename"):
        monkeypatch.setattr(filedialog, name, cancelled)
    folders = {"downloads": str(tmp_path / "Downloads"), "home": str(tmp_path)}
    monkeypatch.setattr(paths, "user_folders", lambda: folders)
    panel = opened(rig)
    panel.tools["Install from file..."].invoke()
    (tmp_path / "Downloads").mkdir()
    panel.tools["Install from file..."].invoke()
    panel.tools["Export..."].invoke()
    assert begun == [str(tmp_path), folders["downloads"], folders["downloads"]]


def test_what_is_removed_is_brought_back_by_keys(rig: Rig) -> None:
    own(rig.toolkit.home, "mine")
    rig.window.look.choose("mine")
    panel = opened(rig)
    remove = panel.tools["Remove"]
    remove.focus_set()
    rig.hands.key("space")
    assert not (rig.toolkit.home / "looks" / "mine").exists()
    assert rig.window.theme.look.id == "dark" == rig.toolkit.settings.theme and rig.status == "Mine is removed."
    assert remove.instate(["disabled"]), "those of the program stay"
    rig.hands.key("Escape")
    panel = opened(rig)
    for _ in range(12):
        if rig.root.focus_get() == panel.undo:
            break
        rig.hands.key("Tab")
    assert panel.undo is not None and panel.undo.cget("text") == "Bring Mine back"
    rig.hands.key("space")
    assert (rig.toolkit.home / "looks" / "mine" / "look.toml").exists() and panel.undo is None
    assert rig.window.theme.look.id == "mine" == rig.toolkit.settings.theme
    assert rig.root.focus_get() == panel.table.tree


def test_a_broken_look_falls_back_when_the_window_opens(rig: Rig, screen: str) -> None:
    own(rig.toolkit.home, "mine", "[colours]\ntext = 1\n", parent="light")
    rig.toolkit.settings.theme = "mine"
    rig.toolkit.settings.save()
    again = Rig(rig.toolkit)
    assert again.window.theme.look.id == "light"
    again.wait(lambda: "Mine has errors" in again.status, "the reason")
    again.window.quit()


def test_a_look_changes_while_a_scan_runs(rig: Rig) -> None:
    rig.window.scans.scan()
    for id in (*BUILTIN, "light"):
        rig.window.look.choose(id)
        rig.root.update()
    rig.wait(lambda: "nothing has changed" in rig.status, "the end of the scan")
    assert len(rig.names) == 10 and rig.window.theme.look.id == "light"


def test_a_look_is_the_same_picture_in_another_home(rig: Rig, tmp_path: Path, samples: Path, shown: list[str]) -> None:
    """Made, changed, sent to someone else and taken over there."""
    rig.window.look.choose("neon")
    looks = rig.window.looks.model
    looks.begin()
    folder = looks.fork("Mine")
    assert folder is not None
    sheet = folder / "look.toml"
    sheet.write_text(sheet.read_text().replace('surface = "#0d0920"', 'surface = "#102030"'))
    rig.window.actions["view.reload"].run()
    looks.export(str(tmp_path / "mine.ctklook"))
    with ctk.open(tmp_path / "other") as theirs:
        theirs.sources.scan([samples]).result(30)
        other = Rig(theirs)
        other.window.looks.model.begin()
        other.window.looks.model.install(str(tmp_path / "mine.ctklook"))
        other.window.looks.model.keep()
        other.wait(lambda: len(other.names) == 10, "the rows")
        other.wait(lambda: other.window.library.stats and not any(strip.on for strip in other.window.status.progress))
        pictures = []
        for each in (rig, other):
            each.window.status.complain("")
            each.root.lift()
            each.root.focus_force()
            each.window.catalog.bar.field.entry.focus_force()
            each.root.after(300, each.root.quit)
            each.root.mainloop()
            pictures.append(of(each.window.catalog))
        other.window.quit()
    assert other.window.theme.tokens.surface == "#102030"
    assert pictures[0].size == pictures[1].size
    box = ImageChops.difference(*pictures).getbbox()
    assert box is None, f"other pixels in {box}"
