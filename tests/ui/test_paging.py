"""Each page is made when it is first turned to, and gets the keys."""

from pathlib import Path

from ctk.toolkit import Toolkit
from tests.display import settle
from tests.ui.conftest import Rig


def test_a_page_gets_the_keys_when_it_is_turned_to(rig: Rig) -> None:
    window = rig.window
    assert window.paging.here() and not vars(window).keys() & {"cleanup", "folders", "map"}
    rig.hands.key("ctrl+2")
    assert not window.paging.here()
    assert str(rig.root.focus_get()).startswith(str(window.pages._pages["Sources"]))
    rig.hands.key("ctrl+1")
    assert window.paging.here() and rig.root.focus_get() == window.catalog.bar.field.entry
    assert not vars(window).keys() & {"cleanup", "map"}


def test_the_list_of_duplicates_knows_the_keys_of_lists(bench: Rig) -> None:
    bench.hands.key("ctrl+3")
    page = bench.window.pages._pages["Duplicates"]
    table = page.table.tree  # type: ignore[attr-defined]
    assert table.bind("<space>")


def test_what_is_played_is_what_is_in_focus_on_the_page_in_sight(rig: Rig) -> None:
    rig.hands.key("ctrl+e", "Down")
    rig.window.play_focused()
    rig.wait(lambda: rig.playing == rig.picked[0], "the sound")


def test_the_first_page_goes_when_there_is_something_to_list(screen: str, toolkit: Toolkit, samples: Path) -> None:
    rig = Rig(toolkit)
    rig.wait(rig.window.discovery.page.winfo_ismapped, "the first page")
    rig.window.scans.scan([str(samples)])
    rig.wait(lambda: rig.names, "the rows")
    settle(rig.root)
    assert not rig.window.discovery.page.winfo_ismapped() and rig.window.catalog.winfo_ismapped()
    rig.window.quit()
