"""What stands there at the first paint, to which the benchmark of starting compares an empty window."""

import tkinter as tk
from collections import Counter
from collections.abc import Iterator
from tkinter import ttk

import pytest

from ctk.toolkit import Toolkit
from ctk.ui import app
from tests.bench import shell
from tests.display import turn

Seen = tuple[tuple[str, ...], object]


@pytest.fixture
def ours(screen: str, filled: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Counter[Seen]:
    """The widgets of the window as it is painted first."""
    monkeypatch.setattr(app, "SETTLE_MS", 1_000_000)
    window = app.Window(tk.Tk(className="ctk"), filled)
    window.open()
    turn(window.root, lambda: window.catalog.table.lines_shown)
    seen = Counter(inside(window.root))
    window.quit()
    return seen


def test_the_bare_window_of_the_benchmark_has_the_same_widgets(ours: Counter[Seen]) -> None:
    root = tk.Tk()
    shell.build(root)
    root.update_idletasks()
    bare = Counter(inside(root))
    root.destroy()
    assert bare == ours


def inside(widget: tk.Misc, around: tuple[str, ...] = ()) -> Iterator[Seen]:
    """Each widget with those it is in, and its entries, its columns, or whether there are words and a picture on it."""
    for child in widget.winfo_children():
        kinds = (*around, child.winfo_class())
        match child:
            case tk.Menu():
                last = child.index("end")
                yield kinds, tuple(str(child.type(at)) for at in range(0 if last is None else last + 1))
            case ttk.Treeview():
                yield kinds, (len(child["columns"]), len(child["displaycolumns"]))
            case ttk.Label() | ttk.Button() | ttk.Radiobutton() | ttk.Checkbutton():
                yield kinds, (bool(child["text"]), bool(child["image"]))
            case _:
                yield kinds, None
        yield from inside(child, kinds)
