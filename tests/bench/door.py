"""The door: a call against a bare echo by the same server, a second start, and a hundred clients at once.

``python -m tests.bench.door [--long]``; the echo checks the same head and sends the body back unread.
"""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import ctk
from ctk.remote.calls import Calls
from ctk.remote.door import Door
from ctk.remote.instance import Doorway
from ctk.remote.server import Handler, Server
from ctk.remote.stream import Hub
from tests import house
from tests.bench.table import Result, show
from tests.remote import crowd
from tests.remote.conftest import read
from tests.remote.test_load import CLIENTS, COUNT, core, scanning
from tests.sounds import make

ROUNDS = 400
STARTS = 12
RATES = (48_000, 44_100)
"""The first is that of a silent device; the second has to be converted."""
TOKEN = "token"


class EchoHandler(Handler):
    """The same server, which knows no call."""

    def _rpc(self, length: int) -> None:
        self._answer(HTTPStatus.OK, self.rfile.read(length))


class Echo(Server):
    """Sends every body back."""

    def finish_request(self, request: Any, client_address: Any) -> None:
        EchoHandler(request, client_address, self)


def run(seconds: float = 10) -> Iterator[Result]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        yield from _calls(Path(folder))
        yield from _starts(Path(folder))
    with tempfile.TemporaryDirectory(prefix="ctk-bench-") as folder:
        yield from _crowd(Path(folder), seconds)


def _calls(folder: Path) -> Iterator[Result]:
    for rate in RATES:
        (folder / f"{rate}").mkdir()
        for number in range(4):
            make("wav_16", folder / f"{rate}" / f"{number}.wav", seconds=2, rate=rate, channels=2)
    with ctk.open(folder / "home") as toolkit:
        toolkit.sources.scan([folder / f"{rate}" for rate in RATES]).result(60)
        toolkit.audio.prepare(toolkit.catalog.ids())
        calls, hub = Calls(toolkit, window=False), Hub(toolkit.events)
        with closing(_Line(Server, calls, hub)) as line, closing(_Line(Echo, calls, hub)) as echo:
            ids = toolkit.catalog.ids()
            yield _call("audio.now", "", calls, line, echo, [])
            yield _call("catalog.get", "", calls, line, echo, ids)
            for rate in RATES:
                ids = toolkit.catalog.ids(f"rate:{rate}")
                yield _call("audio.play", f"<= 3, at {rate:,} Hz", calls, line, echo, ids)


def _call(name: str, reach: str, calls: Calls, line: "_Line", echo: "_Line", ids: Sequence[int]) -> Result:
    """The same body in turn to both servers, and the same call without any."""
    times: list[tuple[float, float, float]] = []
    for turn in range(ROUNDS):
        params = [ids[turn % len(ids)]] if ids else []
        body = _body(name, params)
        bare, mine = _timed(partial(echo.ask, body)), _timed(partial(line.ask, body))
        times.append((mine, bare, _timed(partial(calls.call, name, params))))
    ours, other, here = (statistics.median(column) for column in zip(*times, strict=True))
    label = f"{name} over HTTP, against an echo ({here * 1e6:.0f} us without HTTP)"
    return Result(label, f"{ours * 1e6:.0f} us", f"{other * 1e6:.0f} us", ours / other, reach)


def _starts(folder: Path) -> Iterator[Result]:
    """A second start while a window is there, against a Python that does nothing."""
    with ctk.open(folder / "home") as toolkit:
        doorway = Doorway(toolkit, window=True)
        doorway.open()
        second = [sys.executable, "-m", "ctk", "--home", str(folder / "home"), str(folder)]
        mine, bare = [], []
        for _ in range(STARTS):
            mine.append(_timed(lambda: subprocess.run(second, cwd=house.ROOT, check=True)))
            bare.append(_timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)))
        doorway.close()
    ours, other = statistics.median(mine), statistics.median(bare)
    yield Result("a second start, until it ended", f"{ours * 1000:.0f} ms", f"{other * 1000:.0f} ms", None, "< 100 ms")


def _crowd(folder: Path, seconds: float) -> Iterator[Result]:
    with core(folder / "home", folder / "Real") as (_, ids), scanning(folder / "home", folder / "Real"):
        crowd.run(folder / "home", ids, clients=CLIENTS, listeners=10, seconds=2)
        report = crowd.run(folder / "home", ids, clients=CLIENTS, listeners=10, seconds=seconds)
    label = f"{COUNT:,} sounds, scanning and playing, {CLIENTS} clients, {report.calls} calls"
    yield Result(f"{label}: errors", f"{len(report.errors)}", "", None, "0")
    for name, reach in (("catalog.search", "about 50 ms"), ("audio.play", ""), ("audio.now", "")):
        p50, p95 = (report.share(name, at) * 1000 for at in (0.5, 0.95))
        yield Result(f"{label}: {name}, p95", f"{p95:.0f} ms", "", None, f"{reach} (p50 {p50:.0f} ms)")


class _Line:
    """A server and one connection to it that is kept."""

    def __init__(self, kind: type[Server], calls: Calls, hub: Hub) -> None:
        self._server = server = kind(calls, hub, TOKEN)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self._door = Door(server.port, TOKEN, 0, 0)
        self._connection = socket.create_connection(("127.0.0.1", server.port))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, body: bytes) -> None:
        self._connection.sendall(crowd.head(self._door, "POST /rpc HTTP/1.1", len(body)) + body)
        answer = read(self._connection)
        if answer.status != HTTPStatus.OK or "error" in answer.json:
            raise AssertionError(answer)

    def close(self) -> None:
        self._connection.close()
        self._server.close()


def _body(method: str, params: list[int]) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--long", action="store_true", help="a minute of a hundred clients")
    show(run(60 if options.parse_args().long else 10))
