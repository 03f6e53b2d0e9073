"""The first page: one thing to do, by click and by key."""

from collections.abc import Iterator
from pathlib import Path
from tkinter import filedialog

import pytest

from ctk.toolkit import Toolkit
from tests.ui.conftest import SOUNDS, Rig


@pytest.fixture
def empty(screen: str, toolkit: Toolkit) -> Iterator[Rig]:
    rig = Rig(toolkit)
    rig.wait(lambda: rig.window.start_page is not None and rig.window.start_page.winfo_ismapped())
    yield rig
    rig.window.quit()


def choose(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """The system's own dialog cannot be driven; this is what it would answer."""
    monkeypatch.setattr(filedialog, "askdirectory", lambda **_: answer)


def test_a_click_adds_a_folder(empty: Rig, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, str(samples))
    page = empty.window.start_page
    assert page is not None
    empty.hands.click(page.add, 20, 10)
    empty.wait(lambda: len(empty.names) == len(SOUNDS) + 1)


def test_enter_adds_a_folder(empty: Rig, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, str(samples))
    page = empty.window.start_page
    assert page is not None
    page.add.focus_force()
    empty.hands.key("Return")
    empty.wait(lambda: len(empty.names) == len(SOUNDS) + 1)


def test_changing_ones_mind_does_nothing(empty: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, "")
    empty.hands.key("ctrl+o")
    assert not empty.window.scanning()
