"""Dragging something into another program: the source's side of the XDND protocol, version 5.

https://freedesktop.org/wiki/Specifications/XDND/
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ctk.ui.x11.connection import Connection
from ctk.ui.x11.selections import Selections

VERSION = 5
OLDEST = 3
"""What came before had other messages."""
SELECTION = "XdndSelection"


class Target(NamedTuple):
    """A window that takes drops; messages about it go to the window ``mailbox``, in a version that it knows."""

    id: int
    mailbox: int
    version: int


class Dragging:
    """``begin``, ``move`` with the pointer, then ``drop`` or ``cancel``. Offers copies: nobody is to move a file.

    ``accepted`` tells whether it can be dropped here; ``changed()`` is called when that changes.
    """

    def __init__(self, connection: Connection, selections: Selections, changed: Callable[[], object]) -> None:
        from Xlib import X

        self.accepted = False
        self._link = connection
        self._selections = selections
        self._changed = changed
        self._types: tuple[int, ...] = ()
        self._own: tuple[int, ...] = ()
        self._target: Target | None = None
        self._unanswered = False
        self._next: tuple[int, int] | None = None
        self._dropped = False
        self._time = 0
        connection.hear(X.ClientMessage, self._told)

    def begin(self, contents: Mapping[str, bytes], own: int, time: int) -> None:
        """Offer ``contents`` by the names of their types, everywhere but over the window ``own``."""
        link = self._link
        self._types = tuple(link.atom(type) for type in contents)
        self._own = (own, link.other(own).query_tree().parent.id)
        self._target, self._unanswered, self._next = None, False, None
        self._dropped, self._time = False, time
        link.window.change_property(link.atom("XdndTypeList"), link.atom("ATOM"), 32, list(self._types))
        self._selections.offer(SELECTION, contents, time)

    def move(self, x: int, y: int, time: int) -> None:
        """The pointer is at this place of the screen."""
        if self._dropped:
            return
        self._time = time
        target = self._find(x, y)
        if target != self._target:
            self._leave()
            self._target = target
            if target is not None:
                more = len(self._types) > 3
                self._send("XdndEnter", target.version << 24 | more, *self._types[:3])
        if target is not None:
            self._next = (x, y)
            self._tell_position()
        self._link.turn()

    def drop(self, time: int) -> None:
        """The button was let go: hand over, as soon as the target has said whether it takes it here."""
        self._dropped, self._time = True, time
        if not self._unanswered:
            self._finish()
        self._link.turn()

    def cancel(self) -> None:
        self._dropped = True
        self._leave()
        self._selections.withdraw(SELECTION)

    def _tell_position(self) -> None:
        """Where the pointer is now, unless the target has yet to answer for where it was before."""
        if self._next is not None and not self._unanswered:
            (x, y), self._next, self._unanswered = self._next, None, True
            self._send("XdndPosition", 0, x << 16 | y, self._time, self._link.atom("XdndActionCopy"))

    def _told(self, message: Any) -> None:
        kind, data = self._link.atom_name(message.client_type), message.data[1]
        if kind == "XdndFinished" and self._dropped:
            self._selections.withdraw(SELECTION)
        elif kind == "XdndStatus" and self._target is not None and data[0] == self._target.id:
            self._unanswered = False
            self._accept(bool(data[1] & 1))
            if self._dropped:
                self._finish()
            else:
                self._tell_position()

    def _finish(self) -> None:
        if self._target is not None and self.accepted:
            self._send("XdndDrop", 0, self._time)
            self._target = None
            self._accept(False)
        else:
            self.cancel()

    def _leave(self) -> None:
        if self._target is not None:
            self._send("XdndLeave", 0)
        self._target, self._unanswered, self._next = None, False, None
        self._accept(False)

    def _accept(self, on: bool) -> None:
        if on != self.accepted:
            self.accepted = on
            self._changed()

    def _send(self, kind: str, *data: int) -> None:
        from Xlib.protocol import event

        target = self._target
        if target is None:
            return
        words = [self._link.window.id, *data]
        words += [0] * (5 - len(words))
        message = event.ClientMessage(window=target.id, client_type=self._link.atom(kind), data=(32, words))
        self._link.other(target.mailbox).send_event(message)

    def _find(self, x: int, y: int) -> Target | None:
        """The outermost window under the pointer that takes drops; none where that window is our own."""
        from Xlib import error

        link = self._link
        try:
            window = link.top.translate_coords(link.top, x, y).child
            if not window:
                return self._target_at(link.top)
            while window and window.id not in self._own:
                if (target := self._target_at(window)) is not None:
                    return target
                window = window.translate_coords(link.top, x, y).child
        except error.XError:
            pass  # a window that went away while it was looked at
        return None

    def _target_at(self, window: Any) -> Target | None:
        mailbox = window
        proxy = self._first(window, "XdndProxy")
        if proxy and self._first(self._link.other(proxy), "XdndProxy") == proxy:
            mailbox = self._link.other(proxy)
        version = self._first(mailbox, "XdndAware") or 0
        return Target(window.id, mailbox.id, min(version, VERSION)) if version >= OLDEST else None

    def _first(self, window: Any, property: str) -> int | None:
        found = window.get_property(self._link.atom(property), 0, 0, 1)
        return int(found.value[0]) if found is not None and found.format == 32 and len(found.value) else None
