"""Closing the window: into the tray where there is one, the end where there is none; and the way back."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ctk.actions import Actions, Line
from ctk.toolkit import Toolkit
from ctk.ui import staying
from tests.display import turn
from tests.ui.conftest import Rig


class Tray:
    """Notes what the window does with it."""

    def __init__(self) -> None:
        self.stands = True
        self.renewed = 0
        self.closed = False

    def start(
        self,
        actions: Actions,
        *,
        checked: Mapping[str, Callable[[], bool]],
        hand_over: Callable[[Callable[[], None]], None],
        open_menu: Callable[[tuple[Line, ...], int, int], None],
    ) -> None:
        self.actions, self.checked, self.hand_over, self.open_menu = actions, checked, hand_over, open_menu

    def choose(self, id: str) -> None:
        self.hand_over(self.actions[id].run)

    def renew(self) -> None:
        self.renewed += 1

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What starts with the computer of whoever runs the tests is left alone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> Tray:
    for name in ("FIRST_MS", "FOUND_MS", "LOOK_MS"):
        monkeypatch.setattr(staying, name, 100)
    return Tray()


@pytest.fixture
def rig(screen: str, filled: Toolkit, tray: Tray) -> Iterator[Rig]:
    """The window, with a tray."""
    rig = Rig(filled, tray=tray)
    rig.wait(lambda: hasattr(tray, "actions"), "the tray's start")
    yield rig
    if not tray.closed:
        rig.window.quit()


def press_close(rig: Rig) -> None:
    """The window's own button, in the frame that the desktop puts around it."""
    rig.root.tk.eval(str(rig.root.tk.call("wm", "protocol", ".", "WM_DELETE_WINDOW")))


def hidden(rig: Rig) -> bool:
    return str(rig.root.state()) == "withdrawn"


def test_the_first_close_says_where_it_goes_and_goes_there(rig: Rig, tray: Tray) -> None:
    press_close(rig)
    assert rig.window.toast.text == staying.STAYS
    assert not hidden(rig)
    rig.wait(lambda: hidden(rig), "the hidden window")
    assert rig.toolkit.settings.tray_told == "stays"
    tray.choose("window.show")
    rig.wait(lambda: not hidden(rig), "the window")
    press_close(rig)
    assert hidden(rig)
    assert not tray.closed


def test_who_opens_it_at_once_keeps_it_open(rig: Rig, tray: Tray) -> None:
    press_close(rig)
    tray.choose("window.show")
    over = time.monotonic() + 0.5
    rig.wait(lambda: time.monotonic() > over, "the time it would have taken")
    assert not hidden(rig)


def test_what_it_says_can_be_answered(rig: Rig) -> None:
    press_close(rig)
    rig.window.toast.buttons["All right"].invoke()
    assert hidden(rig)


def test_quit_instead_ends_it_now_and_from_now_on(rig: Rig, tray: Tray) -> None:
    press_close(rig)
    rig.window.toast.buttons["Quit instead"].invoke()
    assert tray.closed
    assert not rig.toolkit.settings.keep_in_tray


def test_without_a_tray_closing_is_the_end_and_that_is_said_once(screen: str, filled: Toolkit, tray: Tray) -> None:
    tray.stands = False
    rig = Rig(filled, tray=tray)
    rig.wait(lambda: rig.status == staying.NONE, "the words")
    assert rig.toolkit.settings.tray_told == "none"
    press_close(rig)
    assert tray.closed


def test_it_ends_where_the_user_wants_it_so(rig: Rig, tray: Tray) -> None:
    rig.window.actions["file.stay"].run()
    assert rig.status == staying.ENDS
    assert (tray.checked["file.stay"](), tray.renewed) == (False, 1)
    press_close(rig)
    assert tray.closed


def test_staying_is_promised_only_where_there_is_a_tray(rig: Rig, tray: Tray) -> None:
    stay = rig.window.actions["file.stay"].run
    stay()
    stay()
    assert rig.status == staying.STAYS
    tray.stands = False
    stay()
    stay()
    assert rig.status == staying.NONE


def test_a_tray_that_is_gone_gives_the_window_back(rig: Rig, tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staying, "LOST_S", 0.2)
    rig.window.staying.hide()
    tray.stands = False
    rig.wait(lambda: not hidden(rig), "the window")
    assert rig.status == staying.LOST


def test_starting_with_the_computer_is_switched_and_said(rig: Rig, tray: Tray, tmp_path: Path) -> None:
    switch = rig.window.actions["file.startup"].run
    switch()
    assert tray.checked["file.startup"]()
    assert rig.status == staying.STARTS
    switch()
    assert not tray.checked["file.startup"]()
    assert rig.status == staying.STARTS_NOT


def test_trouble_with_it_is_said(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    rig.window.actions["file.startup"].run()
    assert "could not be turned on" in rig.status


def test_its_actions_come_from_other_threads(rig: Rig, tray: Tray) -> None:
    rig.window.staying.hide()
    asking = threading.Thread(target=tray.choose, args=("window.show",))
    asking.start()
    asking.join()
    assert hidden(rig)
    rig.wait(lambda: not hidden(rig), "the window")


def test_the_menu_of_a_tray_without_one(rig: Rig, tray: Tray) -> None:
    lines = (Line("window.show", "Open"), Line(""), Line("file.stay", "Stay", checked=True), Line("", "Words", False))
    rig.window.staying.hide()
    for y in (10, 700):
        tray.open_menu(lines, 300, y)
        menu = rig.window.staying._menu
        assert menu is not None
        turn(rig.root, menu.winfo_viewable, "the menu")
        place = menu.winfo_rooty()
        assert place >= y if y == 10 else place + menu.winfo_height() <= y
        assert menu.entrycget(0, "label") == "Open"
        assert menu.entrycget(3, "state") == "disabled"
        menu.unpost()
    assert menu is not None
    menu.invoke(0)
    rig.wait(lambda: not hidden(rig), "the window")


def test_a_hidden_start_shows_nothing(screen: str, filled: Toolkit, tray: Tray) -> None:
    rig = Rig(filled, tray=tray, hidden=True)
    assert hidden(rig)
    assert rig.root.geometry() == rig.toolkit.settings.geometry
    rig.wait(lambda: hasattr(tray, "actions"), "the tray's start")
    tray.choose("window.show")
    rig.wait(lambda: rig.names and not hidden(rig), "the rows")
    rig.window.quit()
