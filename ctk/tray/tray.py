"""The tray on a thread of its own: looks for a spot in it, follows what goes on, hands over what was chosen.

Nothing that is chosen runs on that thread: ``hand_over`` takes it to the thread that it belongs to.
"""

import logging
import sys
import threading
from collections.abc import Callable, Mapping

from ctk.actions import Actions, Line
from ctk.contract import Toolkit
from ctk.tray.face import Face, Watch
from ctk.tray.spot import Hand, NoTray, Spot

log = logging.getLogger(__name__)

LOOK_S, SELDOM_S = 1.0, 10.0
"""How often to look whether there is a tray by now: one comes up with the desktop, or never."""
LOOKS = 15
"""So many times before it is looked for but seldom."""
CALM_S = 0.25
"""No more than one new face in this time; work tells how far it is ten times a second."""
END_S = 1.0

HandOver = Callable[[Callable[[], None]], None]
OpenMenu = Callable[[tuple[Line, ...], int, int], None]


class Tray:
    """``start`` it once; ``stands`` tells whether the icon is to be seen; ``close`` takes it away, twice is fine."""

    def __init__(self, toolkit: Toolkit, find: Callable[[Hand], Spot] | None = None) -> None:
        self._toolkit = toolkit
        self._find = find or find_spot
        self._spot: Spot | None = None
        self._lock = threading.Lock()
        self._seen = threading.Event()
        self._closing = threading.Event()
        self._news = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def stands(self) -> bool:
        """Whether the icon is in the tray now."""
        return self._seen.is_set()

    def start(
        self,
        actions: Actions,
        *,
        checked: Mapping[str, Callable[[], bool]],
        hand_over: HandOver,
        open_menu: OpenMenu,
    ) -> None:
        """Offer ``actions``; ``checked`` tells of those that are on or off; ``open_menu`` runs handed over."""
        self._actions, self._hand_over, self._open_menu = actions, hand_over, open_menu
        self._watch = Watch(self._toolkit, actions, checked, self._news.set)
        for work in (self._stay, self._tell):
            thread = threading.Thread(target=work, name=f"tray{work.__name__}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def renew(self) -> None:
        """Something that is on or off is the other way now."""
        self._news.set()

    def choose(self, id: str) -> None:
        self._hand_over(self._actions[id].run)
        self._news.set()

    def open_menu(self, lines: tuple[Line, ...], x: int, y: int) -> None:
        self._hand_over(lambda: self._open_menu(lines, x, y))

    def close(self) -> None:
        self._closing.set()
        self._news.set()
        with self._lock:
            spot = self._spot
        if spot is not None:
            spot.stop()
        for thread in self._threads:
            thread.join(END_S)
        if self._threads:
            self._watch.close()
        self._threads.clear()

    def _stay(self) -> None:
        """Be in the tray as long as there is one, and come back with it."""
        looks = 0
        while not self._closing.is_set():
            try:
                self._run(self._find(self))
                looks = 0
            except NoTray as exc:
                log.debug("%s", exc)
            except Exception:  # whatever a desktop's library raises, the window goes on without a tray
                log.exception("the tray failed")
                return
            finally:
                self._seen.clear()
            looks += 1
            self._closing.wait(LOOK_S if looks <= LOOKS else SELDOM_S)

    def _run(self, spot: Spot) -> None:
        with self._lock:
            if self._closing.is_set():
                return
            self._spot = spot
        try:
            spot.run(self._watch.face(), self._seen.set)
        finally:
            with self._lock:
                self._spot = None

    def _tell(self) -> None:
        """Show what is new, now and then."""
        shown: tuple[Spot | None, Face | None] = (None, None)
        while not self._closing.wait(CALM_S):
            self._news.wait()
            self._news.clear()
            face = self._watch.face()
            with self._lock:
                spot = self._spot
            if spot is not None and (spot, face) != shown:
                spot.show(face)
                shown = (spot, face)


def find_spot(hand: Hand) -> Spot:
    """One in the tray of this system. Raises ``NoTray``."""
    from ctk.tray import native

    if sys.platform in ("win32", "darwin"):
        return native.NativeSpot(hand)
    from ctk.tray import x11

    pystray = native.load()
    kind = native.kind(pystray)
    if not (x11.is_here() or (kind == "appindicator" and native.has_indicators())):
        raise NoTray("There is no tray here.")
    return native.NativeSpot(hand, pystray) if kind in ("appindicator", "gtk") else x11.X11Spot(hand)
