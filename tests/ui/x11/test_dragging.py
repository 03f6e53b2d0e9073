"""Dragging into programs of many kinds: slow ones, old ones, ones with a window that speaks for another."""

import sys
import tkinter as tk
from collections.abc import Callable
from typing import Any

import pytest

from ctk.ui.x11.connection import Connection
from ctk.ui.x11.dragging import Dragging
from ctk.ui.x11.selections import Selections
from tests import xdnd
from tests.display import turn

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")

PLACE = (900, 600, 100, 100)
OVER = (950, 650)
DATA = b"file:///a.wav\r\n"


class Source:
    """Drags something, without a pointer."""

    def __init__(self, root: tk.Tk) -> None:
        self.root = root
        self.link = Connection(root)
        self.selections = Selections(self.link)
        self.changes = 0
        self.dragging = Dragging(self.link, self.selections, self.changed)

    def changed(self) -> None:
        self.changes += 1

    def begin(self, *kinds: str) -> None:
        contents = dict.fromkeys(kinds or ("text/uri-list",), DATA)
        self.dragging.begin(contents, self.root.winfo_id(), self.link.time())

    def move(self, x: int, y: int) -> None:
        self.dragging.move(x, y, self.link.time())

    def drop(self) -> None:
        self.dragging.drop(self.link.time())

    def wait(self, until: Callable[[], object], what: str) -> None:
        turn(self.root, until, what)


@pytest.fixture
def source(root: tk.Tk) -> Source:
    return Source(root)


def ready(source: Source, **traits: Any) -> xdnd.Program:
    program = xdnd.target(*PLACE, **traits)
    source.wait(lambda: program.told("ready"), "the other program")
    return program


def test_a_slow_program_gets_the_newest_place_and_the_drop_in_the_end(source: Source) -> None:
    with ready(source, slow=True) as other:
        source.begin()
        for x in range(910, 960, 10):
            source.move(x, 650)
        source.drop()
        assert other.told("dropped") is None
        source.wait(lambda: other.told("dropped"), "the drop")
        assert bytes.fromhex(other.told("dropped")["text/uri-list"]["hex"]) == DATA
        source.wait(lambda: not source.selections.offered("XdndSelection"), "the end of it")


def test_a_slow_program_is_told_where_the_pointer_is_when_it_has_answered(source: Source) -> None:
    with ready(source, slow=True) as other:
        source.begin()
        for x in range(910, 960, 10):
            source.move(x, 650)
        source.wait(lambda: other.told("position") == [950, 650], "the last place")
        assert sum("position" in line for line in other.said) == 2
        source.dragging.cancel()
        source.wait(lambda: other.told("left"), "the end")


def test_one_window_speaks_for_another(source: Source) -> None:
    with ready(source, proxy=True) as other:
        source.begin()
        source.move(*OVER)
        source.wait(lambda: source.dragging.accepted, "the answer")
        source.drop()
        source.wait(lambda: other.told("dropped"), "the drop")


@pytest.mark.parametrize(("knows", "spoken"), [(3, 3), (4, 4), (9, 5)])
def test_the_version_that_both_know_is_spoken(source: Source, knows: int, spoken: int) -> None:
    with ready(source, knows=knows) as other:
        source.begin()
        source.move(*OVER)
        source.wait(lambda: other.told("entered"), "the entry")
        assert other.told("version") == spoken
        source.dragging.cancel()


def test_a_program_with_too_old_a_version_is_passed_over(source: Source) -> None:
    with ready(source, knows=2) as other:
        source.begin()
        source.move(*OVER)
        source.drop()
        source.link.time()
        assert other.told("entered") is None and not source.dragging.accepted


def test_more_kinds_than_fit_into_a_message(source: Source) -> None:
    kinds = ("text/uri-list", "text/plain", "a/b", "c/d", "e/f")
    with ready(source) as other:
        source.begin(*kinds)
        source.move(*OVER)
        source.wait(lambda: other.told("entered"), "the entry")
        assert tuple(other.told("entered")) == kinds
        source.dragging.cancel()


def test_over_and_away_again(source: Source) -> None:
    with ready(source) as other:
        source.begin()
        source.move(*OVER)
        source.wait(lambda: source.dragging.accepted, "the answer")
        source.move(1100, 50)
        source.wait(lambda: other.told("left"), "the leave")
        assert not source.dragging.accepted and source.changes == 2
        source.drop()
        assert not source.selections.offered("XdndSelection")
        assert other.told("dropped") is None
