"""Events over a real connection: all kinds, the newest of each for the slow, and nobody waits for anybody."""

import json
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from typing import get_args

import pytest

from ctk.events import (
    CatalogChanged,
    DevicesChanged,
    Event,
    FilesVanished,
    JobChanged,
    PlacesFound,
    PlaybackChanged,
    QuitWanted,
    SourcesChanged,
    WaveformsMade,
    WindowWanted,
)
from ctk.records import JobStatus, NowPlaying, Place, Progress, Vanished
from ctk.remote.server import Limits
from ctk.remote.stream import ALIVE, MOST, Hub, Stream
from ctk.toolkit import Toolkit
from tests.remote.conftest import Knock, read

EVENTS: tuple[Event, ...] = (
    CatalogChanged(7),
    SourcesChanged(),
    FilesVanished((Vanished(1, "/a", 2, 3),)),
    JobChanged(JobStatus("job-9", "Scan", "running", Progress(1, 2, "x"))),
    PlaybackChanged(NowPlaying("playing", 1, "/a\udcff")),
    DevicesChanged("here"),
    WaveformsMade((1, 2)),
    PlacesFound((Place("/a", "A", "folder", 1, 2),)),
    WindowWanted(("/a",)),
    QuitWanted(),
)


@pytest.fixture
def stream(knock: Knock) -> Iterator[socket.socket]:
    with knock.connect() as connection:
        connection.sendall(knock.head("GET /events HTTP/1.1"))
        assert read(connection).status == 200
        yield connection


def swallow(file: Iterable[bytes]) -> None:
    """Read until the connection ends."""
    try:
        for _ in file:
            continue
    except OSError:  # as it ends when the test does
        return


def test_every_kind_of_event_is_told(knock: Knock, filled: Toolkit) -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event))
    with knock.connect() as connection:
        connection.sendall(knock.head("GET /events HTTP/1.1"))
        file = connection.makefile("rb")
        while file.readline().strip():
            pass
        assert file.readline() + file.readline() == ALIVE
        for event in EVENTS:
            filled.events.emit(event)
        lines = [line for line in iter(file.readline, b": still here\n") if line.strip()]
    names = [line.split()[1].decode() for line in lines[::2]]
    records = [json.loads(line[6:]) for line in lines[1::2]]
    assert names == [record["type"] for record in records] == [type(event).__name__ for event in EVENTS]
    assert records[4]["record"]["now"]["path"] == "/a\udcff"
    assert records[3]["record"]["status"]["progress"] == {"done": 1, "total": 2, "words": "x"}


def test_a_silent_stream_has_a_pulse(stream: socket.socket) -> None:
    file = stream.makefile("rb")
    assert [file.readline() for _ in range(6)] == [b": still here\n", b"\n"] * 3


def test_a_scan_is_told_until_it_ends(stream: socket.socket, filled: Toolkit) -> None:
    filled.sources.scan(full=True)
    for line in stream.makefile("rb"):
        if b'"state":"done"' in line and b"JobChanged" in line:
            break
    else:
        pytest.fail("the stream ended")


def test_who_does_not_read_is_let_go_and_hinders_nobody(filled: Toolkit) -> None:
    knock = Knock(filled, Limits(write_s=5))  # a busy computer may take a while to read what there is
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    deaf.connect(("127.0.0.1", knock.port))
    deaf.sendall(knock.head("GET /events HTTP/1.1"))
    with knock.connect() as other:
        other.sendall(knock.head("GET /events HTTP/1.1"))
        file = other.makefile("rb")
        threading.Thread(target=swallow, args=(file,), daemon=True).start()
        deadline = time.monotonic() + 60
        while knock.server.connections < 2:
            assert time.monotonic() < deadline, "they were not let in"
            time.sleep(0.01)
        while knock.server.connections > 1:
            assert time.monotonic() < deadline, "the deaf client is still there"
            filled.events.emit(WaveformsMade(tuple(range(20_000))))
            time.sleep(0.05)
        assert knock.server.connections == 1
    deaf.close()
    knock.server.close()


def test_of_what_waits_only_the_newest_is_kept() -> None:
    stream = Stream()
    for number in range(10_000):
        stream.put(CatalogChanged(number))
        stream.put(JobChanged(JobStatus(f"job-{number % 2}", "Scan", "running", Progress(number))))
    stream.put(WaveformsMade((1,)))
    stream.put(WaveformsMade((2,)))
    news = stream.take(0)
    assert news is not None and len(news) == 4
    assert CatalogChanged(9999) in news and WaveformsMade((1, 2)) in news
    assert stream.take(0) == []


def test_a_stream_that_nobody_takes_from_ends() -> None:
    stream = Stream()
    for number in range(MOST + 1):
        stream.put(JobChanged(JobStatus(f"job-{number}", "Scan", "running", Progress())))
    assert stream.take(0) is None


def test_a_hub_that_is_closed_listens_no_more(toolkit: Toolkit) -> None:
    hub = Hub(toolkit.events)
    sent: list[bytes] = []
    thread = threading.Thread(target=hub.serve, args=(sent.append, 5))
    thread.start()
    while not sent:
        time.sleep(0.01)
    hub.close()
    thread.join(5)
    assert not thread.is_alive()
    toolkit.events.emit(SourcesChanged())
    assert sent == [ALIVE]
