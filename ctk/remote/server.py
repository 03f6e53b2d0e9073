"""The HTTP side of the door on 127.0.0.1, each connection on a thread of its own.

``POST /rpc`` and ``GET /events`` want the token. ``GET /`` is the web page, which holds no secret; it gets the token
from ``POST /session`` for a code that is good once.
"""

import io
import json
import logging
import os
import socket
import sys
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ctk.remote import rpc
from ctk.remote.calls import Calls
from ctk.remote.guard import Guard, Refused
from ctk.remote.page import page
from ctk.remote.reading import Head, Reading, TooSlow, drain
from ctk.remote.stream import Hub

log = logging.getLogger(__name__)

ADDRESS = "127.0.0.1"
POLL_S = 0.25
DRAIN_S = 2.0
ROUTES = {"/rpc": "POST", "/events": "GET", "/": "GET", "/session": "POST"}
SESSION_BYTES = 1_000
FULL = "Too many programs are using this door at once; try again in a moment."


@dataclass(frozen=True, slots=True)
class Limits:
    """``idle_s`` is how long a connection may rest between requests, ``read_s`` how long a request may take to come,
    ``write_s`` how long a client may take to read its answer; ``alive_s`` is the pulse of a silent event stream.
    ``streams`` are connections too."""

    connections: int = 256
    streams: int = 64
    head_bytes: int = 64 << 10
    body_bytes: int = 4 << 20
    idle_s: float = 60.0
    read_s: float = 10.0
    write_s: float = 5.0
    alive_s: float = 15.0


class Server(ThreadingHTTPServer):
    """Listens from the start; ``serve_forever`` answers, ``close`` ends it and all its connections."""

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = os.name == "posix"  # elsewhere it would let others take our port

    def __init__(self, calls: Calls, hub: Hub, token: str, *, port: int = 0, limits: Limits = Limits()) -> None:
        self.calls = calls
        self.hub = hub
        self.limits = limits
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        super().__init__((ADDRESS, port), Handler)
        self.guard = Guard(self.port, token)
        self.token = token
        calls.links.port = self.port

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def connections(self) -> int:
        return len(self._open)

    def server_bind(self) -> None:
        """Without the base's look-up of our own name, which may ask the network."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = ADDRESS, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            full = len(self._open) >= self.limits.connections
            if not full:
                self._open.add(request)
        if full:
            _say_busy(request)
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if isinstance(sys.exc_info()[1], OSError):
            log.debug("a client of the door was gone before it began")
        else:
            log.exception("a connection of the door broke")

    def close(self) -> None:
        """Answer nobody any more. Only after ``serve_forever`` has begun."""
        self.shutdown()
        self.server_close()
        self.hub.close()
        with self._lock:
            left = list(self._open)
        for connection in left:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has gone by itself
                continue


class Handler(BaseHTTPRequestHandler):
    """One connection: requests one after the other, until the client leaves or is refused."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        super().setup()
        self._reading = Reading(self.connection)
        self._expects = False
        self._known = False
        self.command = ""
        self.rfile = self._ahead = io.BufferedReader(self._reading)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError as exc:  # too slow, or gone
            log.debug("a client of the door left: %s", exc)

    def handle_one_request(self) -> None:
        self.close_connection = True
        limits = self.server.limits
        self._reading.allow(limits.idle_s if self._known else limits.read_s)
        if not self._ahead.peek(1):
            return
        self._reading.allow(limits.read_s)
        self._expects = False
        try:
            self._take_request()
        except TooSlow:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to come.")

    def _take_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if len(self.raw_requestline) > 65_536:
            self.requestline, self.request_version, self.command = "", "", ""
            self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
        elif self.raw_requestline:
            self.rfile = Head(self._ahead, self.server.limits.head_bytes)  # type: ignore[assignment]  # all it needs
            try:
                good = self.parse_request()
            finally:
                self.rfile = self._ahead
            if good:
                self._route()

    def _route(self) -> None:
        guard, headers = self.server.guard, self.headers
        try:
            guard.check_place(headers)
            path = "/" if self.path.startswith("/?") else self.path
            if path not in ROUTES:
                raise Refused(HTTPStatus.NOT_FOUND, "There is /rpc and /events here.")
            if self.command != ROUTES[path]:
                allow = f"Allow: {ROUTES[path]}"
                raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, f"It is {ROUTES[path]} {path}.", allow)
            if path == "/":
                self._page()
            elif path == "/session":
                self._session(guard.length(headers, SESSION_BYTES))
            else:
                guard.check_token(headers)
                self._known = True
                if path == "/rpc":
                    self._rpc(guard.length(headers, self.server.limits.body_bytes))
                else:
                    self._events()
        except Refused as exc:
            self._refuse(exc.status, exc.sentence, exc.line)

    def _page(self) -> None:
        try:
            text, head = page()
        except OSError as exc:
            log.warning("the web page cannot be read: %s", exc)
            raise Refused(HTTPStatus.NOT_FOUND, "The web page is not installed.") from exc
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # nobody reads that body
        self._send(self._head(HTTPStatus.OK, head) + text)

    def _session(self, length: int) -> None:
        body = self._body(length)
        if body is None:
            return
        try:
            given = json.loads(body)
        except (ValueError, RecursionError):
            given = None
        code = given.get("code") if isinstance(given, dict) else None
        if not (isinstance(code, str) and self.server.calls.links.take(code)):
            sentence = "This link was used already, or is too old. Run: ctk web"
            raise Refused(HTTPStatus.UNAUTHORIZED, sentence, "WWW-Authenticate: Bearer")
        self._answer(HTTPStatus.OK, json.dumps({"token": self.server.token}).encode("ascii"))

    def _rpc(self, length: int) -> None:
        body = self._body(length)
        if body is not None:
            found = rpc.answer(self.server.calls, body)
            self._answer(HTTPStatus.NO_CONTENT if found is None else HTTPStatus.OK, found or b"")

    def _body(self, length: int) -> bytes | None:
        """The whole body; ``None`` where the client left before its end."""
        if self._expects:
            self._send(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def _events(self) -> None:
        self.close_connection = True
        if self.server.hub.streams >= self.server.limits.streams:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, FULL)
        self._send(self._head(HTTPStatus.OK, "Content-Type: text/event-stream"))
        self.server.hub.serve(self._send, self.server.limits.alive_s)

    def _answer(self, status: HTTPStatus, body: bytes, line: str = "") -> None:
        lines = [line] if line else []
        if status is not HTTPStatus.NO_CONTENT:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        shown = b"" if self.command == "HEAD" else body
        self._send(self._head(status, "\r\n".join(lines)) + shown)

    def _head(self, status: HTTPStatus, more: str) -> bytes:
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", f"Date: {self.date_time_string()}"]
        lines += ["Cache-Control: no-store", "X-Content-Type-Options: nosniff"]
        lines += [more] if more else []
        lines += ["Connection: close"] if self.close_connection else []
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _send(self, data: bytes) -> None:
        self.connection.settimeout(self.server.limits.write_s)
        self.connection.sendall(data)

    def _refuse(self, status: HTTPStatus, sentence: str, line: str = "") -> None:
        """The body of the request was not read, so nothing else can come over this connection."""
        self.close_connection = True
        self._answer(status, rpc.refusal(status, sentence), line)
        drain(self.connection, 4 * self.server.limits.body_bytes, DRAIN_S)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class cannot read."""
        self._refuse(HTTPStatus(code), "This is not a request of HTTP that can be answered.")

    def handle_expect_100(self) -> bool:
        """Not before the head was checked."""
        self._expects = True
        return True

    def log_message(self, format: str, *args: Any) -> None:
        log.debug(format, *args)


def _say_busy(request: socket.socket) -> None:
    body = rpc.refusal(HTTPStatus.SERVICE_UNAVAILABLE, FULL)
    head = (
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    try:
        request.settimeout(0.0)
        request.send(head.encode("ascii") + body)
    except OSError:  # it will find out
        return
