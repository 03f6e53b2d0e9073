"""pystray's icons, on a tray that is none: pystray itself is real, what it asks of the system is only noted."""

import importlib
import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from ctk.actions import Line
from ctk.tray import native
from ctk.tray.face import Face
from ctk.tray.native import NativeSpot
from ctk.tray.pictures import picture
from ctk.tray.spot import NoTray
from tests.tray_host import LIMIT_S, wait

LINES = (
    Line("window.show", "Open"),
    Line(""),
    Line("play.toggle", "Play & rest"),
    Line("file.rescan", "Rescan", enabled=False),
    Line("file.stay", "Stay", checked=True),
    Line("", "Scanning: 3 files", enabled=False),
    Line("file.quit", "Quit"),
)


class Hand:
    """Notes what was chosen, and on which thread."""

    def __init__(self) -> None:
        self.chosen: list[str] = []

    def choose(self, id: str) -> None:
        self.chosen.append(id)

    def open_menu(self, lines: tuple[Line, ...], x: int, y: int) -> None: ...


@pytest.fixture(params=["win32", "gtk"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """pystray, with a backend that notes what is done to it in ``icons``."""
    monkeypatch.setenv("PYSTRAY_BACKEND", "dummy")
    base = importlib.import_module("pystray._base")
    made: list[Any] = []

    class Icon(base.Icon):  # type: ignore[misc,name-defined]  # known when it runs
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self.over = threading.Event()
            self.menus: list[list[str]] = []
            self.shown = False
            made.append(self)

        def _show(self) -> None:
            self.shown = True

        def _hide(self) -> None:
            self.shown = False

        def _update_icon(self) -> None:
            self._icon_valid = True

        def _update_title(self) -> None: ...

        def _update_menu(self) -> None:
            self.menus.append([item.text for item in self.menu])

        def _on_notify(self, wparam: int, lparam: int) -> None:
            self.menus.append(["opened"])

        def _run(self) -> None:
            self._mark_ready()
            assert self.over.wait(LIMIT_S)

        def _stop(self) -> None:
            self.over.set()

    Icon.__module__ = f"pystray._{request.param}"
    yield SimpleNamespace(Icon=Icon, Menu=base.Menu, MenuItem=base.MenuItem, made=made, name=request.param)


class Stay:
    """A spot that is served on a thread, as in the program."""

    def __init__(self, system: Any) -> None:
        self.hand = Hand()
        self.ready = threading.Event()
        self.spot = NativeSpot(self.hand, system)
        face = Face("idle", "Creator's Toolkit", LINES)
        self.thread = threading.Thread(target=self.spot.run, args=(face, self.ready.set), daemon=True)

    def begin(self, system: Any) -> Any:
        self.thread.start()
        assert self.ready.wait(LIMIT_S)
        return system.made[0]

    def end(self) -> None:
        self.spot.stop()
        self.thread.join(LIMIT_S)
        assert not self.thread.is_alive()


def test_it_is_shown_changed_and_taken_away(system: Any) -> None:
    stay = Stay(system)
    icon = stay.begin(system)
    assert (icon.shown, icon.icon, icon.title) == (True, picture("idle", native.SIDE), "Creator's Toolkit")
    stay.spot.show(Face("playing", "Playing kick.wav", LINES[:1]))
    wait(lambda: icon.title == "Playing kick.wav", "the words")
    assert icon.icon is picture("playing", native.SIDE)
    stay.end()
    assert not icon.shown


def test_its_menu_is_that_of_the_face(system: Any) -> None:
    stay = Stay(system)
    icon = stay.begin(system)
    items = list(icon.menu)
    assert items[1] is system.Menu.SEPARATOR
    assert [item.text for item in items if item.text.startswith("Play")] == [
        "Play && rest" if system.name == "win32" else "Play & rest"
    ]
    assert [item.text for item in items if item.default] == ["Open"]
    assert [item.text for item in items if not item.enabled] == ["Rescan", "Scanning: 3 files"]
    assert {item.text: item.checked for item in items if item.checked is not None} == {"Stay": True}
    items[-1](icon)
    icon()
    items[5](icon)
    assert stay.hand.chosen == ["file.quit", "window.show"]
    stay.end()


def test_a_menu_that_may_be_open_is_left_alone_on_windows(system: Any) -> None:
    stay = Stay(system)
    icon = stay.begin(system)
    icon.menus.clear()
    stay.spot.show(Face("idle", "new", LINES[:1]))
    wait(lambda: icon.title == "new", "the words")
    stay.spot.show(Face("idle", "newer", LINES[:1]))
    wait(lambda: icon.title == "newer", "the words")
    assert icon.menus == ([] if system.name == "win32" else [["Open"]])
    icon._on_notify(0, native.RIGHT_BUTTON_UP)
    assert icon.menus == [["Open"], ["opened"]]
    stay.end()


def test_stopped_before_it_began_it_ends(system: Any) -> None:
    stay = Stay(system)
    stay.spot.stop()
    stay.thread.start()
    stay.thread.join(LIMIT_S)
    assert not stay.thread.is_alive()


def test_without_pystray_there_is_no_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pystray", None)
    with pytest.raises(NoTray, match="no tray"):
        native.load()


def test_a_desktop_without_indicators_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not native.has_indicators()
