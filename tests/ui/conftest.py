"""A display for the tests of the window, real sounds in a real catalog, and the window itself."""

import gc
import logging
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pytest

import ctk
from ctk.sources.landmarks import Candidate
from ctk.toolkit import Toolkit
from ctk.ui.app import Window
from ctk.ui.staying import Tray
from tests.display import Hands, display, hands, settle, turn
from tests.sounds import make

log = logging.getLogger(__name__)

SOUNDS = (
    ("Drums/kick 1.wav", 0.2),
    ("Drums/kick 2.wav", 0.3),
    ("Drums/kick 10.wav", 0.4),
    ("Drums/snare tight.wav", 0.25),
    ("Drums/hat open.wav", 0.6),
    ("Bass/bass deep.wav", 2.0),
    ("Bass/bass sub.wav", 3.0),
    ("Loops/drum loop 120.wav", 4.0),
    ("Loops/vocal loop.wav", 5.0),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try again where a key or click came too late on a machine that stood still; -raR lists each."""
    for item in items:
        if isinstance(item, pytest.Function) and "screen" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """Let no other thread clear away what is left of a window: Tcl aborts the process when one does."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def usual(monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    """The places where audio usually is: none, lest tests find that of whoever runs them; a test may add some."""
    wanted: list[Candidate] = []
    monkeypatch.setattr("ctk.sources.discover.usual", lambda: wanted)
    return wanted


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    with display() as name:
        yield name


@pytest.fixture
def root(screen: str) -> Iterator[tk.Tk]:
    """An empty window with the keys; an exception in a callback is an ERROR in the log, which fails the test."""
    root = tk.Tk()
    root.report_callback_exception = _report
    root.geometry("800x500+0+0")
    root.update()
    root.focus_force()
    settle(root)
    yield root
    root.destroy()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library: nine sounds, and one that is broken."""
    folder = tmp_path_factory.mktemp("ui") / "Samples"
    for name, seconds in SOUNDS:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        make("wav_16", place, seconds=seconds, rate=22_050, channels=1)
    (folder / "Drums" / "broken.wav").write_bytes(b"RIFF\0\0\0\0WAVEnothing of use")
    return folder


@pytest.fixture
def toolkit(home: Path) -> Iterator[Toolkit]:
    """An open, empty home."""
    with ctk.open(home) as toolkit:
        yield toolkit


@pytest.fixture
def filled(toolkit: Toolkit, samples: Path) -> Toolkit:
    """An open home that knows the samples."""
    toolkit.sources.scan([samples]).result(30)
    return toolkit


class Rig:
    """An open window with hands on it."""

    def __init__(
        self, toolkit: Toolkit, folders: tuple[str, ...] = (), *, tray: Tray | None = None, hidden: bool = False
    ) -> None:
        self.toolkit = toolkit
        self.window = Window(tk.Tk(className="ctk"), toolkit, tray)
        self.root = self.window.root
        self.hands: Hands = hands(self.root)
        toolkit.settings.geometry = "1100x700+0+0"
        self.window.open(folders, hidden=hidden)
        self.root.update()
        if hidden:
            return
        self.root.focus_force()
        self.window.catalog.bar.field.entry.focus_force()
        self.wait(self.root.winfo_ismapped, "the window")
        settle(self.root)

    def wait(self, until: Callable[[], object], what: str = "what was waited for") -> None:
        turn(self.root, until, what)

    @property
    def names(self) -> list[str]:
        """What the list shows, from the top."""
        tree = self.window.catalog.table.tree
        return [name for item in tree.get_children() if (name := str(tree.item(item, "text")))]

    @property
    def picked(self) -> list[str]:
        marks = self.window.selection.marks
        return [self.toolkit.catalog.get(id).name for id in marks.ids()]

    @property
    def playing(self) -> str:
        """The name of what was played last."""
        return Path(self.toolkit.audio.now().path or "").name

    @property
    def status(self) -> str:
        return str(self.window.status.text)


@pytest.fixture
def rig(screen: str, filled: Toolkit) -> Iterator[Rig]:
    """The window over the samples."""
    rig = Rig(filled)
    rig.wait(lambda: len(rig.names) == len(SOUNDS) + 1, "the first rows")
    yield rig
    rig.window.quit()


@pytest.fixture
def doubled(toolkit: Toolkit, tmp_path: Path) -> Path:
    """A folder with duplicates, which the toolkit knows."""
    from tests.ui.doubles import library

    folder = library(tmp_path / "Doubled")
    toolkit.sources.scan([folder]).result(30)
    return folder


@pytest.fixture
def bench(screen: str, toolkit: Toolkit, doubled: Path) -> Iterator[Rig]:
    """The window over that folder."""
    rig = Rig(toolkit)
    rig.wait(lambda: len(rig.names) == 9, "the first rows")
    yield rig
    rig.window.quit()


def _report(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
    log.error("an exception in a callback", exc_info=(kind, exc, trace))
