"""Finding more audio later: the drawer offers it, and what is a source already is locked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ctk.sources.landmarks import Candidate
from tests.sounds import make
from tests.ui.conftest import SOUNDS, Rig

ALL = len(SOUNDS) + 1


@pytest.fixture
def more(tmp_path: Path) -> Path:
    make("wav_16", tmp_path / "aaa first.wav", seconds=0.1)
    return tmp_path


@pytest.fixture
def opened(rig: Rig, usual: list[Candidate], samples: Path, more: Path) -> Iterator[Rig]:
    """The drawer with a place that is in the catalog and one that is not, when the search is over."""
    usual += [Candidate(str(samples), "Samples", "folder"), Candidate(str(more), "More", "folder")]
    rig.window.discovery.show()
    rig.wait(lambda: rig.window.discovery.places.searched, "the places")
    yield rig


def test_what_is_new_is_offered_and_added(opened: Rig, more: Path) -> None:
    places, panel = opened.window.discovery.places, opened.window.discovery.panel
    assert [(choice.place.name, choice.fate) for choice in places.choices] == [("Samples", "known"), ("More", "added")]
    assert places.wanted == [str(more)]
    opened.hands.click(panel.add, 20, 10)
    opened.wait(lambda: "aaa first.wav" in opened.names, "the new sound")
    assert not panel.winfo_ismapped()


def test_return_in_the_list_adds(opened: Rig) -> None:
    opened.wait(lambda: str(opened.root.focus_get()) == str(opened.window.discovery.panel.list.tree))
    opened.hands.key("Return")
    opened.wait(lambda: len(opened.names) == ALL + 1, "the new sound")


def test_escape_closes_and_adds_nothing(opened: Rig) -> None:
    panel = opened.window.discovery.panel
    opened.wait(lambda: str(opened.root.focus_get()) == str(panel.list.tree))
    opened.hands.key("Escape")
    opened.wait(lambda: not panel.winfo_ismapped())
    assert len(opened.toolkit.sources.list()) == 1


def test_where_everything_is_known_there_is_nothing_to_add(rig: Rig, usual: list[Candidate], samples: Path) -> None:
    usual.append(Candidate(str(samples), "Samples", "folder"))
    rig.window.discovery.show()
    rig.wait(lambda: rig.window.discovery.places.searched, "the places")
    panel = rig.window.discovery.panel
    assert str(panel.words.cget("text")) == "All of it is in your catalog already."
    assert panel.add.instate(["disabled"])
