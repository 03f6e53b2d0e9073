"""Reading requests from a socket against the clock, however slowly a client feeds them."""

import http.client
import io
import socket
import time


class TooSlow(TimeoutError):
    """The client did not send in time."""


class Reading(io.RawIOBase):
    """The bytes of a connection. After ``allow(seconds)`` reading raises ``TooSlow`` once those are over."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._deadline = 0.0

    def allow(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # any buffer will do
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TooSlow("the client is too slow")
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        except TimeoutError as exc:
            raise TooSlow("the client is too slow") from exc


class Head:
    """The lines of a request's head, which may have ``at_most`` bytes together."""

    def __init__(self, file: "io.BufferedReader[Reading]", at_most: int) -> None:
        self._file = file
        self._left = at_most

    def readline(self, limit: int) -> bytes:
        """The next line. Raises what the library answers with 431."""
        line = self._file.readline(min(limit, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise http.client.LineTooLong("head")
        return line


def drain(connection: socket.socket, at_most: int, seconds: float) -> None:
    """Let a client that still sends read our answer before the connection goes: what it sends is thrown away."""
    deadline = time.monotonic() + seconds
    try:
        connection.shutdown(socket.SHUT_WR)
        while at_most > 0 and (left := deadline - time.monotonic()) > 0:
            connection.settimeout(left)
            got = len(connection.recv(65_536))
            if not got:
                return
            at_most -= got
    except OSError:  # it is gone
        return
