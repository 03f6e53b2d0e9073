"""A connection to the display of its own, beside Tk's, which Tk's loop looks after."""

import logging
import tkinter as tk
from collections.abc import Callable
from typing import Any

from ctk.errors import CtkError

log = logging.getLogger(__name__)

_NO_WAY = "Files cannot be handed to other programs here ({}), but paths can be copied."
Handler = Callable[[Any], object]


class Connection:
    """``window`` is an invisible window that other programs talk to; ``hear`` what they say to it.

    Only for the window's thread. Raises ``CtkError`` where there can be no such connection.
    """

    def __init__(self, root: tk.Misc) -> None:
        try:
            from Xlib import X, display, error
        except ImportError as exc:
            raise CtkError(_NO_WAY.format(f"{exc.name} is missing")) from exc
        try:
            self._display = display.Display(root.winfo_toplevel().winfo_screen())
        except (error.DisplayError, error.XauthError, error.ConnectionClosedError, OSError) as exc:
            raise CtkError(_NO_WAY.format(exc)) from exc
        self._display.set_error_handler(_passed_over)
        self._root = root
        self._handlers: dict[int, list[Handler]] = {}
        self.top = self._display.screen().root
        self.window = self.top.create_window(
            -10, -10, 1, 1, 0, X.CopyFromParent, X.InputOnly, event_mask=X.PropertyChangeMask
        )
        taken = tk.CallWrapper(lambda *_: self.turn(), None, root)  # what goes wrong there is told as for any callback
        root.tk.createfilehandler(self._display, tk.READABLE, taken)
        root.winfo_toplevel().bind("<Destroy>", self._close, add=True)

    def hear(self, kind: int, handler: Handler) -> None:
        """Call ``handler(event)`` for every event of this kind."""
        self._handlers.setdefault(kind, []).append(handler)

    def atom(self, name: str) -> int:
        return int(self._display.get_atom(name))

    def atom_name(self, atom: int) -> str:
        return str(self._display.get_atom_name(atom))

    def other(self, id: int) -> Any:
        """A window of another program."""
        return self._display.create_resource_object("window", id)

    def time(self) -> int:
        """What time it is on the display."""
        from Xlib import X

        stamp = self.atom("CTK_TIME")
        self.window.change_property(stamp, self.atom("STRING"), 8, b"")
        while True:
            event = self._display.next_event()
            self._hand_out(event)
            if event.type == X.PropertyNotify and event.window == self.window and event.atom == stamp:
                return int(event.time)

    def turn(self) -> None:
        """Send what waits, and take in what came. Needed after each use: answers may bring events along."""
        from Xlib import error

        try:
            self._display.flush()
            while self._display.pending_events():
                self._hand_out(self._display.next_event())
                self._display.flush()
        except (error.ConnectionClosedError, OSError) as exc:
            log.info("the connection to the display is gone: %s", exc)
            self._root.tk.deletefilehandler(self._display)

    def _close(self, event: "tk.Event[Any]") -> None:
        """The window goes away, and with it what was offered."""
        if event.widget is self._root.winfo_toplevel():
            self._root.tk.deletefilehandler(self._display)
            self._display.close()

    def _hand_out(self, event: Any) -> None:
        for handler in self._handlers.get(event.type, ()):
            handler(event)


def _passed_over(error: object, request: object) -> None:
    """Windows of other programs go away at any time; a request about one of those is simply lost."""
    log.debug("the display refused a request: %s", error)
