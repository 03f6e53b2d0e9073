"""A spot in the trays of Windows, macOS, and Linux desktops with an indicator library. The only import of pystray."""

import logging
import queue
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ctk.actions import Line
from ctk.tray.face import OPEN, Face
from ctk.tray.pictures import picture
from ctk.tray.spot import Hand, NoTray

log = logging.getLogger(__name__)

SIDE = 64
"""Each system makes of it what it needs."""
ASK_S = 2.0
RIGHT_BUTTON_UP = 0x0205
"""``WM_RBUTTONUP``: Windows opens the menu on it."""
INDICATORS = (
    "gdbus call --session --timeout 1 --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus"
    " --method org.freedesktop.DBus.NameHasOwner org.kde.StatusNotifierWatcher"
)


def load() -> Any:
    """pystray, as it suits this system. Raises ``NoTray``."""
    try:
        import pystray
    except Exception as exc:  # each desktop's library has errors of its own
        log.info("no tray: %s", exc)
        raise NoTray("There is no tray here.") from exc
    return pystray


def kind(pystray: Any) -> str:
    """Which of its ways pystray took: ``win32``, ``darwin``, ``appindicator``, ``gtk``, ``xorg`` or ``dummy``."""
    return str(pystray.Icon.__module__).rpartition("._")[2]


def has_indicators() -> bool:
    """Whether the desktop shows indicators."""
    if shutil.which("gdbus") is None:
        return False
    try:
        said = subprocess.run(INDICATORS.split(), capture_output=True, text=True, timeout=ASK_S, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "true" in said


class NativeSpot:
    """See ``Spot``. pystray's own second thread is the one that changes the icon, and the one that ends it: it begins
    when the icon is there, and an icon that is stopped before hangs for good."""

    def __init__(self, hand: Hand, pystray: Any = None) -> None:
        self._hand = hand
        self._pystray = pystray or load()
        self._news: queue.SimpleQueue[Face | None] = queue.SimpleQueue()
        self._lines: tuple[Line, ...] = ()

    def run(self, face: Face, ready: Callable[[], None]) -> None:
        pystray = self._pystray
        self._lines = face.lines
        menu = pystray.Menu(self._items)
        icon = self._kind()("creators-toolkit", picture(face.state, SIDE), face.tip, menu)

        if sys.platform == "darwin":  # no second sign in the dock
            from AppKit import NSApplication, NSApplicationActivationPolicyAccessory

            NSApplication.sharedApplication().setActivationPolicy_(NSApplicationActivationPolicyAccessory)

        def serve(_: Any) -> None:
            icon.visible = True
            ready()
            while (news := self._news.get()) is not None:
                self._look(icon, news)
            icon.visible = False
            icon.stop()

        icon.run(serve)

    def show(self, face: Face) -> None:
        self._news.put(face)

    def stop(self) -> None:
        self._news.put(None)

    def _kind(self) -> Any:
        """Windows: the menu is made anew when it is about to open, lest one that is open be taken away."""
        if kind(self._pystray) != "win32":
            return self._pystray.Icon

        class Icon(self._pystray.Icon):  # type: ignore[misc,name-defined]  # known when it runs
            def _on_notify(self, wparam: int, lparam: int) -> None:
                if lparam == RIGHT_BUTTON_UP:
                    self.update_menu()
                super()._on_notify(wparam, lparam)

        return Icon

    def _look(self, icon: Any, face: Face) -> None:
        if sys.platform == "darwin":
            from PyObjCTools import AppHelper

            AppHelper.callAfter(self._take, icon, face)
        else:
            self._take(icon, face)

    def _take(self, icon: Any, face: Face) -> None:
        if icon.icon is not (image := picture(face.state, SIDE)):
            icon.icon = image
        icon.title = face.tip
        before, self._lines = self._lines, face.lines
        if before != face.lines and kind(self._pystray) != "win32":
            icon.update_menu()

    def _items(self) -> Iterator[Any]:
        pystray = self._pystray
        for line in self._lines:
            if not line.label:
                yield pystray.Menu.SEPARATOR
            else:
                yield pystray.MenuItem(
                    line.label.replace("&", "&&") if kind(pystray) == "win32" else line.label,
                    partial(self._choose, line.id),
                    checked=None if line.checked is None else partial(_always, line.checked),
                    default=line.id == OPEN,
                    enabled=line.enabled,
                )

    def _choose(self, id: str, *_: Any) -> None:
        if id:
            self._hand.choose(id)


def _always(value: bool, _: Any) -> bool:
    return value
