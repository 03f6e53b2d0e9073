"""The events of a remote core, brought to a bus here."""

import contextlib
import http.client
import json
import logging
import socket
import threading
from typing import Any, Final, get_args

from ctk.events import Event, Events
from ctk.remote.channel import Channel
from ctk.remote.wire import Unfit, loader

log = logging.getLogger(__name__)

SILENCE_S: Final = 45.0
"""A stream whose pulse was not felt for so long is broken."""
AGAIN_S: Final = 1.0
KINDS: Final = {kind.__name__: kind for kind in get_args(Event)}


class Listening:
    """Reads the stream on a thread; comes back to it after it broke, until ``close``."""

    def __init__(self, channel: Channel, events: Events) -> None:
        self._channel = channel
        self._events = events
        self._over = threading.Event()
        self._there = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name="remote-events", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing that happens is missed any more."""
        return self._there.wait(timeout_s)

    def close(self) -> None:
        self._over.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it has ended by itself
                self._socket.shutdown(socket.SHUT_RDWR)
        if threading.current_thread() is not self._thread:  # a listener may well be what ends it
            self._thread.join(AGAIN_S)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._listen()
            except (OSError, http.client.HTTPException, ValueError) as exc:
                log.info("the events of the core are interrupted: %s", exc)
            self._over.wait(AGAIN_S)

    def _listen(self) -> None:
        connection = self._channel.connect(SILENCE_S)
        try:
            connection.connect()
            self._socket = connection.sock
            if self._over.is_set():  # ``close`` came before there was a socket to end
                return
            connection.request("GET", "/events", headers=self._channel.headers())
            response = connection.getresponse()
            if response.status != http.HTTPStatus.OK:
                raise ValueError(f"the door says {response.status}")
            for line in response:
                if self._over.is_set():
                    return
                self._there.set()
                if line.startswith(b"data: "):
                    self._tell(json.loads(line[6:]))
        finally:
            connection.close()

    def _tell(self, told: dict[str, Any]) -> None:
        kind = KINDS.get(told["type"])
        if kind is None:  # of a newer core
            return
        try:
            self._events.emit(loader(kind)(told["record"]))
        except Unfit as exc:
            log.warning("an event of the core cannot be read: %s", exc)
