"""The page of sources, in a real window."""

from pathlib import Path
from tkinter import ttk

from ctk.events import FilesVanished
from ctk.records import Vanished
from ctk.ui.views.pages import SOURCES
from ctk.ui.views.sources import SourcesView
from tests.ui.conftest import Rig


def turned(rig: Rig) -> SourcesView:
    rig.hands.key("ctrl+2")
    rig.wait(lambda: rig.window.pages.name == SOURCES, "the page")
    page = rig.window.folders.page
    assert page is not None
    rig.wait(lambda: page.table.lines_shown == 1 and page.troubles.total == 1, "its rows")
    return page


def cells(tree: ttk.Treeview) -> tuple[str, ...]:
    """The first line."""
    first = tree.get_children()[0]
    return str(tree.item(first, "text")), *map(str, tree.item(first, "values"))


def test_the_page_tells_how_each_folder_stands(rig: Rig, samples: Path) -> None:
    page = turned(rig)
    folder, state, files, *_, missing, cloud, problems, scanned = cells(page.table.tree)
    assert (folder, state, missing, cloud, problems) == (str(samples), "available", "", "", "1")
    assert int(files) in (9, 10)
    assert scanned.startswith("today ")


def test_what_cannot_be_read_is_listed_with_its_reason(rig: Rig) -> None:
    page = turned(rig)
    tree = page.troubles.tree
    name, _, why = cells(tree)
    assert name == "broken.wav"
    assert why.endswith(".")


def test_forgetting_a_folder_takes_a_second_word(rig: Rig, samples: Path) -> None:
    page = turned(rig)
    rig.hands.key("Home")
    entries = {entry.label: entry for entry in rig.window.folders._entries()}
    forget = entries["Forget this folder..."].run
    assert forget is not None
    forget()
    assert "No file is touched" in rig.window.toast.text
    rig.root.update()
    assert page.table.lines_shown == 1
    rig.window.toast.buttons["Forget"].invoke()
    rig.wait(lambda: rig.toolkit.sources.list() == [], "the end of it")
    assert (samples / "Drums" / "kick 1.wav").is_file()


def test_enter_scans_a_folder_again(rig: Rig, samples: Path) -> None:
    page = turned(rig)
    before = rig.toolkit.sources.list()[0].scanned_s
    rig.hands.key("Return")
    rig.wait(lambda: rig.toolkit.sources.list()[0].scanned_s != before, "the scan")
    assert page.table.lines_shown == 1


def test_a_question_about_many_files_leads_to_the_page(rig: Rig, samples: Path) -> None:
    rig.toolkit.events.emit(FilesVanished((Vanished(1, str(samples), 80, 100),)))
    rig.wait(lambda: "80 of 100 files" in rig.window.toast.text, "the question")
    rig.window.toast.buttons["Look"].invoke()
    page = rig.window.folders.page
    assert page is not None
    rig.wait(page.question.winfo_ismapped, "the question on the page")
    page.question.keep.invoke()
    rig.wait(lambda: not page.question.winfo_ismapped(), "the end of the question")
