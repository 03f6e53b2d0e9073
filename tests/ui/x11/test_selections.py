"""What is asked of a selection beside one kind of data: several at once, its time, and pieces for one who goes away."""

import sys
import tkinter as tk

import pytest

from ctk.ui.x11.connection import Connection
from ctk.ui.x11.selections import CHUNK, Selections
from tests.display import turn

if sys.platform not in ("win32", "darwin"):
    from Xlib import X, Xatom, display

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only on X11")


class Asker:
    """Another client of the display, which asks and looks without waiting."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self.display = display.Display()
        self.window = self.display.screen().root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))

    def ask(self, target: str, property: str) -> int:
        """The property the answer names; 0 for a refusal."""
        self.window.convert_selection(self.atom("CLIPBOARD"), self.atom(target), self.atom(property), X.CurrentTime)
        self.display.flush()
        answers: list[int] = []

        def look() -> bool:
            while self.display.pending_events():
                event = self.display.next_event()
                if event.type == X.SelectionNotify:
                    answers.append(event.property)
            return bool(answers)

        turn(self._root, look, "an answer")
        return answers[0]

    def held(self, property: str) -> tuple[str, list[int]]:
        found = self.window.get_full_property(self.atom(property), X.AnyPropertyType)
        return self.display.get_atom_name(found.property_type), list(found.value)


@pytest.fixture
def selections(root: tk.Tk) -> Selections:
    selections = Selections(Connection(root))
    selections.offer("CLIPBOARD", {"text/plain": b"words", "big": bytes(CHUNK + 1)}, selections.connection.time())
    return selections


@pytest.fixture
def asker(root: tk.Tk) -> Asker:
    return Asker(root)


def test_several_kinds_at_once(selections: Selections, asker: Asker) -> None:
    pairs = [asker.atom(name) for name in ("text/plain", "FIRST", "image/png", "SECOND", "TARGETS", "THIRD")]
    asker.window.change_property(asker.atom("PAIRS"), asker.atom("ATOM_PAIR"), 32, pairs)
    assert asker.ask("MULTIPLE", "PAIRS") == asker.atom("PAIRS")
    assert asker.held("PAIRS")[1] == [*pairs[:3], 0, *pairs[4:]]
    assert asker.held("FIRST") == ("text/plain", list(b"words"))
    assert asker.atom("text/plain") in asker.held("THIRD")[1]
    asker.window.delete_property(asker.atom("PAIRS"))
    assert asker.ask("MULTIPLE", "PAIRS") == 0


def test_since_when(selections: Selections, asker: Asker) -> None:
    before = selections.connection.time()
    selections.offer("CLIPBOARD", {"text/plain": b"other"}, before)
    assert asker.ask("TIMESTAMP", "WHEN")
    assert asker.held("WHEN") == ("INTEGER", [before])


def test_one_who_goes_away_amid_the_pieces_is_forgotten(root: tk.Tk, selections: Selections, asker: Asker) -> None:
    assert asker.ask("big", "HERE")
    assert asker.held("HERE") == ("INCR", [CHUNK + 1])
    assert len(selections._pieces) == 1
    asker.display.close()
    turn(root, lambda: not selections._pieces, "it forgotten")
    assert Asker(root).ask("text/plain", "HERE")


def test_a_kind_that_is_not_offered_is_refused(selections: Selections, asker: Asker) -> None:
    assert asker.ask("image/png", "HERE") == 0
    assert asker.window.get_full_property(asker.atom("HERE"), Xatom.STRING) is None
