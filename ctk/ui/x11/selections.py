"""Selections, as X11 calls the clipboard and what is being dragged: kinds of data that other programs ask for.

See the Inter-Client Communication Conventions Manual, section 2.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ctk.ui.x11.connection import Connection

CHUNK = 65_536
"""Bytes that are handed over at once; more go in pieces, as a server may take no more than 256 KB at a time."""


class Offer(NamedTuple):
    """``contents`` by their types, since when."""

    contents: Mapping[int, bytes]
    since: int


class Piece(NamedTuple):
    """What is left to hand over to a window of another program."""

    window: Any
    type: int
    rest: memoryview


class Selections:
    """``offer`` contents by the names of their types, until ``withdraw`` or until another program offers something."""

    def __init__(self, connection: Connection) -> None:
        from Xlib import X

        self.connection = connection
        self._offers: dict[int, Offer] = {}
        self._pieces: dict[tuple[int, int], Piece] = {}
        connection.hear(X.SelectionRequest, self._asked)
        connection.hear(X.SelectionClear, lambda event: self._offers.pop(event.atom, None))
        connection.hear(X.PropertyNotify, self._taken)
        connection.hear(X.DestroyNotify, self._gone)

    def offer(self, selection: str, contents: Mapping[str, bytes], time: int) -> None:
        """``time`` is that of the key or click that led to it."""
        link = self.connection
        atom = link.atom(selection)
        self._offers[atom] = Offer({link.atom(type): data for type, data in contents.items()}, time)
        link.window.set_selection_owner(atom, time)
        link.turn()

    def withdraw(self, selection: str) -> None:
        offer = self._offers.pop(self.connection.atom(selection), None)
        if offer is not None:
            self.connection.other(0).set_selection_owner(self.connection.atom(selection), offer.since)
            self.connection.turn()

    def offered(self, selection: str) -> bool:
        """Whether this is what other programs get."""
        return self.connection.atom(selection) in self._offers

    def _asked(self, request: Any) -> None:
        """Hand over, or say that there is no such thing."""
        from Xlib.protocol import event

        offer = self._offers.get(request.selection)
        property = request.property or request.target
        done = False
        if offer is not None:
            if request.target == self.connection.atom("MULTIPLE"):
                done = bool(request.property) and self._give_many(offer, request)
            else:
                done = self._give(offer, request.requestor, request.target, property)
        answer = event.SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=property if done else 0,
        )
        request.requestor.send_event(answer)

    def _give(self, offer: Offer, window: Any, type: int, property: int) -> bool:
        link = self.connection
        if type == link.atom("TARGETS"):
            kinds = [link.atom("TARGETS"), link.atom("TIMESTAMP"), link.atom("MULTIPLE"), *offer.contents]
            window.change_property(property, link.atom("ATOM"), 32, kinds)
        elif type == link.atom("TIMESTAMP"):
            window.change_property(property, link.atom("INTEGER"), 32, [offer.since])
        elif (data := offer.contents.get(type)) is None:
            return False
        elif len(data) > CHUNK:
            self._begin(window, type, property, data)
        else:
            window.change_property(property, type, 8, data)
        return True

    def _give_many(self, offer: Offer, request: Any) -> bool:
        """Several types at once, each to its property; those that are not there are crossed out."""
        asked = request.requestor.get_full_property(request.property, 0)
        if asked is None or asked.format != 32:
            return False
        pairs = list(asked.value)
        for at in range(0, len(pairs) - 1, 2):
            if not self._give(offer, request.requestor, pairs[at], pairs[at + 1]):
                pairs[at + 1] = 0
        request.requestor.change_property(request.property, self.connection.atom("ATOM_PAIR"), 32, pairs)
        return True

    def _begin(self, window: Any, type: int, property: int, data: bytes) -> None:
        """In pieces: say how much comes, then put down the next one whenever the last was taken away."""
        from Xlib import X

        window.change_attributes(event_mask=X.PropertyChangeMask | X.StructureNotifyMask)
        window.change_property(property, self.connection.atom("INCR"), 32, [len(data)])
        self._pieces[window.id, property] = Piece(window, type, memoryview(data))

    def _taken(self, event: Any) -> None:
        from Xlib import X

        key = event.window.id, event.atom
        piece = self._pieces.get(key)
        if piece is None or event.state != X.PropertyDelete:
            return
        piece.window.change_property(event.atom, piece.type, 8, bytes(piece.rest[:CHUNK]))
        if piece.rest:
            self._pieces[key] = piece._replace(rest=piece.rest[CHUNK:])
        else:  # nothing came after the end
            del self._pieces[key]
            piece.window.change_attributes(event_mask=0)

    def _gone(self, event: Any) -> None:
        self._pieces = {key: piece for key, piece in self._pieces.items() if key[0] != event.window.id}
