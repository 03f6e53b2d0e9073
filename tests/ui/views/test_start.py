"""The first page: the places that were found, one click that adds them, and a folder of one's own."""

import time
from collections.abc import Iterator
from pathlib import Path
from tkinter import filedialog

import numpy as np
import pytest

import ctk
from ctk.catalog.lock import exclusive
from ctk.sources.landmarks import Candidate
from ctk.toolkit import Toolkit
from ctk.ui.models.places import NOTHING
from ctk.ui.views.start import LOOK_MS, StartPage
from tests import sound_server
from tests.display import middle_of
from tests.ui.conftest import SOUNDS, Rig

ALL = len(SOUNDS) + 1


@pytest.fixture
def empty(screen: str, toolkit: Toolkit, usual: list[Candidate], samples: Path) -> Iterator[Rig]:
    """The window over an empty catalog, on a machine with audio in three places."""
    for name in ("", "Drums", "Loops"):
        usual.append(Candidate(str(samples / name), name or "Samples", "folder"))
    rig = Rig(toolkit)
    rig.wait(rig.window.discovery.page.winfo_ismapped, "the first page")
    rig.window.discovery.page.arrive()  # the rig took the keys elsewhere
    yield rig
    rig.window.quit()


@pytest.fixture
def page(empty: Rig) -> StartPage:
    """The first page when the search is over."""
    empty.wait(lambda: empty.window.discovery.places.searched, "the places")
    return empty.window.discovery.page


def lines(page: StartPage) -> list[tuple[str, ...]]:
    tree = page.list.tree
    items = [item for item in tree.get_children() if tree.item(item, "text")]
    return [(str(tree.item(item, "text")), *map(str, tree.item(item, "values"))) for item in items]


def choose(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """The system's own dialog cannot be driven; this is what it would answer."""
    monkeypatch.setattr(filedialog, "askdirectory", lambda **_: answer)


def test_places_are_listed_with_what_is_in_them(empty: Rig, page: StartPage, samples: Path) -> None:
    empty.wait(lambda: len(lines(page)) == 3)
    assert [(name, count) for name, _, count, _ in lines(page)] == [("Drums", "6"), ("Samples", "2"), ("Loops", "2")]
    where = lines(page)[0][1]
    assert where == f"{samples / 'Drums'}   \N{MIDDLE DOT}   part of Samples"


def test_one_click_adds_and_scans(empty: Rig, page: StartPage, samples: Path) -> None:
    empty.hands.click(page.add, 20, 10)
    empty.wait(lambda: len(empty.names) == ALL, "the list")
    assert [source.path for source in empty.toolkit.sources.list()] == [str(samples)]
    assert empty.window.catalog.winfo_ismapped()


def test_return_adds_and_scans_since_the_button_has_the_keys(empty: Rig, page: StartPage) -> None:
    empty.wait(lambda: str(empty.root.focus_get()) == str(page.add), "the keys at the button")
    empty.hands.key("Return")
    empty.wait(lambda: len(empty.names) == ALL, "the list")


def test_two_keys_lead_from_an_empty_catalog_to_the_first_sound(
    screen: str, home: Path, usual: list[Candidate], samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual.append(Candidate(str(samples), "Samples", "folder"))
    monkeypatch.delenv("CTK_AUDIO_BACKEND")
    with sound_server.running() as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        with ctk.open(home) as toolkit, server.recording() as heard:
            rig = Rig(toolkit)
            page = rig.window.discovery.page
            page.arrive()
            rig.wait(lambda: str(rig.root.focus_get()) == str(page.add), "the keys at the button")
            rig.hands.key("Return")
            rig.wait(lambda: len(rig.names) == ALL, "the list")
            assert not np.any(heard.samples())
            rig.hands.key("Down")
            rig.wait(lambda: np.any(np.abs(heard.samples()) > 0.01), "a sound")
            assert rig.playing == rig.names[0]
            rig.window.quit()


def test_a_click_on_a_place_leaves_it_out(empty: Rig, page: StartPage, samples: Path) -> None:
    empty.wait(lambda: len(lines(page)) == 3)
    empty.hands.click(page.list, 60, middle_of(page.list.tree, 1))
    assert empty.window.discovery.places.wanted == [str(samples / "Drums"), str(samples / "Loops")]
    empty.hands.click(page.list, 60, middle_of(page.list.tree, 1))
    assert empty.window.discovery.places.wanted == [str(samples)]


def test_keys_reach_everything(empty: Rig, page: StartPage, samples: Path) -> None:
    empty.wait(lambda: str(empty.root.focus_get()) == str(page.add))
    empty.hands.key("shift+Tab")
    empty.wait(lambda: str(empty.root.focus_get()) == str(page.list.tree), "the keys in the list")
    empty.hands.key("Down", "Down", "space")
    assert empty.window.discovery.places.wanted == [str(samples / "Drums"), str(samples / "Loops")]
    empty.hands.key("Down", "space")
    assert empty.window.discovery.places.wanted == [str(samples / "Drums")]
    empty.hands.key("Return")
    empty.wait(lambda: len(empty.names) == 6, "the list")


def test_with_nothing_ticked_there_is_nothing_to_click(empty: Rig, page: StartPage) -> None:
    page.list.tree.focus_force()
    empty.hands.key("ctrl+a")
    assert empty.window.discovery.places.wanted == []
    assert page.add.instate(["disabled"])


def test_a_click_adds_a_folder(empty: Rig, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, str(samples / "Bass"))
    empty.hands.click(empty.window.discovery.page.choose, 20, 10)
    empty.wait(lambda: len(empty.names) == 2)


def test_enter_adds_a_folder(empty: Rig, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, str(samples / "Bass"))
    empty.window.discovery.page.choose.focus_force()
    empty.hands.key("Return")
    empty.wait(lambda: len(empty.names) == 2)


def test_changing_ones_mind_does_nothing(empty: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, "")
    empty.hands.key("ctrl+o")
    assert not empty.window.scans.running


def test_where_nothing_is_found_a_folder_is_asked_for(screen: str, toolkit: Toolkit) -> None:
    rig = Rig(toolkit)
    page = rig.window.discovery.page
    page.arrive()
    rig.wait(lambda: rig.window.discovery.places.searched, "the end of the search")
    assert not page.add.winfo_ismapped() and page.choose.winfo_ismapped()
    assert rig.window.discovery.places.note == NOTHING
    assert str(rig.root.focus_get()) == str(page.choose)
    rig.window.quit()


def test_nothing_is_searched_while_folders_are_read(
    screen: str, toolkit: Toolkit, usual: list[Candidate], samples: Path
) -> None:
    usual.append(Candidate(str(samples), "Samples", "folder"))
    with exclusive(toolkit.home / "scan.lock", lambda: None):
        rig = Rig(toolkit, (str(samples),))
        rig.wait(lambda: rig.window.scans.running, "the scan, which waits for the lock")
        looked = time.monotonic() + 3 * LOOK_MS / 1000
        rig.wait(lambda: time.monotonic() > looked)
        assert not rig.window.discovery.places.searching and not rig.window.discovery.places.searched
    rig.wait(lambda: len(rig.names) == ALL, "the list")
    rig.window.quit()


@pytest.mark.parametrize("size", ["700x420", "1280x760"])
def test_everything_is_in_sight_at_any_size(empty: Rig, page: StartPage, size: str) -> None:
    empty.root.geometry(size)
    empty.wait(lambda: f"{empty.root.winfo_width()}x{empty.root.winfo_height()}" == size)
    empty.wait(lambda: page.add.winfo_rooty() + page.add.winfo_height() <= page.winfo_rooty() + page.winfo_height())
    assert page.list.winfo_rootx() >= page.winfo_rootx()
    assert page.list.height >= 2
