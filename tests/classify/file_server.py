"""A server on this machine that gives one file away, and does so as badly as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Manners:
    """``most`` bytes are sent at a time before the connection is lost; ``page`` is sent in place of the file;
    ``statuses`` are answered first; ``stalls`` after the first bytes; ``asked`` are the ranges asked for."""

    content: bytes
    ranges: bool = True
    most: int | None = None
    page: tuple[str, bytes] | None = None
    statuses: list[int] = field(default_factory=list)
    stalls: bool = False
    lies: bool = False
    asked: list[str | None] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(manners: Manners) -> Iterator[str]:
    """The address of the file; it redirects to another."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/file":
                self.send_response(302)
                self.send_header("Location", "/records/file?download=1")
                self.end_headers()
            else:
                answer(self, manners)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/file"
    finally:
        manners.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler: BaseHTTPRequestHandler, manners: Manners) -> None:
    wanted = handler.headers.get("Range")
    manners.asked.append(wanted)
    if manners.statuses:
        handler.send_error(manners.statuses.pop(0))
        return
    kind, content = manners.page or ("application/octet-stream", manners.content)
    start = 0
    if wanted and manners.ranges:
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start >= len(content):
            handler.send_error(416)
            return
        handler.send_response(206)
        told = start + 1 if manners.lies else start
        handler.send_header("Content-Range", f"bytes {told}-{len(content) - 1}/{len(content)}")
    else:
        handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content) - start))
    handler.end_headers()
    with suppress(ConnectionError):
        handler.wfile.write(content[start:][: manners.most])
    if manners.stalls:
        manners.go_on.wait(30)
